"""A ticket that people close over there before it is told of something here stays closed."""

import pytest

from chalicelib.actions.ticket_notes.push_result import PushResult
from infra.local.psa_sandbox import PsaSandbox
from infra.local.psa_sandbox.faults import PsaFault
from infra.local.psa_sandbox.ticket_store import CLOSED
from tests.support.scenarios.psa import PsaCase, map_to
from tests.support.servers.psa_sandbox import SYSTEMS, ticket_of


def close(case: PsaCase) -> None:
    """Have a dispatcher close the ticket, whose webhook gets lost."""
    case.server.sandbox.change(case.system, case.ticket.id, status=CLOSED, owner_id=12, is_told=False)


def test_claim_leaves_a_ticket_that_people_closed_before_it_was_told(case: PsaCase) -> None:
    case.push(case.hand_off())
    claimed = case.claim()
    close(case)

    outcome = case.push(claimed)

    assert outcome is PushResult.SENT
    assert "Picked up by Sam" in case.notes[-1].text
    assert (case.ticket.status, case.ticket.owner_id) == (CLOSED, 12)


def test_claim_that_waited_for_new_keys_leaves_a_ticket_that_people_closed_meanwhile(case: PsaCase) -> None:
    case.push(case.hand_off())
    claimed = case.claim()
    case.server.sandbox.faults.switch_on(PsaFault(kind="401"))
    waited = case.push(claimed)
    close(case)
    case.server.sandbox.faults.switch_off()

    case.push(claimed, after_s=3600)

    assert waited is PushResult.WAITING
    assert (case.ticket.status, case.ticket.owner_id) == (CLOSED, 12)


@pytest.mark.parametrize("system", SYSTEMS)
def test_claim_opens_a_ticket_that_was_closed_when_the_session_was_opened(sandbox: PsaSandbox, system: str) -> None:
    ticket = ticket_of(sandbox, system)
    sandbox.sandbox.change(system, ticket.id, status=CLOSED, is_told=False)
    case = PsaCase(sandbox, system)
    case.push(case.hand_off())

    case.push(case.claim())

    assert (ticket.status, ticket.owner_id) == ("In Progress", 14)


def test_resolution_with_a_status_that_does_not_close_leaves_a_ticket_that_people_closed(case: PsaCase) -> None:
    map_to(status_on_resolve="In Progress")
    case.push(case.hand_off())
    case.push(case.claim())
    resolved = case.resolve()
    close(case)

    outcome = case.push(resolved)

    assert outcome is PushResult.SENT
    assert case.ticket.status == CLOSED
