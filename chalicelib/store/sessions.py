"""Sessions: opening, reading, listing. What changes a session together with its handoff is in `handoff_transitions`."""

from collections.abc import Iterable, Iterator
from heapq import merge
from typing import Any

from pynamodb.indexes import GlobalSecondaryIndex

from chalicelib.domain.errors import IdempotencyMismatch, NotFound
from chalicelib.domain.list_items import SessionSummary
from chalicelib.domain.pagination import ListPage, PageRequest
from chalicelib.domain.session import Session, SessionStatus
from chalicelib.store import ticket_links
from chalicelib.store.cursors import decode_cursor, encode_cursor
from chalicelib.store.keys import engineer_key, session_detail
from chalicelib.store.mapping import plain
from chalicelib.store.rows.sessions import SessionDetailRow, SessionRow
from chalicelib.store.session_rows import new_rows, session_in
from chalicelib.store.transactions import Transaction

FILTERED_READ = 100
"""Rows read per index when a status filter will drop some of them."""


def load(account_id: str, session_id: str) -> Session:
    """Return the session, from one query. Raises NotFound when the account has none of that id."""
    found = _find(account_id, session_id)
    if found is None:
        raise NotFound("session")
    return found[0]


def _find(account_id: str, session_id: str) -> tuple[Session, SessionDetailRow] | None:
    if "#" in session_id:
        return None  # no session's id has one, so that what lies beside a session is never taken for another
    both = SessionRow.session_id.between(session_id, session_detail(session_id))
    rows = SessionRow.query(account_id, both, consistent_read=True)
    return session_in((item for page in rows.page_iter for item in page["Items"]), session_id)


def turn_count(account_id: str, session_id: str) -> int:
    """Return how many turns the session has; 0 where there is no such session."""
    found = _find(account_id, session_id)
    return found[0].turn_count if found else 0


def create(session: Session, request_sha256: str | None) -> Session:
    """Write a new session, once: when its id is taken by the same request, return what that request made.

    Raises IdempotencyMismatch when the id is taken by a request with another body.
    """
    ticket_links.add(session)
    row, detail = new_rows(session, request_sha256)
    transaction = Transaction()
    transaction.put(row, SessionRow.session_id.does_not_exist())
    transaction.put(detail, SessionDetailRow.session_id.does_not_exist())
    return session if transaction.commits() else _made_before(session, request_sha256)


def _made_before(session: Session, request_sha256: str | None) -> Session:
    found = _find(session.account_id, session.id)
    if found is None:
        raise NotFound("session")
    made, detail = found
    if detail.request_sha256 != request_sha256:
        raise IdempotencyMismatch
    return made


def list_mine(
    account_id: str, engineer_id: str, status: SessionStatus | None, page: PageRequest
) -> ListPage[SessionSummary]:
    """Return the sessions that the engineer owns or holds, newest change first.

    One query for those owned and one for those taken over, merged. With a status, a slice may be shorter than asked
    for; only a missing cursor ends the list.
    """
    place: list[str | int | None] = decode_cursor(page.cursor, *[str | None] * 4) if page.cursor else [None] * 4
    limit = page.limit if status is None else FILTERED_READ
    key = engineer_key(account_id, engineer_id)
    owned = _Reader(SessionRow.by_owner, "owner_key", key, account_id, place[:2], limit)
    held = _Reader(SessionRow.by_holder, "holder_key", key, account_id, place[2:], limit)
    lines: list[SessionSummary] = []
    for reader, row in merge(owned.entries(), held.entries(), key=lambda entry: str(entry[1].updated_at), reverse=True):
        line = _summary_in(row)
        reader.place = [row.updated_at, row.session_id]
        if status in (None, line.status) and (reader is owned or line.owner.id != engineer_id):
            lines.append(line)
        if len(lines) == page.limit or reader.is_cut_short:
            break
    is_end = owned.is_at_end and held.is_at_end
    return ListPage(lines, None if is_end else encode_cursor(*owned.place, *held.place))


_OF_THE_HANDOFF = {"client", "sender", "waiting_since", "held_since", "asked_at", "opened_by"}
_FROM_THE_ROW = set(SessionSummary.model_fields) - _OF_THE_HANDOFF


def _summary_in(row: SessionRow) -> SessionSummary:
    """Read a line of a list from a session's row, or from an entry of its indexes."""
    renamed = {"id": "session_id", "problem_summary": "summary_start"}
    return SessionSummary.model_validate(
        {field: plain(getattr(row, renamed.get(field, field))) for field in _FROM_THE_ROW}
    )


def find_summaries(account_id: str, session_ids: Iterable[str]) -> dict[str, SessionSummary]:
    """Return those of the account's sessions that are there as lines of a list, by id: one request for each 100."""
    keys = [(account_id, session_id) for session_id in dict.fromkeys(session_ids)]
    return {row.session_id: _summary_in(row) for row in SessionRow.batch_get(keys)} if keys else {}


class _Reader:
    """One of the two indexes, read once, and how far the merged list has come in it."""

    def __init__(
        self,
        index: GlobalSecondaryIndex[SessionRow],
        key_name: str,
        key: str,
        account_id: str,
        place: list[str | int | None],
        limit: int,
    ) -> None:
        self.place = place
        start = _start_key(key_name, key, account_id, place)
        found = index.query(key, scan_index_forward=False, limit=limit, last_evaluated_key=start)
        self._rows = list(found)
        self._has_more = found.last_evaluated_key is not None

    def entries(self) -> Iterator[tuple["_Reader", SessionRow]]:
        """Yield the rows read, each with its reader."""
        return ((self, row) for row in self._rows)

    @property
    def _is_consumed(self) -> bool:
        return not self._rows or self.place == [self._rows[-1].updated_at, self._rows[-1].session_id]

    @property
    def is_cut_short(self) -> bool:
        """Whether nothing older may be listed, as this index has rows that were not read."""
        return self._is_consumed and self._has_more

    @property
    def is_at_end(self) -> bool:
        """Whether every row of this index has been listed."""
        return self._is_consumed and not self._has_more


def _start_key(key_name: str, key: str, account_id: str, place: list[str | int | None]) -> dict[str, Any] | None:
    if None in place:
        return None
    names = ("updated_at", "session_id")
    return {key_name: {"S": key}, "account_id": {"S": account_id}} | {
        name: {"S": value} for name, value in zip(names, place, strict=True)
    }
