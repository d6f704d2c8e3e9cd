"""Changes of holder: session and handoff move together, in one conditional transaction each."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.assessment import Verdict
from chalicelib.domain.errors import NotFound
from chalicelib.domain.handoff import Handoff, HandoffChange, HandoffStatus, Intent, Receipt
from chalicelib.domain.instants import Instant, format_instant
from chalicelib.domain.people import Caller, Person
from chalicelib.domain.session import Session
from chalicelib.store.handoff_rows import handoff_in
from chalicelib.store.handoffs import find
from chalicelib.store.keys import RELEASE, handoff_key, queue_order, shard_of
from chalicelib.store.mapping import to_seconds
from chalicelib.store.rows.handoff_parts import ReleasePartRow
from chalicelib.store.rows.handoffs import HandoffRow
from chalicelib.store.rows.sessions import SessionDetailRow, SessionRow
from chalicelib.store.session_rows import detail_of
from chalicelib.store.session_updates import close, hold, is_claimed_by, signed, unqueue, wait, waits_with
from chalicelib.store.stale_write import StaleWrite
from chalicelib.store.transactions import ConditionFailed, Transaction
from chalicelib.store.turns import is_as_loaded


class Update(NamedTuple):
    """A change of the handoff's row or of the session's, and what has to hold for it."""

    row: HandoffRow | SessionRow
    actions: Sequence[Action]
    condition: Condition


def mark_claimed(session_id: str, handoff_id: str, by: Caller, at: Instant) -> Receipt:
    """Make `by` the holder, if the handoff is unclaimed and theirs to claim. One request; nothing is read before it.

    Raises NotFound, or StaleWrite with the handoff as it stands.
    """
    is_parked = HandoffRow.intent == Intent.PARK.value
    handoff = Update(
        HandoffRow(by.account_id, handoff_id),
        [
            HandoffRow.status.set(HandoffStatus.CLAIMED.value),
            HandoffRow.claimed_by.set(by.person.model_dump()),
            HandoffRow.claimed_at.set(format_instant(at)),
            HandoffRow.claim_epoch.set(HandoffRow.claim_epoch + 1),
            HandoffRow.shard.set(shard_of(handoff_id)),
            HandoffRow.due_at.set(HandoffRow.look_s + to_seconds(at)),
            *unqueue(),
            *signed(HandoffChange.CLAIMED, by.person, at),
        ],
        _is_of(session_id)
        & (HandoffRow.status == HandoffStatus.UNCLAIMED.value)
        & (is_parked | (HandoffRow.sender["id"] != by.id) if by.is_senior else is_parked),
    )
    session = Update(
        SessionRow(by.account_id, session_id),
        [*hold(by.account_id, by.person, at), SessionRow.held_by.add({by.id})],
        waits_with(handoff_id),
    )
    _move(handoff, session, _look_whether_it_waits)
    return _receipt(session_id, handoff_id, HandoffStatus.CLAIMED, by.person, at)


def mark_withdrawn(session_id: str, handoff_id: str, by: Caller, at: Instant) -> Receipt:
    """Give the session back to the sender, if nobody has claimed the handoff. One request; nothing is read before it.

    Raises NotFound, or StaleWrite with the handoff as it stands.
    """
    handoff = Update(
        HandoffRow(by.account_id, handoff_id),
        [
            *close(HandoffStatus.WITHDRAWN),
            HandoffRow.claim_epoch.set(HandoffRow.claim_epoch + 1),
            *signed(HandoffChange.WITHDRAWN, by.person, at),
        ],
        _is_of(session_id) & (HandoffRow.status == HandoffStatus.UNCLAIMED.value) & (HandoffRow.sender["id"] == by.id),
    )
    session = Update(
        SessionRow(by.account_id, session_id),
        [*hold(by.account_id, by.person, at), SessionRow.open_handoff_id.remove()],
        waits_with(handoff_id),
    )
    _move(handoff, session, _look_whether_it_waits)
    return _receipt(session_id, handoff_id, HandoffStatus.WITHDRAWN)


def mark_released(handoff: Handoff, note: str, by: Caller, at: Instant) -> Receipt:
    """Put a claimed handoff, as it was loaded, back. Raises NotFound, or StaleWrite with the handoff as it stands."""
    actions = [
        HandoffRow.status.set(HandoffStatus.UNCLAIMED.value),
        HandoffRow.claimed_by.remove(),
        HandoffRow.claimed_at.remove(),
        HandoffRow.released_by.set(by.person.model_dump()),
        HandoffRow.claim_epoch.set(HandoffRow.claim_epoch + 1),
        *signed(HandoffChange.RELEASED, by.person, at),
    ]
    if handoff.intent is Intent.ESCALATE:
        actions += [HandoffRow.queue_key.set(handoff.account_id), HandoffRow.queue_order.set(queue_order(handoff))]
    freed = Update(
        HandoffRow(by.account_id, handoff.id),
        actions,
        is_claimed_by(by.person) & (HandoffRow.claim_epoch == handoff.claim_epoch),
    )
    session = Update(
        SessionRow(by.account_id, handoff.session_id),
        wait(handoff.intent, at),
        (SessionRow.open_handoff_id == handoff.id) & (SessionRow.epoch == handoff.claim_epoch),
    )
    transaction = Transaction()
    transaction.put(ReleasePartRow(handoff_key(handoff.account_id, handoff.id), RELEASE, note=note), None)
    _move(freed, session, transaction=transaction)
    return _receipt(handoff.session_id, handoff.id, HandoffStatus.UNCLAIMED)


def mark_resolved(
    session: Session, handoff: Handoff | None, verdict: Verdict | None, resolved: Session, by: Caller
) -> None:
    """Write `resolved` over `session` as it was loaded, and close the handoff it is held by, as it was loaded.

    Raises NotFound, or StaleWrite with the handoff as it stands, where that was the reason.
    """
    at, handoff_id = resolved.updated_at, handoff.id if handoff else None
    open_id = SessionRow.open_handoff_id
    update = Update(
        SessionRow(session.account_id, session.id),
        [
            SessionRow.status.set(resolved.status.value),
            open_id.remove(),
            SessionRow.updated_at.set(format_instant(at)),
        ],
        is_as_loaded(session) & (open_id == handoff_id if handoff_id else open_id.does_not_exist()),
    )
    transaction = Transaction()
    transaction.update(detail_of(session), ending(resolved), SessionDetailRow.session_id.exists())
    if handoff is None:
        transaction.update(*update)
        _commit(transaction, None)
        return
    closing = [*close(HandoffStatus.RESOLVED), *signed(HandoffChange.RESOLVED, by.person, at)]
    if verdict:
        closing.append(HandoffRow.verdict.set(verdict.value))
    condition = is_claimed_by(by.person) & (HandoffRow.version == handoff.version)
    _move(Update(HandoffRow(session.account_id, handoff.id), closing, condition), update, transaction=transaction)


def ending(resolved: Session) -> list[Action]:
    """Write how the session ended beside its row."""
    cause = SessionDetailRow.root_cause
    return [
        SessionDetailRow.resolution.set(resolved.resolution or ""),
        cause.set(resolved.root_cause) if resolved.root_cause else cause.remove(),
        SessionDetailRow.resolved_at.set(format_instant(resolved.updated_at)),
    ]


def _move(
    handoff: Update,
    session: Update,
    look: Callable[[HandoffRow], None] | None = None,
    transaction: Transaction | None = None,
) -> None:
    transaction = transaction or Transaction()
    transaction.update(handoff.row, handoff.actions, HandoffRow.handoff_id.exists() & handoff.condition)
    transaction.update(session.row, session.actions, SessionRow.session_id.exists() & session.condition)
    row = HandoffRow(*handoff.row.key_values)
    _commit(transaction, handoff.row, partial(look, row) if look else None)


def _look_whether_it_waits(handoff: HandoffRow) -> None:
    """Raise StaleWrite with the handoff as it stands when nobody can claim it any more.

    Of many who claim at once one gets through; the others, as a refusal is a transaction too, would go on running
    into each other. A read runs into nobody.
    """
    found = find(handoff.account_id, handoff.handoff_id)
    if found and found.status is not HandoffStatus.UNCLAIMED:
        raise StaleWrite(handoff=found)


def _commit(
    transaction: Transaction, handoff: HandoffRow | SessionRow | None, look: Callable[[], None] | None = None
) -> None:
    try:
        transaction.commit(look)
    except ConditionFailed as failure:
        if handoff and failure.failed(handoff) and not failure.image(handoff):
            raise NotFound("handoff") from failure
        image = failure.image(handoff) if handoff else None
        raise StaleWrite(handoff=handoff_in(image) if image else None) from failure


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
