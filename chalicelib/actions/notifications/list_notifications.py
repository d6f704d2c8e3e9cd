"""List an engineer's notifications."""

from typing import NamedTuple

from chalicelib.domain.audiences import notified_audiences, notifies
from chalicelib.domain.events import Event
from chalicelib.domain.notification import Notification, by_subject
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller
from chalicelib.store import engineers, feed, handoffs
from chalicelib.store.cursors import decode_cursor, encode_cursor

NEWEST = 100
"""How many of the newest events of each feed are read, and how many handoffs they are folded into at most."""


class NotificationList(NamedTuple):
    """A page of notifications, the last changed first, and how many of all still wait for the reader."""

    items: list[Notification]
    next_cursor: str | None
    unread: int


def list_notifications(page: PageRequest, *, by: Caller) -> NotificationList:
    """Return the caller's notifications. Raises InvalidRequest for a cursor of another list.

    One query for each of the caller's feeds, and one request for the handoffs as they stand, whatever happened before.
    """
    marks = engineers.read_marks(by)
    told = by_subject(_newest(by))[:NEWEST]
    found = handoffs.find_many(by.account_id, [each.newest.handoff_id for each in told if each.newest.handoff_id])
    every = [(each, Notification.of(each, found.get(each.subject), marks, by.person)) for each in told]
    unread = sum(notification.is_unread for _, notification in every)
    if page.cursor:
        (place,) = decode_cursor(page.cursor, str)
        every = [pair for pair in every if feed.position_of(pair[0].newest) < str(place)]
    shown = every[: page.limit]
    cursor = encode_cursor(feed.position_of(shown[-1][0].newest)) if len(every) > page.limit else None
    return NotificationList([notification for _, notification in shown], cursor, unread)


def _newest(by: Caller) -> list[Event]:
    """Return the newest events of the caller's feeds, newest first, each once."""
    sources = [feed.list_newest(audience, NEWEST) for audience in notified_audiences(by)]
    heard = {event.id: event for events in sources for event in events if notifies(event, by)}
    return sorted(heard.values(), key=feed.position_of, reverse=True)
