"""Show what became of a handoff, or of all handoffs of a session."""

from chalicelib.domain.events import Event
from chalicelib.domain.people import Caller
from chalicelib.store import feed, handoffs, sessions


def read_handoff_history(session_id: str, handoff_id: str, *, by: Caller) -> list[Event]:
    """Return every event of the handoff, oldest first. Raises NotFound."""
    handoffs.load(by.account_id, session_id, handoff_id)
    return feed.list_kept(by.account_id, handoff_id)


def read_session_history(session_id: str, *, by: Caller) -> list[Event]:
    """Return every event of the session's handoffs, oldest first. Raises NotFound for those who may not read it."""
    sessions.load(by.account_id, session_id).require_readable(by.person)
    ids = handoffs.ids_of_session(by.account_id, session_id)
    events = [event for handoff_id in ids for event in feed.list_kept(by.account_id, handoff_id)]
    return sorted(events, key=feed.position_of)
