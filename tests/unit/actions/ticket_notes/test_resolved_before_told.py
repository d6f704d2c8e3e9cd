"""A claim that was resolved before the ticket was told of it: told first, with its owner, and the status of the end."""

import pytest

from chalicelib.actions.ticket_notes.push_result import PushResult
from chalicelib.domain.psa import PsaUnavailable
from infra.local.psa_sandbox.faults import PsaFault
from infra.local.psa_sandbox.ticket_store import CLOSED
from tests.support.scenarios.psa import LEASE_S, PsaCase


def leads(case: PsaCase) -> list[str]:
    """How each note begins that follows the hand off's."""
    verbs = ("Picked up", "Resolved")
    return [verb for note in case.notes for verb in verbs if f"{verb} by Sam" in note.text]


def test_claim_resolved_before_it_was_told_is_told_before_the_resolution(case: PsaCase) -> None:
    case.push(case.hand_off())
    claimed, resolved = case.claim(), case.resolve()

    outcomes = [case.push(resolved), case.push(claimed, after_s=20)]

    assert outcomes == [PushResult.SENT, PushResult.NOT_NEEDED]
    assert leads(case) == ["Picked up", "Resolved"]


def test_claim_resolved_before_it_was_told_sets_its_owner_and_the_status_of_the_end(case: PsaCase) -> None:
    case.push(case.hand_off())
    case.claim()

    case.push(case.resolve())

    assert (case.ticket.status, case.ticket.owner_id) == (CLOSED, 14)
    assert sum(b'"status' in call.raw for _, call in case.server.sandbox.received) == 1


def test_claim_of_a_ticket_closed_meanwhile_leaves_its_owner(case: PsaCase) -> None:
    case.push(case.hand_off())
    case.claim()
    resolved = case.resolve()
    case.server.sandbox.change(case.system, case.ticket.id, status=CLOSED, owner_id=12)

    case.push(resolved)

    assert (case.ticket.status, case.ticket.owner_id) == (CLOSED, 12)


def test_claim_and_resolution_that_wait_for_the_psa_are_told_once_in_order(case: PsaCase) -> None:
    case.push(case.hand_off())
    claimed, resolved = case.claim(), case.resolve()
    case.server.sandbox.faults.switch_on(PsaFault(kind="drop_after_accept", only_notes=True, count=1))
    with pytest.raises(PsaUnavailable):
        case.push(resolved)
    case.server.sandbox.faults.switch_off()

    case.push(claimed, after_s=LEASE_S)
    case.push(resolved)

    assert leads(case) == ["Picked up", "Resolved"]
    assert case.ticket.owner_id == 14


def test_claim_told_in_time_has_one_note_when_its_case_is_resolved(case: PsaCase) -> None:
    for event in (case.hand_off(), case.claim(), case.resolve()):
        case.push(event)

    assert leads(case) == ["Picked up", "Resolved"]
