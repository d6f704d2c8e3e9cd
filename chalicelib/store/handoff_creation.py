"""Hand offs: the handoff is created in the transaction that clears the session's holder."""

from chalicelib.domain.errors import IdempotencyMismatch
from chalicelib.domain.handoff import HandoffStatus
from chalicelib.domain.handoff_change import HandoffChange
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.keyed_request import KeyedRequest
from chalicelib.domain.session import Session
from chalicelib.store import handoffs
from chalicelib.store.handoff_rows import new_row, snapshot_part
from chalicelib.store.rows.handoff_parts import SnapshotPartRow
from chalicelib.store.rows.handoffs import HandoffRow
from chalicelib.store.rows.sessions import SessionRow
from chalicelib.store.session_updates import close, is_claimed_by, signed, wait
from chalicelib.store.stale_write import StaleWrite
from chalicelib.store.transactions import ConditionFailed, Transaction
from chalicelib.store.turns import add_note, is_as_loaded, is_not_corrected


def open_handoff(session: Session, handoff: HandoffDetail, request_sha256: str | None) -> HandoffDetail:
    """Hand `session`, as it was loaded, over: it waits, nobody holds it, and `handoff` is there to be claimed.

    What the sender wrote becomes the session's next turn. A handoff that the sender held until now is passed on.
    Returns the handoff that the same request made before, where there is one. Raises StaleWrite when the session is not
    as loaded any more, and IdempotencyMismatch.
    """
    if session.open_handoff_id == handoff.id:  # the sender holds what this very request made, and asks again
        return _made_before(handoff.account_id, handoff.id, request_sha256)
    row, session_row = new_row(handoff), SessionRow(session.account_id, session.id)
    transaction = Transaction()
    transaction.put(row, HandoffRow.handoff_id.does_not_exist())
    transaction.put(snapshot_part(handoff, request_sha256), SnapshotPartRow.part.does_not_exist())
    note = handoff.snapshot.own_note
    transaction.update(
        session_row,
        [
            *wait(handoff.intent, handoff.created_at),
            *add_note(transaction, session, note),
            SessionRow.open_handoff_id.set(handoff.id),
            SessionRow.newest_handoff_id.set(handoff.id),
        ],
        is_as_loaded(session) & (SessionRow.turn_count == session.turn_count) & is_not_corrected(session),
    )
    if session.open_handoff_id:
        held = HandoffRow(session.account_id, session.open_handoff_id)
        ends = [*close(HandoffStatus.PASSED_ON), *signed(HandoffChange.PASSED_ON, handoff.actor, handoff.created_at)]
        transaction.update(held, ends, is_claimed_by(handoff.sender))
    try:
        transaction.commit()
    except ConditionFailed as failure:
        if failure.image(row):
            return _made_before(handoff.account_id, handoff.id, request_sha256)
        if failure.image(session_row):
            raise StaleWrite from failure
        raise
    return handoff


def find_made_by(account_id: str, request: KeyedRequest) -> HandoffDetail | None:
    """Return the handoff that `request` made, None when it made none. Raises IdempotencyMismatch."""
    if handoffs.find(account_id, str(request.id)) is None:
        return None
    return _made_before(account_id, str(request.id), request.sha256)


def _made_before(account_id: str, handoff_id: str, request_sha256: str | None) -> HandoffDetail:
    found = handoffs.read(account_id, handoff_id)
    if found is None or found.parts.request_sha256 != request_sha256:
        raise IdempotencyMismatch
    return found.detail
