"""What a failing PSA, a lost answer or a run that died leaves: one note, or a failure that is shown."""

import pytest
from pynamodb.exceptions import TransactWriteError

from chalicelib.actions.ticket_notes.push_result import PushResult
from chalicelib.adapters.psa.http_client import UNNAMED_PAUSE_S
from chalicelib.domain.handoff import TicketNotesStatus
from chalicelib.domain.psa import PsaUnavailable
from chalicelib.store import ticket_notes
from tests.support.builders import SAM
from tests.support.dynamodb.faults import as_sent, refuse
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.psa import LEASE_S, PsaCase

FAILED, PENDING, SENT = TicketNotesStatus.FAILED, TicketNotesStatus.PENDING, TicketNotesStatus.SENT


def test_answer_that_was_lost_makes_no_second_note(case: PsaCase) -> None:
    event = case.hand_off()
    case.fail_notes("drop_after_accept")
    with pytest.raises(PsaUnavailable):
        case.push(event)
    case.stop_failing()

    case.push(event)

    assert len(case.notes) == 1
    assert case.handoff.ticket_notes.note_id == str(case.notes[0].id)


def test_process_that_died_after_the_psa_accepted_makes_no_second_note(case: PsaCase, recorder: Recorder) -> None:
    event = case.hand_off()
    recorder.tamper("TransactWriteItems", as_sent, refuse("AccessDeniedException"))
    with pytest.raises(TransactWriteError):
        case.push(event)

    case.push(event, after_s=LEASE_S)

    assert len(case.notes) == 1
    assert case.handoff.ticket_notes.status is SENT


def test_parts_that_are_there_are_not_written_again(case: PsaCase) -> None:
    event = case.hand_off("A long story. " * 700)
    case.fail_notes("drop_after_accept", count=1)
    with pytest.raises(PsaUnavailable):
        case.push(event)

    case.push(event)

    numbers = [note.text.partition("]")[0].rpartition(" ")[2] for note in case.notes]
    assert numbers == [f"{number}/{len(case.notes)}" for number in range(1, len(case.notes) + 1)]


def test_second_run_waits_while_the_first_writes(case: PsaCase) -> None:
    event, push = case.hand_off(), ticket_notes.find(SAM.account_id, case.handoff_id)
    assert push
    ticket_notes.take_turn(push, push.ledger.expecting(event).taken_up(), case.now, case.now.replace(hour=23))

    with pytest.raises(PsaUnavailable, match="Another run"):
        case.push(event)

    assert case.notes == []


@pytest.mark.parametrize("kind", ["429", "503", "drop", "html"])
def test_psa_in_trouble_is_tried_again(case: PsaCase, kind: str) -> None:
    event = case.hand_off()
    case.fail_notes(kind)
    with pytest.raises(PsaUnavailable):
        case.push(event)
    waiting = case.handoff.ticket_notes
    case.stop_failing()

    case.push(event, after_s=UNNAMED_PAUSE_S)

    assert (waiting.status, waiting.attempts, bool(waiting.error)) == (PENDING, 1, True)
    assert (case.handoff.ticket_notes.status, case.handoff.ticket_notes.error) == (SENT, None)
    assert len(case.notes) == 1


@pytest.mark.parametrize("kind", ["403", "404", "409"])
def test_permanently_refused_note_is_not_retried(case: PsaCase, kind: str) -> None:
    event = case.hand_off()
    case.fail_notes(kind)

    outcomes = [case.push(event), case.push(event)]

    assert outcomes == [PushResult.FAILED, PushResult.NOT_NEEDED]
    assert case.handoff.ticket_notes.status is FAILED


def test_last_try_leaves_the_failure_on_the_handoff(case: PsaCase) -> None:
    event = case.hand_off()
    case.fail_notes("503")

    with pytest.raises(PsaUnavailable):
        case.push(event, is_last=True)

    assert case.handoff.ticket_notes.status is FAILED


def test_failure_stays_visible_when_a_later_note_arrives(case: PsaCase) -> None:
    case.fail_notes("403", count=1)
    case.push(case.hand_off())

    outcome = case.push(case.claim())

    assert len(case.notes) == 1
    assert (outcome, case.handoff.ticket_notes.status) == (PushResult.FAILED, FAILED)


def test_notes_are_written_in_the_order_of_their_events(case: PsaCase) -> None:
    created = case.hand_off()
    case.fail_notes("503", count=1)
    with pytest.raises(PsaUnavailable):
        case.push(created)

    case.push(case.claim())

    assert ["Picked up" in note.text for note in case.notes] == [False, True]
