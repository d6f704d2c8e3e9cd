"""Handoffs: reading and listing them."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from pynamodb.exceptions import DoesNotExist

from chalicelib.domain.errors import NotFound
from chalicelib.domain.events import Event
from chalicelib.domain.handoff import Handoff
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.pagination import ListPage, PageRequest
from chalicelib.domain.shares import shares_of
from chalicelib.domain.snapshot import Since, corrections_of
from chalicelib.store import turns
from chalicelib.store.cursors import decode_cursor, encode_cursor
from chalicelib.store.handoff_rows import Parts, to_detail, to_handoff
from chalicelib.store.keys import PARTS, engineer_key, handoff_key, session_key
from chalicelib.store.rows.handoff_parts import PartRow
from chalicelib.store.rows.handoffs import HandoffRow

LIST_BYTES = 768 * 1024
"""About how much a part of a list of handoffs may weigh: Lambda answers with at most 6 MB."""


MOST_IN_READ = 100
"""How many items one BatchGetItem returns at most."""


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


def find_of(event: Event) -> Handoff | None:
    """Return the handoff that `event` is about, None where it is about none or that is not there."""
    return find(event.account_id, event.handoff_id) if event.handoff_id else None


def has_any(account_id: str) -> bool:
    """Whether the account ever had a handoff: one query of one item, as none is ever deleted."""
    return next(HandoffRow.query(account_id, limit=1, attributes_to_get=["handoff_id"]), None) is not None


def find_many(account_id: str, handoff_ids: Iterable[str], *, consistent: bool = False) -> dict[str, Handoff]:
    """Return those of the account's handoffs that are there, without their parts, by id: one request for each 100.

    The first hundred are read last, as a message about many names the first. pynamodb keeps no order by itself.
    """
    keys = [(account_id, handoff_id) for handoff_id in dict.fromkeys(handoff_ids)]
    hundreds = reversed(shares_of(keys, MOST_IN_READ))
    rows = (row for some in hundreds for row in HandoffRow.batch_get(some, consistent_read=consistent))
    return {row.handoff_id: to_handoff(row) for row in rows}


def find_detail(account_id: str, handoff_id: str) -> HandoffDetail | None:
    """Return the account's handoff of that id with its parts, None when there is none. Raises MissingPart."""
    found = read(account_id, handoff_id)
    return found.detail if found else None


def read(account_id: str, handoff_id: str) -> Found | None:
    """Return the handoff with its parts and what was added since; None when there is none. Raises MissingPart."""
    found = read_as_handed_off(account_id, handoff_id)
    return Found(_with_what_came_since(found.detail, found.parts), found.parts) if found else None


def read_as_handed_off(account_id: str, handoff_id: str) -> Found | None:
    """Return the handoff with its parts, without what was added since: one read and one query. Raises MissingPart.

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


def _with_what_came_since(handoff: HandoffDetail, parts: Parts) -> HandoffDetail:
    """Return `handoff` with what was added to the session, and corrected, between its snapshot and its end."""
    place = (handoff.account_id, handoff.session_id, handoff.snapshot.last_seq)
    since = turns.list_since(*place, until_epoch=handoff.claim_epoch)
    corrections = corrections_of(handoff.snapshot, parts.corrections)
    return handoff.model_copy(update={"since": Since.of(since, corrections, is_open=handoff.is_open)})


def read_parts(account_id: str, handoff_id: str) -> Parts:
    """Return the parts of the handoff, without the events kept beside them, in one query."""
    is_part = PartRow.part.startswith(PARTS)
    rows = PartRow.query(handoff_key(account_id, handoff_id), is_part, consistent_read=True)
    return Parts(item for page in rows.page_iter for item in page["Items"])


def list_of_session(account_id: str, session_id: str, page: PageRequest) -> ListPage[HandoffDetail]:
    """Return the session's handoffs, newest first: a query of the index, a read of all rows, two queries for each.

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


def ids_of_session(account_id: str, session_id: str) -> list[str]:
    """Return the ids of the session's handoffs, oldest first: one query of the index."""
    return [entry.handoff_id for entry in HandoffRow.by_session.query(session_key(account_id, session_id))]


def list_sent(account_id: str, sender_id: str, page: PageRequest) -> ListPage[Handoff]:
    """Return what somebody handed off, newest first: a query of the index and a read of those rows."""
    key = engineer_key(account_id, sender_id)
    start: dict[str, dict[str, Any]] | None = None
    if page.cursor:
        created_at, handoff_id = decode_cursor(page.cursor, str, str)
        place = {"sender_key": key, "created_at": created_at, "account_id": account_id, "handoff_id": handoff_id}
        start = {name: {"S": value} for name, value in place.items()}
    rows = HandoffRow.by_sender.query(key, scan_index_forward=False, limit=page.limit, last_evaluated_key=start)
    listed = list(rows)
    found = find_many(account_id, [entry.handoff_id for entry in listed])
    sent = [found[entry.handoff_id] for entry in listed if entry.handoff_id in found]
    is_end = rows.last_evaluated_key is None or not listed
    return ListPage(sent, None if is_end else encode_cursor(listed[-1].created_at, listed[-1].handoff_id))


def _read_all(account_id: str, handoff_ids: list[str]) -> list[HandoffDetail]:
    """Return these handoffs in order, as many as weigh what a list may, and one at least."""
    keys = [(account_id, handoff_id) for handoff_id in handoff_ids]
    rows = {row.handoff_id: row for row in HandoffRow.batch_get(keys, consistent_read=True)} if keys else {}
    shown: list[HandoffDetail] = []
    weight = 0
    for handoff_id in handoff_ids:
        if weight >= LIST_BYTES:
            break
        parts = read_parts(account_id, handoff_id)
        shown.append(_with_what_came_since(to_detail(rows[handoff_id], parts), parts))
        weight += len(shown[-1].model_dump_json().encode())
    return shown
