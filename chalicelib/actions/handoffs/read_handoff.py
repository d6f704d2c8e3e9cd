"""Show handoffs to anybody of the account."""

from chalicelib.domain.handoff import Handoff
from chalicelib.domain.pagination import ListPage, PageRequest
from chalicelib.domain.people import Caller
from chalicelib.store import handoffs, sessions


def read_handoff(session_id: str, handoff_id: str, *, by: Caller) -> Handoff:
    """Return the handoff; no claim is needed. Raises NotFound."""
    return handoffs.load(by.account_id, session_id, handoff_id)


def list_handoffs(session_id: str, page: PageRequest, *, by: Caller) -> ListPage[Handoff]:
    """Return the session's handoffs, newest first.

    Raises NotFound for a session that was never handed off, to everybody but its owner and its holder.
    """
    found = handoffs.list_of_session(by.account_id, session_id, page)
    if not found.items and not page.cursor:
        sessions.load(by.account_id, session_id).require_readable(by.person)
    return found
