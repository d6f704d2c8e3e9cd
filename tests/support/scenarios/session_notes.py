"""A session that was reopened without a handoff, and whose ticket note has failed."""

from datetime import UTC, datetime

from chalicelib.actions.sessions.reopen_session import reopen_session
from chalicelib.contracts.requests import ReopenRequest
from chalicelib.domain.events import EventType
from chalicelib.domain.people import Caller, Role
from chalicelib.store import session_ticket_notes, sessions
from tests.support.builders import an_event, minute
from tests.support.scenarios import preconditions


def with_failed_session_note(by: Caller) -> preconditions.Ids:
    """A session of `by`, reopened just now, whose ticket note has failed."""
    ids, worker = preconditions.resolved_just_now(by), by.model_copy(update={"role": Role.ADMIN})
    asked = ReopenRequest(reason="It is back.", epoch=1)
    reopen_session(ids["session_id"], asked, by=worker, at=datetime.now(UTC))
    fail_session_note(by.account_id, ids["session_id"])
    return ids


def fail_session_note(account_id: str, session_id: str) -> None:
    """Do as a push does that the PSA refuses for good, about a session that was reopened without a handoff."""
    event, push = an_event(EventType.REOPENED), session_ticket_notes.find(sessions.load(account_id, session_id))
    taken = session_ticket_notes.take_turn(push, push.ledger.expecting(event).taken_up(), minute(11), minute(12))
    assert taken
    assert session_ticket_notes.end_turn(taken, taken.ledger.failed(event.id, "HaloPSA refuses this (400)"), minute(12))
