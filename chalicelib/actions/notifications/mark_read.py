"""Mark notifications as read."""

from chalicelib.domain.errors import NotFound
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller
from chalicelib.store import deliveries, engineers, handoff_readers, handoffs, sessions


def mark_notifications_read(up_to: Instant, *, by: Caller, at: Instant) -> None:
    """Remember up to which time the caller has read their notifications; a time before that one is ignored.

    A time that has not come yet counts as now, or it would silence what has not happened yet.
    """
    engineers.mark_notifications_read(by, min(up_to, at))


def mark_handoff_read(handoff_id: str, *, by: Caller, at: Instant) -> None:
    """Remember that the caller has opened the handoff; where it waits for somebody else, tell its sender.

    What was sent to the caller about it counts as opened.

    Raises NotFound, and Unavailable when the caller opens too much at once.
    """
    handoff = handoffs.find(by.account_id, handoff_id)
    if handoff is None:
        raise NotFound("handoff")
    engineers.mark_opened(by, handoff_id, at)
    deliveries.mark_opened(by.account_id, handoff_id, by.id, at)
    if handoff.is_queued and handoff.sender.id != by.id:
        handoff_readers.add(by.account_id, handoff_id, by.person)


def mark_session_read(session_id: str, *, by: Caller, at: Instant) -> None:
    """Remember that the caller has opened the session. Raises NotFound, and Unavailable like `mark_handoff_read`."""
    sessions.load(by.account_id, session_id).require_readable(by.person)
    engineers.mark_opened(by, session_id, at)
