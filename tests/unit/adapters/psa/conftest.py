"""The PSA sandbox, started once per module, for tests of all three clients."""

from collections.abc import Iterator

import pytest

from infra.local.psa_sandbox import PsaSandbox
from tests.support.servers.psa_sandbox import SYSTEMS, a_psa_sandbox, ticket_of


@pytest.fixture(scope="module")
def _serving() -> Iterator[PsaSandbox]:
    with a_psa_sandbox() as server:
        yield server


@pytest.fixture
def server(_serving: PsaSandbox) -> Iterator[PsaSandbox]:
    """The sandbox, without faults and notes."""
    yield _serving
    _serving.sandbox.faults.switch_off()
    _serving.sandbox.received.clear()
    for system in SYSTEMS:
        ticket = ticket_of(_serving, system)
        ticket.notes.clear()
        ticket.status, ticket.owner_id, ticket.custom_fields = "New", None, []
