"""What becomes of notes whose message was parked, wherever the runs before it ended."""

import pytest
from pynamodb.exceptions import TransactWriteError

from chalicelib.actions.ticket_notes.mark_notes_failed import ATTEMPTS_EXHAUSTED, mark_notes_failed
from chalicelib.actions.ticket_notes.push_result import PushResult
from chalicelib.actions.ticket_notes.retry_notes import retry_notes
from chalicelib.domain.events import Event, EventType, events_between
from chalicelib.domain.handoff import TicketNotesStatus
from chalicelib.domain.psa import PsaUnavailable
from chalicelib.store import integrations
from infra.local.psa_sandbox import PsaSandbox
from infra.local.psa_sandbox.faults import PsaFault
from tests.support.builders import ACME, JANE, an_event, minute
from tests.support.dynamodb.faults import as_sent, refuse
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.psa import LEASE_S, PsaCase, only
from tests.support.servers.psa_sandbox import INTEGRATION_ID

FAILED, NONE, PENDING, SENT = (
    TicketNotesStatus.FAILED,
    TicketNotesStatus.NONE,
    TicketNotesStatus.PENDING,
    TicketNotesStatus.SENT,
)


@pytest.fixture
def case(sandbox: PsaSandbox) -> PsaCase:
    return PsaCase(sandbox, "connectwise")


def hand_off_with_failing_notes(case: PsaCase, *, is_last: bool = False) -> Event:
    """The hand off whose note the PSA has trouble of its own with."""
    event = case.hand_off()
    case.server.sandbox.faults.switch_on(PsaFault.model_validate({"kind": "503", "only_notes": True}))
    with pytest.raises(PsaUnavailable):
        case.push(event, is_last=is_last)
    return event


def die_after_the_note(case: PsaCase, recorder: Recorder) -> None:
    """Have the next run end with the note on the ticket, and nothing of it in the ledger."""
    recorder.tamper("TransactWriteItems", as_sent, refuse("AccessDeniedException"))


def test_note_that_was_put_off_ends_with_what_went_wrong_last(case: PsaCase) -> None:
    event = hand_off_with_failing_notes(case)
    before = case.handoff

    mark_notes_failed(event, at=case.now)

    assert (before.ticket_notes.status, case.handoff.ticket_notes.status) == (PENDING, FAILED)
    assert case.handoff.ticket_notes.error == before.ticket_notes.error


def test_failed_note_makes_an_event(case: PsaCase) -> None:
    event = hand_off_with_failing_notes(case)
    before = case.handoff

    mark_notes_failed(event, at=case.now)

    assert only(events_between(before, case.handoff)).type is EventType.TICKET_NOTE_FAILED


def test_note_of_a_run_that_died_ends_and_a_retry_finds_it(case: PsaCase, recorder: Recorder) -> None:
    event = case.hand_off()
    die_after_the_note(case, recorder)
    with pytest.raises(TransactWriteError):
        case.push(event)
    case.now = minute(60)

    mark_notes_failed(event, at=case.now)
    given_up = case.handoff
    case.push(only(events_between(given_up, retry_notes(case.session_id, case.handoff_id, by=JANE, at=case.now))))

    assert (given_up.ticket_notes.status, given_up.ticket_notes.error) == (FAILED, ATTEMPTS_EXHAUSTED)
    assert (case.handoff.ticket_notes.status, len(case.notes)) == (SENT, 1)


def test_note_that_no_run_came_to_is_shown_as_failed_too(case: PsaCase) -> None:
    event = case.hand_off()

    mark_notes_failed(event, at=case.now)

    assert (case.handoff.ticket_notes.status, case.handoff.ticket_notes.error) == (FAILED, ATTEMPTS_EXHAUSTED)


def test_note_is_not_given_up_while_a_run_writes_it(case: PsaCase, recorder: Recorder) -> None:
    event = case.hand_off()
    die_after_the_note(case, recorder)
    with pytest.raises(TransactWriteError):
        case.push(event)

    with pytest.raises(PsaUnavailable, match="Another run"):
        mark_notes_failed(event, at=case.now)

    assert case.handoff.ticket_notes.status is PENDING


def test_retried_note_is_left_to_its_own_message(case: PsaCase) -> None:
    event = hand_off_with_failing_notes(case, is_last=True)
    retried = only(events_between(case.handoff, retry_notes(case.session_id, case.handoff_id, by=JANE, at=minute(40))))

    mark_notes_failed(event, at=minute(42))
    case.server.sandbox.faults.switch_off()
    outcome = case.push(retried, after_s=LEASE_S)

    assert (outcome, case.handoff.ticket_notes.status) == (PushResult.SENT, SENT)


def test_retried_note_that_fails_again_is_marked_again(case: PsaCase) -> None:
    hand_off_with_failing_notes(case, is_last=True)
    retried = only(events_between(case.handoff, retry_notes(case.session_id, case.handoff_id, by=JANE, at=minute(40))))

    mark_notes_failed(retried, at=minute(50))

    assert case.handoff.ticket_notes.status is FAILED


def test_note_that_is_there_stays_so(case: PsaCase) -> None:
    event = case.hand_off()
    case.push(event)
    before = case.handoff

    mark_notes_failed(event, at=minute(50))

    assert case.handoff == before


def test_handoff_without_an_integration_expects_no_note(case: PsaCase) -> None:
    integrations.delete(ACME, INTEGRATION_ID)

    mark_notes_failed(case.hand_off(), at=case.now)

    assert case.handoff.ticket_notes.status is NONE


def test_event_of_a_handoff_that_is_gone_leaves_nothing_to_give_up(case: PsaCase) -> None:
    mark_notes_failed(an_event(), at=case.now)

    assert case.notes == []
