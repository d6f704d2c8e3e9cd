"""Turns: appending one to a session at an epoch, and reading them."""

from collections.abc import Mapping
from typing import Any

from pynamodb.exceptions import DoesNotExist
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.errors import IdempotencyMismatch, NotFound
from chalicelib.domain.instants import Instant, format_instant
from chalicelib.domain.keyed_request import KeyedRequest
from chalicelib.domain.pagination import ListPage, PageRequest
from chalicelib.domain.session import Session, SessionStatus
from chalicelib.domain.turn import Note, NoteAbout, Step, Turn
from chalicelib.store.cursors import decode_cursor, encode_cursor
from chalicelib.store.keys import request_number, requests_key, session_key
from chalicelib.store.mapping import turn_in, turn_row
from chalicelib.store.rows.sessions import SessionRow
from chalicelib.store.rows.turns import RequestMarkRow, TurnRow
from chalicelib.store.stale_write import StaleWrite
from chalicelib.store.transactions import ConditionFailed, Transaction

LOOK_BACK = (5, 50, 500)
"""How many of a session's newest turns are read to find one of the holder's: few, and more only where needed."""

NEWEST_READ = 500
"""The newest turns read for a snapshot or a reply; one page has at most 1 MB, which is more than either keeps."""


def append(session: Session, turn: Turn, request: KeyedRequest | None = None) -> Turn:
    """Append `turn` to `session` as it was loaded: same epoch, same holder, still active, no turn added since.

    Raises and returns what `append_note` does.
    """
    return _append(session, turn, request, is_as_loaded(session))


def append_note(session: Session, note: Note, request: KeyedRequest | None = None) -> Turn:
    """Append `note` to `session` as it was loaded, no matter who holds it: same epoch and status, no turn added since.

    Returns the turn that the same request made before, where there is one. Raises StaleWrite when the session is not
    as loaded any more, and IdempotencyMismatch when the request's key was used with another body.
    """
    is_the_same = (SessionRow.status == session.status.value) & (SessionRow.epoch == session.epoch)
    return _append(session, note, request, is_the_same)


def _append(session: Session, turn: Turn, request: KeyedRequest | None, is_the_same: Condition) -> Turn:
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
        is_the_same & (SessionRow.turn_count == session.turn_count),
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


def add_note(transaction: Transaction, session: Session, note: Note | None) -> list[Action]:
    """Put `note` into the transaction and return what it changes of the session's row; nothing of either without one.

    The session's own condition has to ask for the `turn_count` that it was loaded with.
    """
    if note is None:
        return []
    transaction.put(turn_row(session_key(session.account_id, session.id), note), TurnRow.seq.does_not_exist())
    return [SessionRow.turn_count.set(SessionRow.turn_count + 1)]


def is_as_loaded(session: Session) -> Condition:
    """The condition that `session` has not changed hands or status since it was loaded."""
    return (
        (SessionRow.status == SessionStatus.ACTIVE.value)
        & (SessionRow.epoch == session.epoch)
        & (SessionRow.holder["id"] == (session.holder.id if session.holder else ""))
    )


def is_not_corrected(session: Session) -> Condition:
    """The condition that nothing of `session` was corrected since it was loaded."""
    revision = SessionRow.revision
    return revision == session.revision if session.revision else revision.does_not_exist()


def _mark(session: Session, turn: Turn, request: KeyedRequest) -> RequestMarkRow:
    return RequestMarkRow(
        session_key=requests_key(session.account_id, session.id),
        seq=request_number(request.id),
        made_seq=turn.seq,
        request_sha256=request.sha256,
    )


def find_made_by(account_id: str, session_id: str, request: KeyedRequest) -> Turn | None:
    """Return the turn that `request` made, None when it made none. Raises IdempotencyMismatch."""
    try:
        mark = RequestMarkRow.get(
            requests_key(account_id, session_id), request_number(request.id), consistent_read=True
        )
    except DoesNotExist:
        return None
    return _made_before(account_id, session_id, mark, request)


def _made_before(account_id: str, session_id: str, mark: RequestMarkRow, request: KeyedRequest) -> Turn:
    if mark.request_sha256 != request.sha256:
        raise IdempotencyMismatch
    made = find(account_id, session_id, int(mark.made_seq))
    if made is None:
        raise NotFound("turn")
    return made


def find(account_id: str, session_id: str, seq: int) -> Turn | None:
    """Return the session's turn of that number, None when it has none."""
    rows = TurnRow.query(session_key(account_id, session_id), TurnRow.seq == seq, consistent_read=True, limit=1)
    return next((turn_in(item) for page in rows.page_iter for item in page["Items"]), None)


def newest(account_id: str, session_id: str, limit: int = NEWEST_READ) -> list[Turn]:
    """Return up to `limit` turns, newest first, in one request."""
    rows = TurnRow.query(
        session_key(account_id, session_id), scan_index_forward=False, limit=limit, consistent_read=True
    )
    page = next(iter(rows.page_iter), None)
    return [turn_in(item) for item in page["Items"]] if page else []


def newest_notes(session: Session, about: NoteAbout) -> list[Note]:
    """Return the notes about this among the session's newest turns, newest first, in one request."""
    found = newest(session.account_id, session.id)
    return [turn for turn in found if isinstance(turn, Note) and turn.about is about]


def newest_with_steps(session: Session) -> list[Turn]:
    """Return the newest turns, newest first, and older ones as far as the session's steps go back.

    One request, and further ones only for steps that lie behind 500 turns or 1 MB of pasted text.
    """
    rows = TurnRow.query(
        session_key(session.account_id, session.id),
        scan_index_forward=False,
        page_size=NEWEST_READ,
        consistent_read=True,
    )
    found: list[Turn] = []
    for page in rows.page_iter:
        found += [turn_in(item) for item in page["Items"]]
        if sum(isinstance(turn, Step) for turn in found) >= session.step_count:
            break
    return found


def note_in(image: Mapping[str, Any]) -> tuple[str, str, Note]:
    """Read a note, and the account and session that it belongs to, from an image as a stream record holds it."""
    account_id, _, session_id = str(image["session_key"]["S"]).partition("#")
    note = turn_in(dict(image))
    if not isinstance(note, Note):
        raise TypeError("the stream of notes brings another turn")
    return account_id, session_id, note


def list_since(account_id: str, session_id: str, seq: int, until_epoch: int) -> list[Turn]:
    """Return the turns with a higher number than `seq`, in order, up to those of the epoch `until_epoch`.

    What is read is what was added in that time, and at most a page of 1 MB more.
    """
    rows = TurnRow.query(session_key(account_id, session_id), TurnRow.seq > seq, consistent_read=True)
    found: list[Turn] = []
    for page in rows.page_iter:
        turns = [turn_in(item) for item in page["Items"]]
        found += [turn for turn in turns if turn.epoch <= until_epoch]
        if turns and turns[-1].epoch > until_epoch:
            break
    return found


def newest_at(account_id: str, session_id: str, engineer_id: str, epoch: int) -> Instant | None:
    """Return when the engineer wrote their newest turn at this epoch, None where they have written none.

    Looks through the newest turns of the session, of which the assistant's and other people's are few in a row.
    """
    for limit in LOOK_BACK:
        found = newest(account_id, session_id, limit)
        for turn in found:
            if turn.author.id == engineer_id and turn.epoch == epoch:
                return turn.created_at
        if len(found) < limit or found[-1].epoch < epoch:
            break
    return None


def list_in_order(account_id: str, session_id: str, page: PageRequest) -> ListPage[Turn]:
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
