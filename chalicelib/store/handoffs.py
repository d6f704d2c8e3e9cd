"""Handoffs: reading and listing them."""

from datetime import datetime
from typing import Any

from pynamodb.exceptions import DoesNotExist

from chalicelib.domain.errors import NotFound
from chalicelib.domain.handoff import Handoff
from chalicelib.domain.instants import format_instant
from chalicelib.domain.list_items import QueueItem
from chalicelib.domain.pagination import ListPage, PageRequest
from chalicelib.domain.people import Person
from chalicelib.store.cursors import decode_cursor, encode_cursor
from chalicelib.store.keys import PENDING, session_key
from chalicelib.store.mapping import plain, to_handoff
from chalicelib.store.rows import HandoffRow


def load(account_id: str, session_id: str, handoff_id: str) -> Handoff:
    """Return the handoff. Raises NotFound when the account's session has none of that id."""
    handoff = find(account_id, handoff_id)
    if handoff is None or handoff.session_id != session_id:
        raise NotFound("handoff")
    return handoff


def find(account_id: str, handoff_id: str) -> Handoff | None:
    """Return the account's handoff of that id, None when there is none."""
    try:
        return to_handoff(HandoffRow.get(account_id, handoff_id, consistent_read=True))
    except DoesNotExist:
        return None


def list_of_session(account_id: str, session_id: str, page: PageRequest) -> ListPage[Handoff]:
    """Return the session's handoffs, newest first, in one request.

    That reads 1 MB at most, so a slice of long handoffs is shorter than asked for: 100 of them would be more than
    Lambda can answer with.
    """
    key = session_key(account_id, session_id)
    start: dict[str, dict[str, Any]] | None = None
    if page.cursor:
        created_at, handoff_id = decode_cursor(page.cursor, str, str)
        start = {
            "session_key": {"S": key},
            "created_at": {"S": created_at},
            "account_id": {"S": account_id},
            "handoff_id": {"S": handoff_id},
        }
    rows = HandoffRow.by_session.query(key, scan_index_forward=False, limit=page.limit, last_evaluated_key=start)
    part = next(iter(rows.page_iter))
    found = [HandoffRow.from_raw_data(item) for item in part["Items"]]
    cursor = encode_cursor(found[-1].created_at, found[-1].handoff_id) if "LastEvaluatedKey" in part else None
    return ListPage([to_handoff(row) for row in found], cursor)


def list_queue(account_id: str, person: Person, page: PageRequest) -> ListPage[QueueItem]:
    """Return the account's unclaimed escalations that others handed off: most urgent first, then oldest first.

    A slice may be shorter than asked for, or empty, as those of `person` are left out of what is read; only a missing
    cursor ends the list.
    """
    start: dict[str, dict[str, Any]] | None = None
    if page.cursor:
        order, handoff_id = decode_cursor(page.cursor, str, str)
        start = {
            "queue_key": {"S": account_id},
            "queue_order": {"S": order},
            "account_id": {"S": account_id},
            "handoff_id": {"S": handoff_id},
        }
    rows = HandoffRow.queue.query(account_id, limit=page.limit, last_evaluated_key=start)
    found = list(rows)
    cursor = encode_cursor(found[-1].queue_order, found[-1].handoff_id) if rows.last_evaluated_key else None
    return ListPage([_queue_line(row) for row in found if row.sender["id"] != person.id], cursor)


def _queue_line(row: HandoffRow) -> QueueItem:
    return QueueItem.model_validate(
        {
            "handoff_id": row.handoff_id,
            "session_id": row.session_id,
            "priority": row.priority,
            "sender": plain(row.sender),
            "assessment_status": row.assessment_status,
            "created_at": row.created_at,
            **plain(row.headline),
        }
    )


def list_overdue(before: datetime, limit: int) -> list[tuple[str, str]]:
    """Return account and handoff ids of assessments that were asked for before `before` and are still not there."""
    rows = HandoffRow.pending.query(PENDING, HandoffRow.pending_since < format_instant(before), limit=limit)
    return [(row.account_id, row.handoff_id) for row in rows]
