"""The webhook route with a key server and a queue, started once per module and emptied for each test."""

from collections.abc import Iterator

import pytest

from chalicelib.adapters.psa.connectwise import signing_keys
from tests.support.api.webhook_setup import Bench, a_bench
from tests.support.servers.identity_provider import IdentityProvider


@pytest.fixture(scope="module")
def _bench(provider: IdentityProvider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with a_bench(provider, tmp_path_factory.mktemp("keys")) as bench:
        yield bench


@pytest.fixture
def bench(_bench: Bench) -> Iterator[Bench]:
    """The route with no integration, no mark and an empty queue."""
    _bench.restart()
    with signing_keys.found_on(_bench.keys.key_ring()):
        yield _bench
