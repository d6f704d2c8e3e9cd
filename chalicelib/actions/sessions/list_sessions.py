"""Show an engineer their sessions."""

from chalicelib.domain.list_items import SessionSummary
from chalicelib.domain.pagination import ListPage, PageRequest
from chalicelib.domain.people import Caller
from chalicelib.domain.session import SessionStatus
from chalicelib.store import sessions


def list_sessions(status: SessionStatus | None, page: PageRequest, *, by: Caller) -> ListPage[SessionSummary]:
    """Return the sessions the caller owns or holds, newest change first; of one status where one is given.

    Raises InvalidRequest for a cursor that is not this list's.
    """
    return sessions.list_mine(by.account_id, by.person, status, page)
