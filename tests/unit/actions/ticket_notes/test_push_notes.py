"""Notes for every event, one each, in order, in every system."""

import pytest

from chalicelib.actions.handoffs.withdraw_handoff import withdraw_handoff
from chalicelib.actions.ticket_notes.push_result import PushResult
from chalicelib.domain.handoff import TicketNotesStatus
from chalicelib.store import sessions
from infra.local.psa_sandbox import PsaSandbox
from infra.local.psa_sandbox.ticket_store import CLOSED
from tests.support.builders import ACME, SAM, an_event, minute
from tests.support.scenarios.psa import PsaCase

SENT = TicketNotesStatus.SENT


def test_hand_off_claim_and_resolve_are_three_internal_notes(case: PsaCase) -> None:
    outcomes = [case.push(case.hand_off()), case.push(case.claim()), case.push(case.resolve())]

    assert outcomes == [PushResult.SENT] * 3
    assert [note.is_internal for note in case.notes] == [True] * 3
    assert case.handoff.ticket_notes.status is SENT


def test_notes_name_people_and_their_actions(case: PsaCase) -> None:
    for event in (case.hand_off("Needs the network team."), case.claim(), case.resolve("The clock was wrong.")):
        case.push(event)

    record, claim, resolution = (note.text for note in case.notes)
    assert "Needs the network team." in record
    assert "Picked up by Sam" in claim
    assert "The clock was wrong." in resolution


def test_handoff_knows_the_id_of_its_note(case: PsaCase) -> None:
    case.push(case.hand_off())

    assert case.handoff.ticket_notes.note_id == str(case.notes[0].id)


def test_claim_sets_status_and_owner_where_they_are_mapped(case: PsaCase) -> None:
    case.push(case.hand_off())
    case.push(case.claim())

    assert (case.ticket.status, case.ticket.owner_id) == ("In Progress", 14)


@pytest.mark.parametrize("case", ["connectwise"], indirect=True)
def test_claim_of_a_ticket_that_moved_to_another_board_is_told_there(case: PsaCase) -> None:
    case.push(case.hand_off())
    case.ticket.board_id = 14

    case.push(case.claim())

    assert (case.ticket.status, case.ticket.owner_id, len(case.notes)) == ("In Progress", 14, 2)


def test_resolution_sets_the_status_that_is_mapped(case: PsaCase) -> None:
    for event in (case.hand_off(), case.claim(), case.resolve()):
        case.push(event)

    assert case.ticket.status == "Closed"


def test_event_that_comes_again_writes_nothing(case: PsaCase) -> None:
    event = case.hand_off()

    outcomes = [case.push(event), case.push(event), case.push(event)]

    assert outcomes == [PushResult.SENT, PushResult.NOT_NEEDED, PushResult.NOT_NEEDED]
    assert len(case.notes) == 1


def test_claim_that_overtakes_the_hand_off_is_written_after_it(case: PsaCase) -> None:
    created, claimed = case.hand_off(), case.claim()

    outcomes = [case.push(claimed), case.push(created)]

    assert outcomes == [PushResult.SENT, PushResult.NOT_NEEDED]
    assert ["Picked up" in note.text for note in case.notes] == [False, True]


def test_late_note_of_a_claim_does_not_reopen_the_ticket(case: PsaCase) -> None:
    case.push(case.hand_off())
    claimed, resolved = case.claim(), case.resolve()

    case.push(resolved)
    case.push(claimed)

    assert case.ticket.status == "Closed"
    assert len(case.notes) == 3


def test_secrets_that_people_pasted_do_not_reach_the_ticket(case: PsaCase) -> None:
    for event in (case.hand_off("password: Sommer-2024!"), case.claim(), case.resolve("New password: Winter-2024!")):
        case.push(event)

    assert not any("-2024!" in note.text for note in case.notes)


def test_ticket_that_there_is_not_is_named(sandbox: PsaSandbox) -> None:
    case = PsaCase(sandbox, "autotask", ticket_id="T20260101.0001")

    case.push(case.hand_off())

    assert case.handoff.ticket_notes.error == "Autotask knows no ticket T20260101.0001."


def test_event_of_a_handoff_that_is_gone_needs_nothing(sandbox: PsaSandbox) -> None:
    case = PsaCase(sandbox, "halopsa")

    assert case.push(an_event()) is PushResult.NOT_NEEDED


def test_resolution_by_who_took_a_second_hand_off_back_closes_the_ticket(case: PsaCase) -> None:
    for event in (case.hand_off(), case.claim(), case.pass_on()):
        case.push(event)
    case.handoff_id = sessions.load(ACME, case.session_id).open_handoff_id or ""
    withdraw_handoff(case.session_id, case.handoff_id, by=SAM, at=minute(24))

    outcome = case.push(case.resolve())

    assert (outcome, case.ticket.status) == (PushResult.SENT, CLOSED)
    assert "Resolved by Sam" in case.notes[-1].text
