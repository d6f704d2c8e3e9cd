"""The escalation queue: the escalations that wait for a senior, and their number."""

from typing import Any, NamedTuple, cast

from pynamodb.expressions.condition import Condition

from chalicelib.domain.list_items import QueueItem
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Person
from chalicelib.store.cursors import decode_cursor, encode_cursor
from chalicelib.store.handoff_rows import assessment_fields
from chalicelib.store.keys import session_in
from chalicelib.store.mapping import from_seconds, plain
from chalicelib.store.rows.handoffs import HandoffRow
from chalicelib.store.rows.row import Image

MOST_COUNTED = 1_000
"""How many waiting escalations are counted, and looked through for the caller's own."""


class QueuePage(NamedTuple):
    """A page of what others handed off; `total` counts all that wait, and `own` has those of the reader among them."""

    items: list[QueueItem]
    next_cursor: str | None
    total: int
    own: list[QueueItem]


class _Read(NamedTuple):
    """What one request of the index found: `scanned` rows, of which those that pass the filter, and where it ended."""

    rows: list[HandoffRow]
    scanned: int
    end: Image | None


def list_queue(account_id: str, person: Person, page: PageRequest) -> QueuePage:
    """Return the account's unclaimed escalations: most urgent first, then oldest first, those of `person` apart.

    One query where all that wait fits into the page. Else the first page costs one more (ADR 0034), and later ones
    repeat its total. A page may be shorter than asked for, or empty, as the reader's own are left out of what is read;
    only a missing cursor ends the list.
    """
    if page.cursor:
        order, handoff_id, total = decode_cursor(page.cursor, str, str, int)
        found = _read(account_id, _start(account_id, order, handoff_id), page.limit)
        total = min(int(total or 0), MOST_COUNTED)
        return QueuePage(_items(found.rows, person, is_own=False), _cursor(found, total), total, [])
    found = _read(account_id, None, page.limit)
    total, own = found.scanned, _items(found.rows, person, is_own=True)
    mine = cast(Condition, HandoffRow.sender["id"] == person.id)
    end = found.end
    while end and total < MOST_COUNTED:  # again only where a megabyte ends the answer
        rest = _read(account_id, end, MOST_COUNTED - total, mine)
        total, own, end = total + rest.scanned, own + _items(rest.rows, person, is_own=True), rest.end
    return QueuePage(_items(found.rows, person, is_own=False), _cursor(found, total), total, own)


def _read(account_id: str, start: Image | None, most: int, condition: Condition | None = None) -> _Read:
    query = HandoffRow.queue.query(account_id, filter_condition=condition, page_size=most, last_evaluated_key=start)
    answer: dict[str, Any] = next(query.page_iter)
    rows = [HandoffRow.from_raw_data(image) for image in answer["Items"]]
    return _Read(rows, answer["ScannedCount"], answer.get("LastEvaluatedKey"))


def _start(account_id: str, order: object, handoff_id: object) -> Image:
    place = {"queue_order": order, "account_id": account_id, "handoff_id": handoff_id}
    return {name: {"S": value} for name, value in place.items()}


def _cursor(found: _Read, total: int) -> str | None:
    if found.end is None or not found.rows:
        return None
    return encode_cursor(found.rows[-1].queue_order, found.rows[-1].handoff_id, total)


def _items(rows: list[HandoffRow], person: Person, *, is_own: bool) -> list[QueueItem]:
    return [_queue_item(row) for row in rows if (row.sender["id"] == person.id) is is_own]


def _queue_item(row: HandoffRow) -> QueueItem:
    return QueueItem.model_validate(
        {
            "handoff_id": row.handoff_id,
            "session_id": session_in(row.session_key),
            "problem_summary": row.summary_start,
            "problem_domain": row.problem_domain,
            "psa_ticket_id": row.psa_ticket_id,
            "client": row.client,
            "client_key": row.client_key,
            "contact": row.contact,
            "priority": row.priority,
            "reason": row.reason,
            "affected": row.affected,
            "sender": plain(row.sender),
            "step_count": row.step_count,
            **assessment_fields(row.assessment_outcome),
            "to": plain(row.to),
            "directed_until": row.directed_until,
            "due": plain(row.next_moment),
            "sla_due_at": from_seconds(row.sla_due_at),
            "level": row.level,
            "is_early": bool(row.is_early),
            "waiting_since": row.ladder_start or row.created_at,
            "created_at": row.created_at,
        }
    )
