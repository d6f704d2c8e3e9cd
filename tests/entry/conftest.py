"""The API, and whom it knows."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest

from chalicelib.settings import settings
from tests.entry.api_client import ApiClient
from tests.identity_provider import IdentityProvider, an_identity_provider
from tests.tables import empty_tables
from tests.wire import Wire, on_the_wire


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
    wire: Wire


@pytest.fixture(scope="module")
def _gate(provider: IdentityProvider) -> Iterator[Gate]:
    with empty_tables(), pytest.MonkeyPatch.context() as environment, on_the_wire() as wire:
        _configure(environment, provider)
        yield Gate(ApiClient(provider), wire)
    settings.cache_clear()


@pytest.fixture
def gate(_gate: Gate) -> Gate:
    """The gate, with nothing sent yet."""
    _gate.wire.exchanges.clear()
    return _gate


def _configure(environment: pytest.MonkeyPatch, provider: IdentityProvider) -> None:
    for name in ("AI_PROVIDER", "AI_BASE_URL", "AI_KEY_SECRET_ARN", "ANTHROPIC_API_KEY"):
        environment.delenv(name, raising=False)
    for name, value in provider.environment.items():
        environment.setenv(name, value)
    settings.cache_clear()
