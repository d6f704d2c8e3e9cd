"""Changes of holder: session and handoff move together, in one conditional transaction each."""

from datetime import datetime

from pynamodb.exceptions import DoesNotExist
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib import log
from chalicelib.domain.assessment import Verdict
from chalicelib.domain.errors import IdempotencyMismatch, NotFound
from chalicelib.domain.handoff import Handoff, HandoffStatus, Intent, Receipt
from chalicelib.domain.instants import Instant, format_instant
from chalicelib.domain.package import EscalationPackage
from chalicelib.domain.people import Caller, Person
from chalicelib.domain.requests import KeyedRequest
from chalicelib.domain.session import Session, SessionStatus
from chalicelib.store.keys import PENDING, engineer_key, queue_order, session_key
from chalicelib.store.lost import Lost
from chalicelib.store.mapping import handoff_in, session_in, to_attributes, to_document, to_handoff
from chalicelib.store.rows import HandoffRow, SessionRow
from chalicelib.store.transactions import ConditionFailed, Image, Transaction
from chalicelib.store.turns import is_as_loaded

WAITING = {Intent.ESCALATE: SessionStatus.ESCALATED, Intent.PARK: SessionStatus.PARKED}
"""The status of a session that waits to be claimed."""


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
            *_wait(handoff.intent, handoff.created_at),
            SessionRow.open_handoff_id.set(handoff.id),
            SessionRow.escalation_package.set(to_document(package)),
        ],
        is_as_loaded(session) & (SessionRow.turn_count == session.turn_count),
    )
    if session.open_handoff_id:
        held = HandoffRow(session.account_id, session.open_handoff_id)
        actions = [HandoffRow.status.set(HandoffStatus.PASSED_ON.value), *_signed(handoff.sender, handoff.created_at)]
        transaction.update(held, actions, _is_claimed_by(handoff.sender))
    try:
        transaction.commit()
    except ConditionFailed as failure:
        if image := failure.image(row):
            return _made_before(image, request_sha256)
        if image := failure.image(session_row):
            raise Lost(session=session_in(image)) from failure
        raise
    return handoff


def find_made_by(account_id: str, request: KeyedRequest) -> Handoff | None:
    """Return the handoff that `request` made, None when it made none. Raises IdempotencyMismatch."""
    try:
        row = HandoffRow.get(account_id, str(request.id), consistent_read=True)
    except DoesNotExist:
        return None
    return _same_request(row, request.sha256)


def mark_claimed(session_id: str, handoff_id: str, by: Caller, at: Instant) -> Receipt:
    """Make `by` the holder, if the handoff is unclaimed and theirs to claim. One request; nothing is read before it.

    Raises NotFound, or Lost with the handoff as it stands.
    """
    is_parked = HandoffRow.intent == Intent.PARK.value
    actions = [
        HandoffRow.status.set(HandoffStatus.CLAIMED.value),
        HandoffRow.claimed_by.set(by.person.model_dump()),
        HandoffRow.claimed_at.set(format_instant(at)),
        HandoffRow.claim_epoch.set(HandoffRow.claim_epoch + 1),
        *_unqueue(),
        *_signed(by.person, at),
    ]
    condition = (
        _is_of(session_id)
        & (HandoffRow.status == HandoffStatus.UNCLAIMED.value)
        & (is_parked | (HandoffRow.sender["id"] != by.id) if by.is_senior else is_parked)
    )
    _move(
        HandoffRow(by.account_id, handoff_id),
        actions,
        condition,
        SessionRow(by.account_id, session_id),
        _hold(by.account_id, by.person, at),
        _waits_with(handoff_id),
    )
    return _receipt(session_id, handoff_id, HandoffStatus.CLAIMED, by.person, at)


def mark_withdrawn(session_id: str, handoff_id: str, by: Caller, at: Instant) -> Receipt:
    """Give the session back to the sender, if nobody has claimed the handoff. One request; nothing is read before it.

    Raises NotFound, or Lost with the handoff as it stands.
    """
    actions = [
        HandoffRow.status.set(HandoffStatus.WITHDRAWN.value),
        HandoffRow.claim_epoch.set(HandoffRow.claim_epoch + 1),
        *_unqueue(),
        *_signed(by.person, at),
    ]
    condition = (
        _is_of(session_id) & (HandoffRow.status == HandoffStatus.UNCLAIMED.value) & (HandoffRow.sender["id"] == by.id)
    )
    _move(
        HandoffRow(by.account_id, handoff_id),
        actions,
        condition,
        SessionRow(by.account_id, session_id),
        [*_hold(by.account_id, by.person, at), SessionRow.open_handoff_id.remove()],
        _waits_with(handoff_id),
    )
    return _receipt(session_id, handoff_id, HandoffStatus.WITHDRAWN)


def mark_released(handoff: Handoff, note: str, by: Caller, at: Instant) -> Receipt:
    """Put a claimed handoff, as it was loaded, back. Raises NotFound, or Lost with the handoff as it stands."""
    actions = [
        HandoffRow.status.set(HandoffStatus.UNCLAIMED.value),
        HandoffRow.claimed_by.remove(),
        HandoffRow.claimed_at.remove(),
        HandoffRow.release_note.set(note),
        HandoffRow.claim_epoch.set(HandoffRow.claim_epoch + 1),
        *_signed(by.person, at),
    ]
    if handoff.intent is Intent.ESCALATE:
        actions += [HandoffRow.queue_key.set(handoff.account_id), HandoffRow.queue_order.set(queue_order(handoff))]
    _move(
        HandoffRow(by.account_id, handoff.id),
        actions,
        _is_claimed_by(by.person) & (HandoffRow.claim_epoch == handoff.claim_epoch),
        SessionRow(by.account_id, handoff.session_id),
        _wait(handoff.intent, at),
        (SessionRow.open_handoff_id == handoff.id) & (SessionRow.epoch == handoff.claim_epoch),
    )
    return _receipt(handoff.session_id, handoff.id, HandoffStatus.UNCLAIMED)


def mark_resolved(
    session: Session, handoff: Handoff | None, verdict: Verdict | None, resolved: Session, by: Caller
) -> None:
    """Write `resolved` over `session` as it was loaded, and close the handoff it is held by, as it was loaded.

    Raises Lost with what stands there now.
    """
    at = resolved.updated_at
    session_row = SessionRow(session.account_id, session.id)
    actions: list[Action] = [
        SessionRow.status.set(resolved.status.value),
        SessionRow.resolution.set(resolved.resolution or ""),
        SessionRow.root_cause.set(resolved.root_cause) if resolved.root_cause else SessionRow.root_cause.remove(),
        SessionRow.open_handoff_id.remove(),
        SessionRow.resolved_at.set(format_instant(at)),
        SessionRow.updated_at.set(format_instant(at)),
    ]
    if handoff is None:
        transaction = Transaction()
        transaction.update(session_row, actions, is_as_loaded(session) & SessionRow.open_handoff_id.does_not_exist())
        _commit(transaction, None, session_row)
        return
    closing = [HandoffRow.status.set(HandoffStatus.RESOLVED.value), *_signed(by.person, at)]
    if verdict:
        closing.append(HandoffRow.verdict.set(verdict.value))
    _move(
        HandoffRow(session.account_id, handoff.id),
        closing,
        _is_claimed_by(by.person) & (HandoffRow.version == handoff.version),
        session_row,
        actions,
        is_as_loaded(session) & (SessionRow.open_handoff_id == handoff.id),
    )


def _move(
    handoff: HandoffRow,
    actions: list[Action],
    condition: Condition,
    session: SessionRow,
    session_actions: list[Action],
    session_condition: Condition,
) -> None:
    transaction = Transaction()
    transaction.update(handoff, actions, HandoffRow.handoff_id.exists() & condition)
    transaction.update(session, session_actions, SessionRow.session_id.exists() & session_condition)
    _commit(transaction, handoff, session)


def _commit(transaction: Transaction, handoff: HandoffRow | None, session: SessionRow) -> None:
    try:
        transaction.commit()
    except ConditionFailed as failure:
        if handoff and failure.failed(handoff) and not failure.image(handoff):
            raise NotFound("handoff") from failure
        handoff_image = failure.image(handoff) if handoff else None
        session_image = failure.image(session)
        raise Lost(
            handoff=handoff_in(handoff_image) if handoff_image else None,
            session=session_in(session_image) if session_image else None,
        ) from failure


def _hold(account_id: str, person: Person, at: Instant) -> list[Action]:
    return [
        SessionRow.status.set(SessionStatus.ACTIVE.value),
        SessionRow.holder.set(person.model_dump()),
        SessionRow.holder_key.set(engineer_key(account_id, person.id)),
        SessionRow.epoch.set(SessionRow.epoch + 1),
        SessionRow.updated_at.set(format_instant(at)),
    ]


def _wait(intent: Intent, at: Instant) -> list[Action]:
    return [
        SessionRow.status.set(WAITING[intent].value),
        SessionRow.holder.remove(),
        SessionRow.holder_key.remove(),
        SessionRow.epoch.set(SessionRow.epoch + 1),
        SessionRow.updated_at.set(format_instant(at)),
    ]


def _waits_with(handoff_id: str) -> Condition:
    waiting = [status.value for status in WAITING.values()]
    return (SessionRow.open_handoff_id == handoff_id) & SessionRow.status.is_in(*waiting)


def _is_of(session_id: str) -> Condition:
    return HandoffRow.session_id == session_id


def _is_claimed_by(person: Person) -> Condition:
    return (HandoffRow.status == HandoffStatus.CLAIMED.value) & (HandoffRow.claimed_by["id"] == person.id)


def _signed(person: Person, at: Instant) -> list[Action]:
    return [
        HandoffRow.actor.set(person.model_dump()),
        HandoffRow.correlation_id.set(log.correlation_id()),
        HandoffRow.version.set(HandoffRow.version + 1),
        HandoffRow.updated_at.set(format_instant(at)),
    ]


def _unqueue() -> list[Action]:
    return [HandoffRow.queue_key.remove(), HandoffRow.queue_order.remove()]


def _receipt(
    session_id: str,
    handoff_id: str,
    status: HandoffStatus,
    claimed_by: Person | None = None,
    claimed_at: datetime | None = None,
) -> Receipt:
    return Receipt(
        handoff_id=handoff_id,
        session_id=session_id,
        status=status,
        claimed_by=claimed_by,
        claimed_at=claimed_at,
    )


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
