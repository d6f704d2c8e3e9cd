"""Handoffs: reading and listing them."""

from typing import Any, NamedTuple

from pynamodb.exceptions import DoesNotExist

from chalicelib.domain.errors import NotFound
from chalicelib.domain.handoff import Handoff
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.list_items import QueueItem
from chalicelib.domain.pagination import ListPage, PageRequest
from chalicelib.domain.people import Person
from chalicelib.store.cursors import decode_cursor, encode_cursor
from chalicelib.store.handoff_rows import Parts, assessment_fields, to_detail, to_handoff
from chalicelib.store.keys import PARTS, handoff_key, session_key
from chalicelib.store.mapping import plain
from chalicelib.store.rows.handoff_parts import PartRow
from chalicelib.store.rows.handoffs import HandoffRow

LIST_BYTES = 768 * 1024
"""About how much a part of a list of handoffs may weigh: Lambda answers with at most 6 MB."""


class Found(NamedTuple):
    """A handoff with its parts, and the parts for what no handoff tells."""

    detail: HandoffDetail
    parts: Parts


def load(account_id: str, session_id: str, handoff_id: str) -> Handoff:
    """Return the handoff, without its parts. Raises NotFound when the account's session has none of that id."""
    return _of_session(find(account_id, handoff_id), session_id)


def load_detail(account_id: str, session_id: str, handoff_id: str) -> HandoffDetail:
    """Return the handoff with its parts. Raises NotFound when the account's session has none of that id."""
    handoff = find_detail(account_id, handoff_id)
    if handoff is None or handoff.session_id != session_id:
        raise NotFound("handoff")
    return handoff


def _of_session(handoff: Handoff | None, session_id: str) -> Handoff:
    if handoff is None or handoff.session_id != session_id:
        raise NotFound("handoff")
    return handoff


def find(account_id: str, handoff_id: str) -> Handoff | None:
    """Return the account's handoff of that id, without its parts; None when there is none."""
    row = _row(account_id, handoff_id)
    return to_handoff(row) if row else None


def find_detail(account_id: str, handoff_id: str) -> HandoffDetail | None:
    """Return the account's handoff of that id with its parts, None when there is none. Raises MissingPart."""
    found = read(account_id, handoff_id)
    return found.detail if found else None


def read(account_id: str, handoff_id: str) -> Found | None:
    """Return the handoff with its parts, None when there is none: one read and one query. Raises MissingPart.

    The parts are read after the row, so that what the row says is there is there.
    """
    row = _row(account_id, handoff_id)
    if row is None:
        return None
    parts = read_parts(account_id, handoff_id)
    return Found(to_detail(row, parts), parts)


def _row(account_id: str, handoff_id: str) -> HandoffRow | None:
    try:
        return HandoffRow.get(account_id, handoff_id, consistent_read=True)
    except DoesNotExist:
        return None


def read_parts(account_id: str, handoff_id: str) -> Parts:
    """Return the parts of the handoff, without the events kept beside them, in one query."""
    is_part = PartRow.part.startswith(PARTS)
    rows = PartRow.query(handoff_key(account_id, handoff_id), is_part, consistent_read=True)
    return Parts(item for page in rows.page_iter for item in page["Items"])


def list_of_session(account_id: str, session_id: str, page: PageRequest) -> ListPage[HandoffDetail]:
    """Return the session's handoffs, newest first: a query of the index, a read of all rows, a query of each's parts.

    A slice of long handoffs is shorter than asked for: 100 of them would be more than Lambda can answer with.
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
    listed, has_more = list(rows), rows.last_evaluated_key is not None
    shown = _read_all(account_id, [entry.handoff_id for entry in listed])
    if not shown or not (has_more or len(shown) < len(listed)):
        return ListPage(shown, None)
    last = listed[len(shown) - 1]
    return ListPage(shown, encode_cursor(last.created_at, last.handoff_id))


def _read_all(account_id: str, handoff_ids: list[str]) -> list[HandoffDetail]:
    """Return these handoffs in order, as many as weigh what a list may, and one at least."""
    keys = [(account_id, handoff_id) for handoff_id in handoff_ids]
    rows = {row.handoff_id: row for row in HandoffRow.batch_get(keys, consistent_read=True)} if keys else {}
    shown: list[HandoffDetail] = []
    weight = 0
    for handoff_id in handoff_ids:
        if weight >= LIST_BYTES:
            break
        shown.append(to_detail(rows[handoff_id], read_parts(account_id, handoff_id)))
        weight += len(shown[-1].model_dump_json().encode())
    return shown


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
    cursor = None
    if rows.last_evaluated_key and found:
        cursor = encode_cursor(found[-1].queue_order, found[-1].handoff_id)
    return ListPage([_queue_item(row) for row in found if row.sender["id"] != person.id], cursor)


def _queue_item(row: HandoffRow) -> QueueItem:
    return QueueItem.model_validate(
        {
            "handoff_id": row.handoff_id,
            "session_id": row.session_id,
            "problem_summary": row.summary_start,
            "problem_domain": row.problem_domain,
            "psa_ticket_id": row.psa_ticket_id,
            "priority": row.priority,
            "sender": plain(row.sender),
            "step_count": row.step_count,
            "assessment_status": assessment_fields(row.assessment_outcome)["assessment_status"],
            "created_at": row.created_at,
        }
    )
