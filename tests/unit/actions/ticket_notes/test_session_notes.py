"""The notes on the ticket of a session that was reopened without a handoff: seen, asked for again, written once."""

from datetime import timedelta

import pytest

from chalicelib.actions.notifications.announce_note import announce_note
from chalicelib.actions.notifications.list_notifications import list_notifications
from chalicelib.actions.sessions.read_session import read_own_notes
from chalicelib.actions.ticket_notes.mark_notes_failed import mark_notes_failed
from chalicelib.actions.ticket_notes.push_result import PushResult
from chalicelib.actions.ticket_notes.retry_session_notes import retry_session_notes
from chalicelib.domain.errors import InvalidState, NotFound, Unavailable
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.handoff import TicketNotesStatus
from chalicelib.domain.handoff_detail import TicketNotes
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.psa import PsaUnavailable
from chalicelib.domain.session_events import audiences_of_session
from chalicelib.store import integrations, session_ticket_notes, sessions
from infra.local.psa_sandbox import PsaSandbox
from infra.local.psa_sandbox.ticket_store import CLOSED
from tests.support.builders import ACME, ALEX, JANE, SAM, minute
from tests.support.scenarios.actions import hand_off
from tests.support.scenarios.psa import LEASE_S, PsaCase
from tests.support.servers.psa_sandbox import INTEGRATION_ID
from tests.support.table_contents import contents
from tests.support.topic import Topic

FAILED, PENDING, SENT = TicketNotesStatus.FAILED, TicketNotesStatus.PENDING, TicketNotesStatus.SENT


@pytest.fixture
def case(sandbox: PsaSandbox) -> PsaCase:
    """A case that Jane resolved by herself; its ticket was closed there."""
    case = PsaCase(sandbox, "halopsa")
    case.resolve_alone()
    case.ticket.status = CLOSED
    return case


@pytest.fixture
def refused(case: PsaCase) -> PsaCase:
    """The case reopened by Sam; its ticket could not be told, and could be by now."""
    case.fail_notes("400", count=1)
    assert case.push(case.reopen_alone(by=SAM)) is PushResult.FAILED
    return case


def shown(case: PsaCase) -> TicketNotes:
    return read_own_notes(sessions.load(ACME, case.session_id))


def asked_again(case: PsaCase) -> Event:
    retry_session_notes(case.session_id, by=SAM, at=minute(40))
    return case.told_by_own_notes()


def test_session_shows_what_the_ticket_system_refused(refused: PsaCase) -> None:
    assert shown(refused).status is FAILED
    assert "HaloPSA" in (shown(refused).error or "")
    assert refused.told_by_own_notes().type is EventType.TICKET_NOTE_FAILED


def test_retry_writes_the_note_and_sets_the_status(refused: PsaCase) -> None:
    event = asked_again(refused)
    before = shown(refused)

    outcome = refused.push(event)

    assert (event.type, event.actor, before.status) == (EventType.TICKET_NOTE_RETRIED, SAM.person, PENDING)
    assert (outcome, shown(refused).status) == (PushResult.SENT, SENT)
    assert (len(refused.notes), refused.ticket.status) == (1, "In Progress")
    assert refused.told_by_own_notes().type is EventType.TICKET_NOTE_SENT


def test_retry_of_what_is_on_its_way_asks_once(refused: PsaCase) -> None:
    versions = {asked_again(refused).version for _ in range(2)}

    assert len(versions) == 1


def test_retry_is_refused_when_nothing_failed(case: PsaCase) -> None:
    case.push(case.reopen_alone())

    with pytest.raises(InvalidState):
        retry_session_notes(case.session_id, by=JANE, at=minute(40))


def test_retry_is_for_those_who_may_read_the_session(refused: PsaCase) -> None:
    with pytest.raises(NotFound):
        retry_session_notes(refused.session_id, by=ALEX, at=minute(40))


def test_retry_is_refused_once_a_handoff_tells_the_ticket(refused: PsaCase) -> None:
    hand_off(refused.session_id, by=SAM, epoch=refused.epoch, at_minute=27)

    with pytest.raises(InvalidState):
        retry_session_notes(refused.session_id, by=SAM, at=minute(40))
    assert shown(refused) == TicketNotes()


def leased(case: PsaCase) -> None:
    push = session_ticket_notes.find(sessions.load(ACME, case.session_id))
    assert session_ticket_notes.take_turn(push, push.ledger, case.now, case.now + timedelta(seconds=LEASE_S))


def test_message_waits_while_another_copy_of_it_is_worked(case: PsaCase) -> None:
    event = case.reopen_alone()
    leased(case)

    with pytest.raises(PsaUnavailable):
        case.push(event)
    told_meanwhile = len(case.notes)
    case.push(event, after_s=LEASE_S)  # the first copy died

    assert (told_meanwhile, len(case.notes)) == (0, 1)


def test_retry_does_not_get_between_a_run_and_its_notes(refused: PsaCase) -> None:
    leased(refused)

    with pytest.raises(Unavailable):
        retry_session_notes(refused.session_id, by=SAM, at=refused.now)


def test_session_resolved_again_closes_its_ticket_with_the_resolution(case: PsaCase) -> None:
    case.push(case.reopen_alone(by=SAM))
    case.resolve_alone(by=SAM, at=27, resolution="A new cable; the password is Winter-2024!")
    event = case.told_by_own_notes()

    outcome = case.push(event)

    assert (event.type, outcome, case.ticket.status) == (EventType.SESSION_RESOLVED, PushResult.SENT, CLOSED)
    note = case.notes[-1].text
    assert "Resolved by Sam" in note
    assert "A new cable" in note
    assert "Winter-2024!" not in note


def test_resolution_that_overtakes_the_reopening_is_told_after_it(case: PsaCase) -> None:
    reopening = case.reopen_alone(by=SAM)
    case.resolve_alone(by=SAM, at=27)
    case.push(case.told_by_own_notes())

    late = case.push(reopening)

    assert late is PushResult.NOT_NEEDED
    assert ["Reopened" in note.text for note in case.notes] == [True, False]
    assert case.ticket.status == CLOSED


def test_resolution_leaves_the_status_alone_once_the_session_is_reopened(case: PsaCase) -> None:
    case.push(case.reopen_alone(by=SAM))
    case.resolve_alone(by=SAM, at=27)
    resolution = case.told_by_own_notes()
    case.push(case.reopen_alone(by=SAM, at=28))

    case.push(resolution)

    assert case.ticket.status == "In Progress"


def test_first_resolution_of_who_works_alone_tells_the_ticket_nothing(case: PsaCase) -> None:
    with pytest.raises(ValueError, match="not enough values"):
        case.told_by_own_notes()


def test_notes_whose_tries_are_over_are_shown_as_failed_and_can_be_asked_for(case: PsaCase) -> None:
    event = case.reopen_alone()

    for _ in range(2):
        mark_notes_failed(event, at=case.clock())

    assert (shown(case).status, case.told_by_own_notes().version) == (FAILED, 1)
    assert case.push(asked_again_by_jane(case)) is PushResult.SENT


def asked_again_by_jane(case: PsaCase) -> Event:
    retry_session_notes(case.session_id, by=JANE, at=minute(40))
    return case.told_by_own_notes()


def test_notes_that_wait_for_a_system_that_is_gone_are_given_up(refused: PsaCase) -> None:
    event = asked_again(refused)
    integrations.delete(ACME, INTEGRATION_ID)

    assert refused.push(event) is PushResult.FAILED
    assert "no longer connected" in (shown(refused).error or "")


def test_resolution_is_announced_from_the_stream_of_turns(case: PsaCase, topic: Topic) -> None:
    case.reopen_alone(by=SAM)
    case.resolve_alone(by=SAM, at=27)
    [image] = [row for row in contents()["turns"] if row["kind"]["S"] == session_ticket_notes.KIND]

    event = announce_note(image)

    assert event == case.told_by_own_notes()
    assert [item.type for item in list_notifications(PageRequest(10), by=JANE).items] == [EventType.SESSION_RESOLVED]


def test_owner_is_told_of_the_resolution_and_nobody_of_ticket_notes(case: PsaCase) -> None:
    case.reopen_alone(by=SAM)
    case.resolve_alone(by=SAM, at=27)
    session, event = sessions.load(ACME, case.session_id), case.told_by_own_notes()

    told = [one.engineer_id for one in audiences_of_session(event, session)]
    of_notes = audiences_of_session(event.model_copy(update={"type": EventType.TICKET_NOTE_FAILED}), session)

    assert told == [None, JANE.id]
    assert [one.engineer_id for one in of_notes] == [None]
