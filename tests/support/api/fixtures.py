"""Fixtures of the API and its signed-in callers."""

from collections.abc import Iterator
from typing import NamedTuple

import boto3
import pytest

from chalicelib.adapters.aws import sms
from infra.local.rehearsal_model import RehearsalModel
from tests.support.api.client import ApiClient
from tests.support.dynamodb.recorder import Recorder, recording_requests
from tests.support.environment import configure, configured
from tests.support.servers.identity_provider import IdentityProvider, an_identity_provider
from tests.support.tables import empty_tables

NO_AI = dict.fromkeys(("AI_PROVIDER", "AI_BASE_URL", "AI_KEY_SECRET_ARN", "ANTHROPIC_API_KEY"))


@pytest.fixture(scope="session")
def provider() -> Iterator[IdentityProvider]:
    """The issuer that the API trusts."""
    with an_identity_provider() as provider:
        yield provider


@pytest.fixture
def api(tables: None, provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch) -> ApiClient:
    """The API over empty tables."""
    sms._client.cache_clear()
    sends = {"EMAIL_SENDER": "flowpilot@msp.example", "SENDS_SMS": "true"}
    configure(monkeypatch, **NO_AI, **provider.environment, **sends)
    return ApiClient(provider)


class Gate(NamedTuple):
    """The API for calls that are to be turned away at once: the wire tells whether DynamoDB was asked for anything."""

    api: ApiClient
    recorder: Recorder


@pytest.fixture(scope="module")
def _gate(provider: IdentityProvider) -> Iterator[Gate]:
    with empty_tables(), configured(**NO_AI, **provider.environment), recording_requests() as recorder:
        yield Gate(ApiClient(provider), recorder)


@pytest.fixture
def gate(_gate: Gate) -> Gate:
    """The gate, with nothing sent yet."""
    _gate.recorder.exchanges.clear()
    return _gate


@pytest.fixture
def model(ai: RehearsalModel, monkeypatch: pytest.MonkeyPatch) -> RehearsalModel:
    """The AI of the stream functions, which has been asked nothing yet, and the topic that they publish to."""
    configure(monkeypatch, EVENTS_TOPIC_ARN=boto3.client("sns").create_topic(Name="handoff-events")["TopicArn"])
    return ai
