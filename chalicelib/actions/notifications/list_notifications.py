"""The bell: what an engineer should hear of."""

from typing import NamedTuple

from chalicelib.domain.audiences import notified_audiences, notifies
from chalicelib.domain.events import Event
from chalicelib.domain.instants import Instant
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller
from chalicelib.store import engineers, feed
from chalicelib.store.cursors import decode_cursor, encode_cursor

NEWEST = 100
"""How many of the newest events of each source the bell looks at to count the unread ones."""


class NotificationList(NamedTuple):
    """A part of the bell, newest first, and how much of it is unread."""

    events: list[Event]
    next_cursor: str | None
    unread: int
    read_up_to: Instant | None


def list_notifications(page: PageRequest, *, by: Caller) -> NotificationList:
    """Return what rings for the caller. Raises InvalidRequest for a cursor that is not the bell's.

    A part may be shorter than asked for; only a missing cursor ends the bell. Later parts repeat the first one's count
    of the unread, which the cursor carries.
    """
    read_up_to = engineers.notifications_read_up_to(by)
    before, carried = decode_cursor(page.cursor, str, int) if page.cursor else (None, None)
    ringing, end = _listen(by, str(before) if before else None)
    if carried is None:
        carried = sum(1 for event in ringing if read_up_to is None or event.occurred_at > read_up_to)
    complete = [event for event in ringing if end is None or feed.position_of(event) >= feed.position_of(end)]
    shown = complete[: page.limit]
    last = shown[-1] if len(complete) > page.limit else end
    cursor = encode_cursor(feed.position_of(last), carried) if last else None
    return NotificationList(shown, cursor, int(carried), read_up_to)


def _listen(by: Caller, before: str | None) -> tuple[list[Event], Event | None]:
    """Return what rings, newest first, and the event before which not every source has been read; None at the end."""
    sources = [feed.list_newest(notifications, NEWEST, before) for notifications in notified_audiences(by)]
    ends = [events[-1] for events in sources if len(events) == NEWEST]
    heard = {event.id: event for events in sources for event in events if notifies(event, by)}
    return sorted(heard.values(), key=feed.position_of, reverse=True), max(ends, key=feed.position_of, default=None)


def mark_notifications_read(up_to: Instant, *, by: Caller, at: Instant) -> None:
    """Remember that the caller has read the bell up to a time; an earlier time than the one remembered is ignored.

    A time that has not come yet counts as now, or it would silence what has not happened yet.
    """
    engineers.mark_notifications_read(by, min(up_to, at))
