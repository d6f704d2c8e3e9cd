"""A resolved session is worked on again."""

from datetime import timedelta

import pytest

from chalicelib.actions.sessions.reopen_session import reopen_session
from chalicelib.contracts.requests import ReopenRequest
from chalicelib.domain.errors import DomainError, InvalidState, NotFound, StaleEpoch
from chalicelib.domain.events import EventType, events_between
from chalicelib.domain.handoff import Handoff, HandoffStatus
from chalicelib.domain.people import Caller, Role
from chalicelib.domain.session import Session, SessionStatus
from chalicelib.domain.ticket_facts import TicketFacts, TicketUpdate, required_update
from chalicelib.domain.turn import NoteAbout
from chalicelib.store import handoffs, sessions, ticket_updates, turns
from tests.support.builders import ACME, ALEX, GLOBEX, HANK, JANE, JOE, OLGA, SAM, a_caller, minute
from tests.support.dynamodb.faults import lose_answer, meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import (
    FIXED,
    claim,
    escalated,
    hand_off,
    open_case,
    resolve,
    try_step,
)
from tests.support.ticket_facts import ticket_facts

pytestmark = pytest.mark.usefixtures("tables")

RESOLVED_AT = minute(40)
NO_FACTS = dict.fromkeys(TicketFacts.model_fields) | {"number": "4711", "title": "No mail", "is_closed": False}
LATER = RESOLVED_AT + timedelta(hours=1)


@pytest.fixture
def done(tables: None) -> Session:
    """A case of Jane's that Sam claimed and resolved at epoch 3, at minute 40."""
    handoff = escalated()
    claim(handoff, SAM)
    resolve(handoff.session_id)
    return sessions.load(ACME, handoff.session_id)


def reopen(
    session: Session,
    by: Caller = JANE,
    epoch: int = 3,
    reason: str = "It is back.",
    after: timedelta = timedelta(hours=1),
) -> Session:
    at = RESOLVED_AT + after
    return reopen_session(session.id, ReopenRequest(reason=reason, epoch=epoch), by=by, at=at)


@pytest.mark.parametrize("by", [JANE, SAM, ALEX, OLGA], ids=["owner", "last holder", "senior", "admin"])
def test_reopened_session_is_the_callers(done: Session, by: Caller) -> None:
    reopen(done, by)

    session = sessions.load(ACME, done.id)
    assert (session.status, session.holder, session.epoch) == (SessionStatus.ACTIVE, by.person, 4)
    assert (session.resolved_at, session.reopened_at, session.resolution) == (None, LATER, FIXED)
    assert by.id in session.held_by
    try_step(done.id, by=by, epoch=4)


def test_answer_is_the_session_as_it_is_stored(done: Session) -> None:
    assert reopen(done) == sessions.load(ACME, done.id)


def test_reason_is_a_turn(done: Session) -> None:
    reopen(done, reason="Outlook asks again.")

    note = turns.newest(ACME, done.id, 1)[0]
    assert (note.kind, note.author.name, note.epoch) == ("note", "Jane", 3)
    assert (getattr(note, "about", None), getattr(note, "text", None)) == (NoteAbout.REOPENED, "Outlook asks again.")


def test_reopened_session_is_handed_off_and_resolved_again(done: Session) -> None:
    reopen(done)

    handoff = hand_off(done.id, epoch=4)
    claim(handoff, ALEX)
    resolve(done.id, by=ALEX, epoch=6, resolution="Replaced the record.")

    session = sessions.load(ACME, done.id)
    assert (session.status, session.resolution) == (SessionStatus.RESOLVED, "Replaced the record.")


@pytest.mark.parametrize("by", [JOE, HANK, a_caller("Gus", Role.ADMIN, GLOBEX)], ids=["peer", "foreign", "admin"])
def test_strangers_find_nothing_to_reopen(done: Session, by: Caller) -> None:
    with pytest.raises(NotFound):
        reopen(done, by)

    assert sessions.load(ACME, done.id) == done


@pytest.mark.parametrize(("days", "is_late"), [(29, False), (30, False), (31, True)])
def test_session_is_reopened_within_thirty_days(done: Session, days: int, is_late: object) -> None:
    if not is_late:
        assert reopen(done, after=timedelta(days=days)).status is SessionStatus.ACTIVE
        return
    with pytest.raises(InvalidState):
        reopen(done, after=timedelta(days=days))
    assert sessions.load(ACME, done.id) == done


@pytest.mark.parametrize("epoch", [1, 2, 4])
def test_reopening_at_another_epoch_is_refused(done: Session, epoch: int) -> None:
    with pytest.raises(StaleEpoch):
        reopen(done, epoch=epoch)


def test_session_that_is_worked_on_is_not_reopened() -> None:
    with pytest.raises(InvalidState):
        reopen(open_case(), epoch=1)


@pytest.mark.parametrize(("by", "refusal"), [(SAM, StaleEpoch), (JANE, None)], ids=["another", "the same"])
def test_second_reopening_is_refused_unless_it_repeats_the_first(
    done: Session, by: Caller, refusal: type[DomainError] | None
) -> None:
    first = reopen(done, JANE)

    if refusal:
        with pytest.raises(refusal):
            reopen(done, by)
    else:
        assert reopen(done, by) == first
    assert sessions.load(ACME, done.id) == first


def test_of_two_at_once_one_reopens(done: Session, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", meanwhile(lambda: reopen(done, ALEX)))

    with pytest.raises(StaleEpoch):
        reopen(done, JANE)

    session = sessions.load(ACME, done.id)
    assert (session.holder, session.epoch, session.turn_count) == (ALEX.person, 4, done.turn_count + 1)


def test_lost_answer_and_repeat_reopen_once(done: Session, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", lose_answer)

    reopen(done)
    reopen(done)

    assert sessions.load(ACME, done.id).turn_count == done.turn_count + 1


def test_closing_from_before_does_not_end_a_reopened_session(done: Session) -> None:
    facts = TicketFacts.model_validate(NO_FACTS | {"status": "New", "read_at": minute(41)})
    assert ticket_updates.refresh(done, facts)

    reopen(done)

    known = sessions.load(ACME, done.id).ticket
    closed = facts.model_copy(update={"is_closed": True})
    opened_at = done.created_at
    assert required_update(known, closed, opened_at=opened_at) is not TicketUpdate.CLOSE
    assert required_update(facts, closed, opened_at=opened_at) is TicketUpdate.CLOSE


def test_ticket_that_is_seen_closed_in_between_is_not_only_assumed_closed(done: Session, recorder: Recorder) -> None:
    assert ticket_updates.refresh(done, ticket_facts(read_at=minute(41)))
    closed = ticket_facts(read_at=minute(42), status="Closed", is_closed=True)
    recorder.tamper("TransactWriteItems", meanwhile(lambda: ticket_updates.refresh(done, closed)))

    reopen(done)

    after = sessions.load(ACME, done.id)
    assert (after.ticket, after.is_ticket_assumed_closed) == (closed, None)


def test_newest_handoff_says_that_its_session_was_reopened(done: Session) -> None:
    before = newest(done)

    reopen(done, ALEX)

    after = newest(done)
    [event] = events_between(before, after)
    assert (event.type, event.actor) == (EventType.REOPENED, ALEX.person)
    assert (after.status, after.reopened_at, after.reopened_by) == (HandoffStatus.RESOLVED, LATER, ALEX.person)


def test_session_resolved_again_is_told_by_its_handoff(done: Session) -> None:
    reopen(done)
    before = newest(done)

    resolve(done.id, by=JANE, epoch=4)

    after = newest(done)
    [event] = events_between(before, after)
    assert (event.type, event.actor, after.reopened_by) == (EventType.RESOLVED, JANE.person, None)
    assert after.reopened_at == LATER


def newest(session: Session) -> Handoff:
    found = handoffs.find(ACME, session.newest_handoff_id or "")
    assert found
    return found
