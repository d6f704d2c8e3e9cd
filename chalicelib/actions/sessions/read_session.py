"""Show a session and its turns to those who may see them."""

from chalicelib.domain.pagination import ListPage, PageRequest
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session
from chalicelib.domain.turn import Turn
from chalicelib.store import sessions, turns


def read_session(session_id: str, *, by: Caller) -> Session:
    """Return the session. Raises NotFound for those who may not read it."""
    session = sessions.load(by.account_id, session_id)
    session.require_readable(by.person)
    return session


def list_turns(session_id: str, page: PageRequest, *, by: Caller) -> ListPage[Turn]:
    """Return the session's turns in order. Raises NotFound for those who may not read it."""
    read_session(session_id, by=by)
    return turns.list_in_order(by.account_id, session_id, page)
