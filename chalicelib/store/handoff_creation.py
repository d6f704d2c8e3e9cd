"""Hand offs: the handoff is born in the transaction that lets go of the session."""

from pynamodb.exceptions import DoesNotExist

from chalicelib import log
from chalicelib.domain.errors import IdempotencyMismatch
from chalicelib.domain.escalation_package import EscalationPackage
from chalicelib.domain.handoff import Handoff, HandoffStatus, Intent
from chalicelib.domain.keyed_request import KeyedRequest
from chalicelib.domain.session import Session
from chalicelib.store.keys import PENDING, queue_order, session_key
from chalicelib.store.mapping import session_in, to_attributes, to_document, to_handoff
from chalicelib.store.rows import HandoffRow, SessionRow
from chalicelib.store.session_updates import is_claimed_by, signed, wait
from chalicelib.store.stale_write import StaleWrite
from chalicelib.store.transactions import ConditionFailed, Image, Transaction
from chalicelib.store.turns import is_as_loaded


def open_handoff(session: Session, handoff: Handoff, package: EscalationPackage, request_sha256: str | None) -> Handoff:
    """Hand `session`, as it was loaded, over: it waits, nobody holds it, and `handoff` is there to be claimed.

    A handoff that the sender held until now is passed on. Returns the handoff that the same request made before, where
    there is one. Raises Lost with the session as it stands when it is not as loaded any more, and IdempotencyMismatch.
    """
    row, session_row = _new_row(handoff, request_sha256), SessionRow(session.account_id, session.id)
    transaction = Transaction()
    transaction.put(row, HandoffRow.handoff_id.does_not_exist())
    transaction.update(
        session_row,
        [
            *wait(handoff.intent, handoff.created_at),
            SessionRow.open_handoff_id.set(handoff.id),
            SessionRow.escalation_package.set(to_document(package)),
        ],
        is_as_loaded(session) & (SessionRow.turn_count == session.turn_count),
    )
    if session.open_handoff_id:
        held = HandoffRow(session.account_id, session.open_handoff_id)
        actions = [HandoffRow.status.set(HandoffStatus.PASSED_ON.value), *signed(handoff.sender, handoff.created_at)]
        transaction.update(held, actions, is_claimed_by(handoff.sender))
    try:
        transaction.commit()
    except ConditionFailed as failure:
        if image := failure.image(row):
            return _made_before(image, request_sha256)
        if image := failure.image(session_row):
            raise StaleWrite(session=session_in(image)) from failure
        raise
    return handoff


def find_made_by(account_id: str, request: KeyedRequest) -> Handoff | None:
    """Return the handoff that `request` made, None when it made none. Raises IdempotencyMismatch."""
    try:
        row = HandoffRow.get(account_id, str(request.id), consistent_read=True)
    except DoesNotExist:
        return None
    return _same_request(row, request.sha256)


def _new_row(handoff: Handoff, request_sha256: str | None) -> HandoffRow:
    row = HandoffRow(
        **to_attributes(handoff, id="handoff_id"),
        session_key=session_key(handoff.account_id, handoff.session_id),
        headline=handoff.snapshot.model_dump(
            include={"problem_summary", "problem_domain", "psa_ticket_id", "step_count"}
        ),
        pending_key=PENDING,
        request_sha256=request_sha256,
        correlation_id=log.correlation_id(),
    )
    if handoff.intent is Intent.ESCALATE:
        row.queue_key, row.queue_order = handoff.account_id, queue_order(handoff)
    return row


def _made_before(image: Image, request_sha256: str | None) -> Handoff:
    row = HandoffRow()
    row.deserialize(image)
    return _same_request(row, request_sha256)


def _same_request(row: HandoffRow, request_sha256: str | None) -> Handoff:
    if row.request_sha256 != request_sha256:
        raise IdempotencyMismatch
    return to_handoff(row)
