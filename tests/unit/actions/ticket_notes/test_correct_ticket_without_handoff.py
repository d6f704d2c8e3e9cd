"""A session reopened without a handoff names another ticket: the wrong one learns so, the right one follows."""

import pytest

from chalicelib.actions.sessions.correct_session import correct_session
from chalicelib.actions.sessions.read_session import read_own_notes
from chalicelib.actions.ticket_notes.mark_notes_failed import mark_notes_failed
from chalicelib.actions.ticket_notes.push_result import PushResult
from chalicelib.contracts.corrections import SessionCorrectionRequest
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.handoff import TicketNotesStatus
from chalicelib.domain.people import Caller
from chalicelib.domain.psa import PsaUnavailable
from chalicelib.domain.session_events import audiences_of_session
from chalicelib.store import sessions
from infra.local.psa_sandbox import PsaSandbox
from infra.local.psa_sandbox.ticket_store import CLOSED, Ticket
from tests.support.builders import ACME, SAM, minute
from tests.support.scenarios.actions import hand_off
from tests.support.scenarios.psa import PsaCase


@pytest.fixture
def case(sandbox: PsaSandbox) -> PsaCase:
    """A case that Jane resolved by herself with a ticket of Jane's that was closed there; its session names it."""
    case = PsaCase(sandbox, "halopsa")
    case.resolve_alone()
    case.ticket.status, case.ticket.owner_id = CLOSED, 12
    return case


@pytest.fixture
def reopened(case: PsaCase) -> PsaCase:
    """The case reopened by Sam, which its ticket was told."""
    assert case.push(case.reopen_alone(by=SAM)) is PushResult.SENT
    assert (case.ticket.status, case.ticket.owner_id) != (CLOSED, 12)
    return case


def correct(case: PsaCase, ticket: Ticket | None, *, by: Caller = SAM) -> Event:
    changes = {"epoch": case.epoch, "psa_ticket_id": str(ticket.id) if ticket else None}
    correct_session(case.session_id, SessionCorrectionRequest.model_validate(changes), by=by, at=minute(27))
    event = case.told_by_own_notes()
    assert event.type is EventType.SESSION_CORRECTED
    return event


def test_wrong_ticket_learns_so_and_gets_status_and_owner_back(reopened: PsaCase, right: Ticket) -> None:
    event = correct(reopened, right)

    outcome = reopened.push(event)

    assert (event.actor, outcome) == (SAM.person, PushResult.SENT)
    assert (reopened.ticket.status, reopened.ticket.owner_id) == (CLOSED, 12)
    assert "Ticket corrected by Sam" in reopened.notes[-1].text
    assert f"are about #{right.id}" in reopened.notes[-1].text


def test_right_ticket_is_told_of_the_reopening_and_gets_status_and_owner(reopened: PsaCase, right: Ticket) -> None:
    reopened.push(correct(reopened, right))

    [note] = right.notes
    assert "Reopened by Sam" in note.text
    assert "It is back." in note.text
    assert (right.status, right.owner_id) == ("In Progress", 14)


def test_right_ticket_that_turns_out_wrong_too_gets_back_what_was_set(reopened: PsaCase, right: Ticket) -> None:
    right.owner_id = 15
    reopened.push(correct(reopened, right))

    reopened.push(correct(reopened, reopened.ticket))

    assert (right.status, right.owner_id) == ("New", 15)
    assert "Reopened by Sam" in reopened.notes[-1].text


def test_right_ticket_gets_the_resolution(reopened: PsaCase, right: Ticket) -> None:
    reopened.push(correct(reopened, right))
    told = len(reopened.notes)
    reopened.resolve_alone(by=SAM, at=28, resolution="The calendar was hidden.")

    reopened.push(reopened.told_by_own_notes())

    assert "The calendar was hidden." in right.notes[-1].text
    assert (right.status, len(reopened.notes)) == (CLOSED, told)


def test_ticket_named_after_the_reopening_is_told_of_it(sandbox: PsaSandbox) -> None:
    case = PsaCase(sandbox, "halopsa", is_named=False)
    case.resolve_alone()
    assert case.push(case.reopen_alone(by=SAM)) is PushResult.NOT_NEEDED

    outcome = case.push(correct(case, case.ticket))

    assert (outcome, len(case.notes)) == (PushResult.SENT, 1)
    assert (case.ticket.status, case.ticket.owner_id) == ("In Progress", 14)


def test_repeated_correction_tells_the_ticket_once(reopened: PsaCase, right: Ticket) -> None:
    event = correct(reopened, right)

    outcomes = [reopened.push(event) for _ in range(2)]

    assert outcomes == [PushResult.SENT, PushResult.NOT_NEEDED]
    assert len(reopened.notes) == 2


def test_ticket_that_was_not_told_of_the_reopening_is_not_told_of_the_correction(case: PsaCase, right: Ticket) -> None:
    reopening = case.reopen_alone(by=SAM)
    correction = correct(case, right)

    outcomes = [case.push(correction), case.push(reopening)]

    assert outcomes == [PushResult.SENT, PushResult.NOT_NEEDED]
    assert (case.notes, len(right.notes)) == ([], 1)


def test_ticket_that_was_taken_away_learns_so_and_nothing_follows(reopened: PsaCase) -> None:
    reopened.push(correct(reopened, None))
    told = len(reopened.notes)
    reopened.resolve_alone(by=SAM, at=28)

    assert "another case" in reopened.notes[-1].text
    assert len(reopened.notes) == told


def test_note_that_the_wrong_ticket_refused_is_written_on_the_right_one(case: PsaCase, right: Ticket) -> None:
    case.fail_notes("400", count=1)
    refused = case.push(case.reopen_alone(by=SAM))

    outcome = case.push(correct(case, right))

    assert (refused, outcome) == (PushResult.FAILED, PushResult.SENT)
    assert "Reopened by Sam" in right.notes[-1].text
    assert read_own_notes(sessions.load(ACME, case.session_id)).status is TicketNotesStatus.SENT


def test_wrong_ticket_learns_so_also_once_the_case_was_handed_off(reopened: PsaCase, right: Ticket) -> None:
    event = correct(reopened, right)
    hand_off(reopened.session_id, by=SAM, epoch=reopened.epoch, at_minute=28)

    outcomes = [reopened.push(event) for _ in range(2)]

    assert outcomes == [PushResult.SENT, PushResult.NOT_NEEDED]
    assert "Ticket corrected by Sam" in reopened.notes[-1].text
    assert (reopened.ticket.status, right.notes) == (CLOSED, [])


def test_correction_that_never_reached_the_ticket_is_shown_as_failed(reopened: PsaCase, right: Ticket) -> None:
    event = correct(reopened, right)
    reopened.fail_notes("500")
    with pytest.raises(PsaUnavailable):
        reopened.push(event)

    mark_notes_failed(event, at=reopened.clock())

    assert read_own_notes(sessions.load(ACME, reopened.session_id)).status is TicketNotesStatus.FAILED


def test_correction_is_for_open_pages_and_rings_nobody(reopened: PsaCase, right: Ticket) -> None:
    event = correct(reopened, right)

    told = audiences_of_session(event, sessions.load(ACME, reopened.session_id))

    assert [one.engineer_id for one in told] == [None]
