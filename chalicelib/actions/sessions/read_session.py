"""Show a session and its turns to those who may see them."""

from chalicelib.domain.handoff_detail import TicketNotes
from chalicelib.domain.pagination import ListPage, PageRequest
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session
from chalicelib.domain.turn import Turn
from chalicelib.store import session_ticket_notes, sessions, turns


def read_session(session_id: str, *, by: Caller) -> Session:
    """Return the session. Raises NotFound for those who may not read it."""
    session = sessions.load(by.account_id, session_id)
    session.require_readable(by.person)
    return session


def read_own_notes(session: Session) -> TicketNotes:
    """Return how the session's own ticket notes stand; one read where it has any."""
    return session_ticket_notes.find(session).ledger.summary if session.has_ticket_notes else TicketNotes()


def list_turns(session_id: str, page: PageRequest, *, by: Caller) -> ListPage[Turn]:
    """Return the session's turns in order. Raises NotFound for those who may not read it."""
    read_session(session_id, by=by)
    return turns.list_in_order(by.account_id, session_id, page)
