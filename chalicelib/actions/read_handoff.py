"""Show handoffs to anybody of the account."""

from chalicelib.domain.handoff import Handoff
from chalicelib.domain.people import Caller
from chalicelib.domain.slices import Page, Slice
from chalicelib.store import handoffs


def read_handoff(session_id: str, handoff_id: str, *, by: Caller) -> Handoff:
    """Return the handoff; no claim is needed. Raises NotFound."""
    return handoffs.load(by.account_id, session_id, handoff_id)


def list_handoffs(session_id: str, page: Page, *, by: Caller) -> Slice[Handoff]:
    """Return the session's handoffs, newest first: none for a session that the account does not have."""
    return handoffs.list_of_session(by.account_id, session_id, page)
