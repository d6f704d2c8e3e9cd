"""A claimed handoff, and a PSA sandbox for the actions that speak to PSAs."""

from collections.abc import Iterator

import pytest

from chalicelib.domain.handoff_detail import HandoffDetail
from infra.local.psa_sandbox import PsaSandbox
from infra.local.psa_sandbox.ticket_store import Ticket
from tests.support.builders import SAM
from tests.support.scenarios.actions import claim, escalated
from tests.support.scenarios.psa import PsaCase, another_ticket, forget_process
from tests.support.servers.psa_sandbox import SYSTEMS, a_psa_sandbox, ticket_of


@pytest.fixture
def handoff(tables: None) -> HandoffDetail:
    """Jane's escalation, which Sam has claimed."""
    handoff = escalated()
    claim(handoff, SAM)
    return handoff


@pytest.fixture(scope="session")
def _serving_sandbox() -> Iterator[PsaSandbox]:
    with a_psa_sandbox() as server:
        yield server


@pytest.fixture
def sandbox(_serving_sandbox: PsaSandbox, tables: None) -> Iterator[PsaSandbox]:
    """The sandbox without faults and notes, over empty tables, and a process that knows nothing of it yet."""
    forget_process()
    for system in SYSTEMS:
        ticket = ticket_of(_serving_sandbox, system)
        ticket.notes.clear()
        ticket.status, ticket.closed_at, ticket.owner_id, ticket.merged_into = "New", None, None, None
        ticket.answered_at, ticket.updated_by = None, "dispatcher"
    _serving_sandbox.sandbox.received.clear()
    yield _serving_sandbox
    _serving_sandbox.sandbox.faults.switch_off()
    forget_process()


@pytest.fixture(params=SYSTEMS)
def case(sandbox: PsaSandbox, request: pytest.FixtureRequest) -> PsaCase:
    """Jane's case, its ticket in each of the three systems."""
    return PsaCase(sandbox, request.param)


@pytest.fixture
def right(case: PsaCase) -> Iterator[Ticket]:
    """The ticket that the case is really about; the case names another one, or none."""
    with another_ticket(case.server, case.system, "Teams shows no calendar") as ticket:
        yield ticket
