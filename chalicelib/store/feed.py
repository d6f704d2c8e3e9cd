"""Feeds: what happened, for each audience, by time."""

from datetime import timedelta

from chalicelib.domain.audiences import Audience
from chalicelib.domain.events import Event
from chalicelib.domain.instants import format_instant, parse_instant
from chalicelib.domain.pagination import ListPage, PageRequest
from chalicelib.store.cursors import decode_cursor, encode_cursor, not_ours
from chalicelib.store.keys import EVENTS, audience_key, feed_position, handoff_key, kept_event
from chalicelib.store.mapping import plain, to_document
from chalicelib.store.rows.feed import FeedRow
from chalicelib.store.rows.handoff_parts import KeptEventRow
from chalicelib.store.transactions import put_alone

KEPT_FOR = timedelta(days=30)

OVERLAP = timedelta(minutes=2)
"""How far before its last event a returning page is served again: an event enters the feed a moment after it happened,
so one from before may come later. Readers drop the ids they have seen."""


def put(audience: Audience, event: Event) -> None:
    """Write `event` into the feed of `audience`; once, however often it is asked for."""
    put_alone(row_of(audience, event), FeedRow.event_id.does_not_exist())


def row_of(audience: Audience, event: Event) -> FeedRow:
    """Return the row of `event` in the feed of `audience`."""
    return FeedRow(
        audience=audience_key(audience),
        event_id=position_of(event),
        event=to_document(event),
        expires_at=int((event.occurred_at + KEPT_FOR).timestamp()),
    )


def keep(event: Event, handoff_id: str) -> None:
    """Keep `event` with its handoff for good; once, however often it is asked for."""
    key = handoff_key(event.account_id, handoff_id)
    row = KeptEventRow(key, kept_event(position_of(event)), event=to_document(event))
    put_alone(row, KeptEventRow.part.does_not_exist())


def list_kept(account_id: str, handoff_id: str) -> list[Event]:
    """Return every event kept with the handoff, oldest first."""
    is_event = KeptEventRow.part.startswith(EVENTS)
    rows = KeptEventRow.query(handoff_key(account_id, handoff_id), is_event, consistent_read=True)
    return [Event.model_validate(plain(row.event)) for row in rows]


def list_newest(audience: Audience, limit: int, before: str | None = None) -> list[Event]:
    """Return up to `limit` events, newest first; only those from before the position `before`, where one is given."""
    older = FeedRow.event_id < before if before else None
    rows = FeedRow.query(audience_key(audience), older, scan_index_forward=False, limit=limit)
    return [_event(row) for row in rows]


def position_of(event: Event) -> str:
    """Return the place of `event` in every feed that it is in."""
    return feed_position(event.occurred_at, event.id)


def cursor_at(event: Event) -> str:
    """Return the cursor of the place right after `event`."""
    return encode_cursor(position_of(event))


def list_since(audience: Audience, after: str | None, page: PageRequest) -> ListPage[Event]:
    """Return events in order from shortly before the cursor `after` on, or exactly from `page.cursor` on."""
    if page.cursor:
        start = _position(page.cursor)
    elif after:
        start = _shortly_before(_position(after, "/after"))
    else:
        return ListPage(list_newest(audience, page.limit)[::-1], None)
    rows = FeedRow.query(audience_key(audience), FeedRow.event_id > start, limit=page.limit)
    events = [_event(row) for row in rows]
    return ListPage(events, cursor_at(events[-1]) if rows.last_evaluated_key else None)


def _event(row: FeedRow) -> Event:
    return Event.model_validate(plain(row.event))


def _position(cursor: str, pointer: str = "/cursor") -> str:
    (position,) = decode_cursor(cursor, str, pointer=pointer)
    return str(position)


def _shortly_before(position: str) -> str:
    try:
        return format_instant(parse_instant(position.split("#", maxsplit=1)[0]) - OVERLAP)
    except (ValueError, OverflowError) as error:
        raise not_ours("/after") from error
