"""Changes of holder: session and handoff move together, in one conditional transaction each."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.assessment import Verdict
from chalicelib.domain.errors import NotFound
from chalicelib.domain.handoff import Handoff, HandoffStatus, Intent, Receipt
from chalicelib.domain.instants import Instant, format_instant
from chalicelib.domain.people import Caller, Person
from chalicelib.domain.session import Session
from chalicelib.store.handoffs import find
from chalicelib.store.keys import queue_order
from chalicelib.store.mapping import handoff_in, session_in
from chalicelib.store.rows import HandoffRow, SessionRow
from chalicelib.store.session_updates import hold, is_claimed_by, signed, unqueue, wait, waits_with
from chalicelib.store.stale_write import StaleWrite
from chalicelib.store.transactions import ConditionFailed, Transaction
from chalicelib.store.turns import is_as_loaded


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
        *unqueue(),
        *signed(by.person, at),
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
        hold(by.account_id, by.person, at),
        waits_with(handoff_id),
        _look_whether_it_waits,
    )
    return _receipt(session_id, handoff_id, HandoffStatus.CLAIMED, by.person, at)


def mark_withdrawn(session_id: str, handoff_id: str, by: Caller, at: Instant) -> Receipt:
    """Give the session back to the sender, if nobody has claimed the handoff. One request; nothing is read before it.

    Raises NotFound, or Lost with the handoff as it stands.
    """
    actions = [
        HandoffRow.status.set(HandoffStatus.WITHDRAWN.value),
        HandoffRow.claim_epoch.set(HandoffRow.claim_epoch + 1),
        *unqueue(),
        *signed(by.person, at),
    ]
    condition = (
        _is_of(session_id) & (HandoffRow.status == HandoffStatus.UNCLAIMED.value) & (HandoffRow.sender["id"] == by.id)
    )
    _move(
        HandoffRow(by.account_id, handoff_id),
        actions,
        condition,
        SessionRow(by.account_id, session_id),
        [*hold(by.account_id, by.person, at), SessionRow.open_handoff_id.remove()],
        waits_with(handoff_id),
        _look_whether_it_waits,
    )
    return _receipt(session_id, handoff_id, HandoffStatus.WITHDRAWN)


def mark_released(handoff: Handoff, note: str, by: Caller, at: Instant) -> Receipt:
    """Put a claimed handoff, as it was loaded, back. Raises NotFound, or Lost with the handoff as it stands."""
    actions = [
        HandoffRow.status.set(HandoffStatus.UNCLAIMED.value),
        HandoffRow.claimed_by.remove(),
        HandoffRow.claimed_at.remove(),
        HandoffRow.release_note.set(note),
        HandoffRow.released_by.set(by.person.model_dump()),
        HandoffRow.claim_epoch.set(HandoffRow.claim_epoch + 1),
        *signed(by.person, at),
    ]
    if handoff.intent is Intent.ESCALATE:
        actions += [HandoffRow.queue_key.set(handoff.account_id), HandoffRow.queue_order.set(queue_order(handoff))]
    _move(
        HandoffRow(by.account_id, handoff.id),
        actions,
        is_claimed_by(by.person) & (HandoffRow.claim_epoch == handoff.claim_epoch),
        SessionRow(by.account_id, handoff.session_id),
        wait(handoff.intent, at),
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
    closing = [HandoffRow.status.set(HandoffStatus.RESOLVED.value), *signed(by.person, at)]
    if verdict:
        closing.append(HandoffRow.verdict.set(verdict.value))
    _move(
        HandoffRow(session.account_id, handoff.id),
        closing,
        is_claimed_by(by.person) & (HandoffRow.version == handoff.version),
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
    look: Callable[[HandoffRow], None] | None = None,
) -> None:
    transaction = Transaction()
    transaction.update(handoff, actions, HandoffRow.handoff_id.exists() & condition)
    transaction.update(session, session_actions, SessionRow.session_id.exists() & session_condition)
    _commit(transaction, handoff, session, partial(look, handoff) if look else None)


def _look_whether_it_waits(handoff: HandoffRow) -> None:
    """Raise Lost with the handoff as it stands when nobody can claim it any more.

    Of many who claim at once one gets through; the others, as a refusal is a transaction too, would go on running
    into each other. A read runs into nobody.
    """
    found = find(handoff.account_id, handoff.handoff_id)
    if found and found.status is not HandoffStatus.UNCLAIMED:
        raise StaleWrite(handoff=found)


def _commit(
    transaction: Transaction,
    handoff: HandoffRow | None,
    session: SessionRow,
    look: Callable[[], None] | None = None,
) -> None:
    try:
        transaction.commit(look)
    except ConditionFailed as failure:
        if handoff and failure.failed(handoff) and not failure.image(handoff):
            raise NotFound("handoff") from failure
        handoff_image = failure.image(handoff) if handoff else None
        session_image = failure.image(session)
        raise StaleWrite(
            handoff=handoff_in(handoff_image) if handoff_image else None,
            session=session_in(session_image) if session_image else None,
        ) from failure


def _is_of(session_id: str) -> Condition:
    return HandoffRow.session_id == session_id


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
