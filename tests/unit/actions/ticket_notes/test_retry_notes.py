import pytest

from chalicelib.actions.ticket_notes.push_result import PushResult
from chalicelib.actions.ticket_notes.retry_notes import retry_notes
from chalicelib.domain.errors import InvalidState, NotFound, Unavailable
from chalicelib.domain.events import EventType, events_between
from chalicelib.domain.handoff import TicketNotesStatus
from chalicelib.store import ticket_notes
from infra.local.psa_sandbox import PsaSandbox
from infra.local.psa_sandbox.faults import PsaFault
from tests.support.builders import ACME, JANE, SESSION_ID, minute
from tests.support.scenarios.psa import PsaCase


@pytest.fixture
def refused(sandbox: PsaSandbox) -> PsaCase:
    """A case whose ticket could not be told of the hand off; by now it could be."""
    case = PsaCase(sandbox, "connectwise")
    sandbox.sandbox.faults.switch_on(PsaFault(kind="403", only_notes=True, count=1))
    case.push(case.hand_off())
    return case


def test_note_that_failed_is_written_once_somebody_asks_for_it(refused: PsaCase) -> None:
    before = refused.handoff
    after = retry_notes(refused.session_id, refused.handoff_id, by=JANE, at=minute(40))
    [event] = events_between(before, after)

    outcome = refused.push(event)

    assert (event.type, outcome) == (EventType.TICKET_NOTE_RETRIED, PushResult.SENT)
    assert len(refused.notes) == 1


def test_note_that_a_failure_hid_is_found_rather_than_written_again(sandbox: PsaSandbox) -> None:
    case = PsaCase(sandbox, "halopsa")
    sandbox.sandbox.faults.switch_on(PsaFault(kind="drop_after_accept", only_notes=True))
    event = case.hand_off()
    with pytest.raises(Exception, match="cannot be reached"):
        case.push(event, is_last=True)
    before = case.handoff
    [asked] = events_between(before, retry_notes(case.session_id, case.handoff_id, by=JANE, at=minute(40)))

    case.push(asked)

    assert len(case.notes) == 1


def test_asking_twice_is_asking_once(refused: PsaCase) -> None:
    answers = [retry_notes(refused.session_id, refused.handoff_id, by=JANE, at=minute(40)) for _ in range(2)]

    assert {handoff.version for handoff in answers} == {answers[0].version}


def test_note_that_was_sent_cannot_be_asked_for_again(sandbox: PsaSandbox) -> None:
    case = PsaCase(sandbox, "autotask")
    case.push(case.hand_off())

    with pytest.raises(InvalidState):
        retry_notes(case.session_id, case.handoff_id, by=JANE, at=minute(40))


def test_retry_does_not_get_between_a_run_and_its_notes(refused: PsaCase) -> None:
    claim, push = refused.claim(), ticket_notes.find(ACME, refused.handoff_id)
    assert push
    ticket_notes.take_turn(push, push.ledger.expecting(claim).taken_up(), minute(30), minute(60))

    with pytest.raises(Unavailable):
        retry_notes(refused.session_id, refused.handoff_id, by=JANE, at=minute(40))

    assert refused.handoff.ticket_notes.status is TicketNotesStatus.FAILED


def test_handoff_of_another_session_is_not_found(refused: PsaCase) -> None:
    with pytest.raises(NotFound):
        retry_notes(SESSION_ID, refused.handoff_id, by=JANE, at=minute(40))


def test_ledger_that_was_read_during_a_run_takes_no_turn_after_it(refused: PsaCase) -> None:
    before = ticket_notes.find(ACME, refused.handoff_id)
    assert before
    taken = ticket_notes.take_turn(before, before.ledger, minute(30), minute(31))
    during = ticket_notes.find(ACME, refused.handoff_id)
    assert taken
    assert during
    assert ticket_notes.end_turn(taken, taken.ledger, minute(30))

    assert ticket_notes.take_turn(during, during.ledger, minute(30), minute(31)) is None
