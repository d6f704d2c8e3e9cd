"""The API, and whom it knows."""

from collections.abc import Iterator
from typing import NamedTuple

import boto3
import pytest

from chalicelib.settings import settings
from infra.local.rehearsal_model import RehearsalModel
from tests.support.api.client import ApiClient
from tests.support.dynamodb.recorder import Recorder, recording_requests
from tests.support.servers.identity_provider import IdentityProvider, an_identity_provider
from tests.support.servers.rehearsal_model import a_rehearsal_model, forget_connections
from tests.support.tables import empty_tables


@pytest.fixture(scope="session")
def provider() -> Iterator[IdentityProvider]:
    """The issuer that the API trusts."""
    with an_identity_provider() as provider:
        yield provider


@pytest.fixture
def api(tables: None, provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch) -> ApiClient:
    """The API over empty tables."""
    _configure(monkeypatch, provider)
    return ApiClient(provider)


class Gate(NamedTuple):
    """The API for calls that are to be turned away at once: the wire tells whether DynamoDB was asked for anything."""

    api: ApiClient
    recorder: Recorder


@pytest.fixture(scope="module")
def _gate(provider: IdentityProvider) -> Iterator[Gate]:
    with empty_tables(), pytest.MonkeyPatch.context() as environment, recording_requests() as recorder:
        _configure(environment, provider)
        yield Gate(ApiClient(provider), recorder)
    settings.cache_clear()


@pytest.fixture
def gate(_gate: Gate) -> Gate:
    """The gate, with nothing sent yet."""
    _gate.recorder.exchanges.clear()
    return _gate


def _configure(environment: pytest.MonkeyPatch, provider: IdentityProvider) -> None:
    for name in ("AI_PROVIDER", "AI_BASE_URL", "AI_KEY_SECRET_ARN", "ANTHROPIC_API_KEY"):
        environment.delenv(name, raising=False)
    for name, value in provider.environment.items():
        environment.setenv(name, value)
    settings.cache_clear()


@pytest.fixture(scope="session")
def serving_model() -> Iterator[RehearsalModel]:
    """The AI of the stream functions."""
    with a_rehearsal_model() as model:
        yield model
    forget_connections()


@pytest.fixture
def model(tables: None, serving_model: RehearsalModel, monkeypatch: pytest.MonkeyPatch) -> Iterator[RehearsalModel]:
    """The AI of the stream functions, which has been asked nothing yet, and the topic that they publish to."""
    monkeypatch.setenv("AI_PROVIDER", "rehearsal")
    monkeypatch.setenv("AI_BASE_URL", serving_model.url)
    monkeypatch.setenv("EVENTS_TOPIC_ARN", boto3.client("sns").create_topic(Name="handoff-events")["TopicArn"])
    settings.cache_clear()
    serving_model.rehearsal.received.clear()
    yield serving_model
    serving_model.rehearsal.faults.switch_off()
