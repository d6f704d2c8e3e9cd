"""The API over empty tables, the people it knows, and the webhook route with what is behind it."""

import time

import pytest

from tests.support.api.fixtures import _gate, api, gate, model, provider
from tests.support.api.linked_psa import _shared_servers, psa
from tests.support.api.webhook_fixtures import _bench, bench

__all__ = ["_bench", "_gate", "_shared_servers", "api", "bench", "gate", "model", "provider", "psa"]


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """The SDK repeats at once what failed; between its tries it pauses for seconds."""
    monkeypatch.setattr(time, "sleep", lambda _: None)
