"""The deliveries of a case, and of a webhook, in pages."""

from collections.abc import Callable

from pynamodb.pagination import ResultIterator

from chalicelib.domain.deliveries.ledger import LedgerEntry
from chalicelib.domain.instants import format_instant
from chalicelib.domain.pagination import ListPage, PageRequest
from chalicelib.store.cursors import decode_cursor, encode_cursor
from chalicelib.store.keys import subject_key, webhook_key
from chalicelib.store.mapping import to_value
from chalicelib.store.rows.deliveries import LedgerRow
from chalicelib.store.rows.row import Image


def list_of_subject(account_id: str, subject: str, page: PageRequest) -> ListPage[LedgerEntry]:
    """Return the deliveries of a handoff or a session, newest first: one query of the index, one read of the rows."""
    key = subject_key(account_id, subject)
    start = None
    if page.cursor:
        created_at, position = decode_cursor(page.cursor, str, str)
        start = _start(created_at, key, position)
    rows = LedgerRow.by_subject.query(key, scan_index_forward=False, limit=page.limit, last_evaluated_key=start)
    return _page(rows, lambda last: encode_cursor(format_instant(last.created_at), last.position))


def list_of_webhook(account_id: str, webhook_id: str, page: PageRequest) -> ListPage[LedgerEntry]:
    """Return the deliveries of a webhook, newest first: one query of the index and one read of the rows."""
    key = webhook_key(account_id, webhook_id)
    start = None
    if page.cursor:
        created_at, subject, position = decode_cursor(page.cursor, str, str, str)
        start = _start(created_at, subject_key(account_id, str(subject)), position) | {"webhook_key": {"S": key}}
    rows = LedgerRow.by_webhook.query(key, scan_index_forward=False, limit=page.limit, last_evaluated_key=start)
    return _page(rows, lambda last: encode_cursor(format_instant(last.created_at), last.subject, last.position))


def _start(created_at: object, key: str, position: object) -> Image:
    return {"created_at": {"S": str(created_at)}, "subject_key": {"S": key}, "position": {"S": str(position)}}


def _page(rows: ResultIterator[LedgerRow], cursor_at: Callable[[LedgerEntry], str]) -> ListPage[LedgerEntry]:
    """Return the entries that an index names by their keys, in its order, and the cursor of what follows them."""
    places = [(row.subject_key, row.position) for row in rows]
    found = (
        {(row.subject_key, row.position): to_value(LedgerEntry, row) for row in LedgerRow.batch_get(places)}
        if places
        else {}
    )
    entries = [found[place] for place in places if place in found]
    return ListPage(entries, cursor_at(entries[-1]) if rows.last_evaluated_key and entries else None)
