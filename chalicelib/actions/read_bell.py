"""The bell: what an engineer should hear of."""

from typing import NamedTuple

from chalicelib.domain.audiences import bells_of, rings_for
from chalicelib.domain.events import Event
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller
from chalicelib.domain.slices import Page
from chalicelib.store import engineers, feed

NEWEST = 100
"""How many of the newest events of each source the bell looks at to count the unread ones."""


class Bell(NamedTuple):
    """A part of the bell, newest first, and how much of it is unread."""

    events: list[Event]
    next_cursor: str | None
    unread: int
    read_up_to: Instant | None


def read_bell(page: Page, *, by: Caller) -> Bell:
    """Return what rings for the caller. Raises InvalidRequest for a cursor that is not the bell's."""
    read_up_to = engineers.bell_read_up_to(by)
    newest = _listen(by, None)
    unread = sum(1 for event in newest if read_up_to is None or event.occurred_at > read_up_to)
    heard = _listen(by, page.cursor) if page.cursor else newest
    shown = heard[: page.limit]
    more = len(heard) > page.limit
    return Bell(shown, feed.cursor_at(shown[-1]) if more else None, unread, read_up_to)


def _listen(by: Caller, cursor: str | None) -> list[Event]:
    heard = {event.id: event for bell in bells_of(by) for event in feed.list_newest(bell, NEWEST, cursor)}
    ringing = [event for event in heard.values() if rings_for(event, by)]
    return sorted(ringing, key=lambda event: (event.occurred_at, event.id), reverse=True)


def mark_bell_read(up_to: Instant, *, by: Caller) -> None:
    """Remember that the caller has read the bell up to a time; an earlier time than the one remembered is ignored."""
    engineers.mark_bell_read(by, up_to)
