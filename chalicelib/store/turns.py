"""Turns: appending one to a session at an epoch, and reading them."""

from pynamodb.exceptions import DoesNotExist
from pynamodb.expressions.condition import Condition

from chalicelib.domain.errors import IdempotencyMismatch
from chalicelib.domain.instants import format_instant
from chalicelib.domain.keyed_request import KeyedRequest
from chalicelib.domain.pagination import ListPage, PageRequest
from chalicelib.domain.session import Session, SessionStatus
from chalicelib.domain.turn import Message, Step
from chalicelib.store.cursors import decode_cursor, encode_cursor
from chalicelib.store.keys import request_number, requests_key, session_key
from chalicelib.store.mapping import turn_in, turn_row
from chalicelib.store.rows.sessions import SessionRow
from chalicelib.store.rows.turns import RequestMarkRow, TurnRow
from chalicelib.store.stale_write import StaleWrite
from chalicelib.store.transactions import ConditionFailed, Transaction

SNAPSHOT_READ = 500
"""The newest turns read for a snapshot; one query answers with at most 1 MB, which is more than a snapshot keeps."""


def append(session: Session, turn: Message | Step, request: KeyedRequest | None = None) -> Message | Step:
    """Append `turn` to `session` as it was loaded: same epoch, same holder, still active, no turn added since.

    Returns the turn that the same request made before, where there is one. Raises StaleWrite when the session is not
    as loaded any more, and IdempotencyMismatch when the request's key was used with another body.
    """
    transaction = Transaction()
    row = SessionRow(session.account_id, session.id)
    transaction.put(turn_row(session_key(session.account_id, session.id), turn), TurnRow.seq.does_not_exist())
    mark = _mark(session, turn, request) if request else None
    if mark:
        transaction.put(mark, RequestMarkRow.seq.does_not_exist())
    transaction.update(
        row,
        [
            SessionRow.turn_count.set(SessionRow.turn_count + 1),
            SessionRow.step_count.set(SessionRow.step_count + (1 if isinstance(turn, Step) else 0)),
            SessionRow.updated_at.set(format_instant(turn.created_at)),
        ],
        is_as_loaded(session) & (SessionRow.turn_count == session.turn_count),
    )
    try:
        transaction.commit()
    except ConditionFailed as failure:
        if mark and request and (made := failure.image(mark)):
            mark.deserialize(made)
            return _made_before(session.account_id, session.id, mark, request)
        if failure.image(row):
            raise StaleWrite from failure
        raise
    return turn


def is_as_loaded(session: Session) -> Condition:
    """The condition that `session` has not changed hands or status since it was loaded."""
    return (
        (SessionRow.status == SessionStatus.ACTIVE.value)
        & (SessionRow.epoch == session.epoch)
        & (SessionRow.holder["id"] == (session.holder.id if session.holder else ""))
    )


def _mark(session: Session, turn: Message | Step, request: KeyedRequest) -> RequestMarkRow:
    return RequestMarkRow(
        session_key=requests_key(session.account_id, session.id),
        seq=request_number(request.id),
        made_seq=turn.seq,
        request_sha256=request.sha256,
    )


def find_made_by(account_id: str, session_id: str, request: KeyedRequest) -> Message | Step | None:
    """Return the turn that `request` made, None when it made none. Raises IdempotencyMismatch."""
    try:
        mark = RequestMarkRow.get(
            requests_key(account_id, session_id), request_number(request.id), consistent_read=True
        )
    except DoesNotExist:
        return None
    return _made_before(account_id, session_id, mark, request)


def _made_before(account_id: str, session_id: str, mark: RequestMarkRow, request: KeyedRequest) -> Message | Step:
    if mark.request_sha256 != request.sha256:
        raise IdempotencyMismatch
    rows = TurnRow.query(
        session_key(account_id, session_id), TurnRow.seq == mark.made_seq, consistent_read=True, limit=1
    )
    return next(turn_in(item) for page in rows.page_iter for item in page["Items"])


def newest(account_id: str, session_id: str, limit: int = SNAPSHOT_READ) -> list[Message | Step]:
    """Return up to `limit` turns, newest first, in one request."""
    rows = TurnRow.query(
        session_key(account_id, session_id), scan_index_forward=False, limit=limit, consistent_read=True
    )
    page = next(iter(rows.page_iter), None)
    return [turn_in(item) for item in page["Items"]] if page else []


def list_in_order(account_id: str, session_id: str, page: PageRequest) -> ListPage[Message | Step]:
    """Return turns in order, from the cursor on, in one request.

    That reads 1 MB at most, so a slice of long turns is shorter than asked for: 100 of them would be more than Lambda
    can answer with.
    """
    after = decode_cursor(page.cursor, int)[0] if page.cursor else 0
    rows = TurnRow.query(
        session_key(account_id, session_id), TurnRow.seq > after, limit=page.limit, consistent_read=True
    )
    part = next(iter(rows.page_iter))
    turns = [turn_in(item) for item in part["Items"]]
    return ListPage(turns, encode_cursor(turns[-1].seq) if "LastEvaluatedKey" in part else None)
