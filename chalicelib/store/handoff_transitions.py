"""Changes of holder: session and handoff move together, in one conditional transaction each."""

from datetime import datetime

from pynamodb.expressions.condition import Condition

from chalicelib.domain.handoff import Handoff, HandoffStatus, Intent, Receipt
from chalicelib.domain.handoff_change import HandoffChange
from chalicelib.domain.instants import Instant, format_instant
from chalicelib.domain.people import Caller, Person
from chalicelib.store.agenda import plan_actions
from chalicelib.store.handoff_rows import is_of_session
from chalicelib.store.handoffs import find
from chalicelib.store.keys import shard_of
from chalicelib.store.mapping import to_seconds
from chalicelib.store.paired_writes import Update, Written, as_written, commit_or_stale, move_together
from chalicelib.store.rows.handoffs import HandoffRow
from chalicelib.store.rows.sessions import SessionRow
from chalicelib.store.session_updates import (
    close,
    enqueue,
    hold,
    is_claimed_by,
    signed,
    unhold,
    unqueue,
    wait,
    waits_with,
)
from chalicelib.store.stale_write import StaleWrite
from chalicelib.store.transactions import Transaction
from chalicelib.store.turns import add_note


def mark_claimed(session_id: str, handoff_id: str, by: Caller, at: Instant, epoch: int | None = None) -> Receipt:
    """Make `by` the holder, if the handoff is unclaimed and theirs to claim, and (unless None) still at `epoch`.

    One request; nothing is read before it. Raises NotFound, or StaleWrite with the handoff as it stands.
    """
    handoff = Update(
        HandoffRow(by.account_id, handoff_id),
        [
            HandoffRow.status.set(HandoffStatus.CLAIMED.value),
            HandoffRow.claimed_by.set(by.person.model_dump()),
            HandoffRow.claimed_at.set(format_instant(at)),
            HandoffRow.claim_epoch.set(HandoffRow.claim_epoch + 1),
            HandoffRow.shard.set(shard_of(handoff_id)),
            HandoffRow.due_at.set(HandoffRow.look_s + to_seconds(at)),
            HandoffRow.next_moment.remove(),
            *unqueue(),
            *signed(HandoffChange.CLAIMED, by.person, at),
        ],
        is_of_session(by.account_id, session_id) & _is_claimable(by, at, epoch),
    )
    session = Update(
        SessionRow(by.account_id, session_id),
        [*hold(by.account_id, by.person, at), SessionRow.held_by.add({by.id})],
        waits_with(handoff_id),
    )
    move_together(handoff, session, _look_whether_it_waits)
    return _receipt(session_id, handoff_id, HandoffStatus.CLAIMED, by.person, at)


def mark_withdrawn(
    session_id: str,
    handoff_id: str,
    by: Caller,
    at: Instant,
    written: Written | None = None,
    *,
    as_owner: bool = False,
    for_sender: Person | None = None,
) -> Receipt:
    """Give the session back to the sender, or to its owner, if nobody has claimed the handoff.

    `for_sender` is the sender when `by` is the admin who handed it off for them: they get it back. Nothing is read
    first; with a note it holds for the session as loaded. Raises NotFound, or StaleWrite.
    """
    author = HandoffRow.handed_off_by if for_sender else HandoffRow.sender
    is_free = is_of_session(by.account_id, session_id) & (HandoffRow.status == HandoffStatus.UNCLAIMED.value)
    handoff = Update(
        HandoffRow(by.account_id, handoff_id),
        [
            *close(HandoffStatus.WITHDRAWN),
            HandoffRow.withdrawn_by.set(by.person.model_dump()),
            HandoffRow.claim_epoch.set(HandoffRow.claim_epoch + 1),
            *signed(HandoffChange.WITHDRAWN, by.person, at),
        ],
        is_free if as_owner else is_free & (author["id"] == by.id),
    )
    waits = waits_with(handoff_id)
    transaction = Transaction()
    session = Update(
        SessionRow(by.account_id, session_id),
        [
            *hold(by.account_id, for_sender or by.person, at),
            SessionRow.open_handoff_id.remove(),
            *(add_note(transaction, *written) if written else []),
        ],
        waits & (SessionRow.owner["id"] == by.id) if as_owner else waits,
    )
    move_together(handoff, as_written(session, written), _look_whether_it_waits, transaction)
    return _receipt(session_id, handoff_id, HandoffStatus.WITHDRAWN)


def mark_released(
    handoff: Handoff,
    waiting: Handoff,
    by: Caller,
    at: Instant,
    written: Written | None = None,
    *,
    change: HandoffChange = HandoffChange.RELEASED,
) -> Receipt:
    """Put a claimed handoff, as it was loaded, back, with the plan of `waiting`; its holder may be another than `by`.

    Nothing may have happened to it since, so that a wait of its holder's ends with it. A note holds for the session as
    it was loaded. Raises NotFound, or StaleWrite with the handoff as it stands.
    """
    holder = handoff.claimed_by or by.person
    actions = [
        *unhold(),
        HandoffRow.released_by.set(holder.model_dump()),
        *plan_actions(handoff, waiting),
        *signed(change, by.person, at),
        *enqueue(handoff),
    ]
    freed = Update(
        HandoffRow(by.account_id, handoff.id),
        actions,
        is_claimed_by(holder)
        & (HandoffRow.claim_epoch == handoff.claim_epoch)
        & (HandoffRow.version == handoff.version),
    )
    transaction = Transaction()
    session = Update(
        SessionRow(by.account_id, handoff.session_id),
        [*wait(handoff.intent, at), *(add_note(transaction, *written) if written else [])],
        (SessionRow.open_handoff_id == handoff.id) & (SessionRow.epoch == handoff.claim_epoch),
    )
    move_together(freed, as_written(session, written), transaction=transaction)
    return _receipt(handoff.session_id, handoff.id, HandoffStatus.UNCLAIMED)


def mark_declined(
    handoff: Handoff, waiting: Handoff, by: Caller, at: Instant, written: Written | None = None
) -> Receipt:
    """Open a directed handoff, as it was loaded, to all, with the plan of `waiting`; nobody's epoch changes.

    A note holds for the session as it was loaded. Raises NotFound, or StaleWrite with the handoff as it stands.
    """
    is_directed = (HandoffRow.status == HandoffStatus.UNCLAIMED.value) & (HandoffRow.to["id"] == by.id)
    opened = Update(
        HandoffRow(by.account_id, handoff.id),
        [*plan_actions(handoff, waiting), *signed(HandoffChange.DECLINED, by.person, at)],
        is_directed & (HandoffRow.version == handoff.version),
    )
    transaction = Transaction()
    transaction.update(*opened)
    if written:
        session = SessionRow(by.account_id, handoff.session_id)
        actions = add_note(transaction, *written)
        transaction.update(*as_written(Update(session, actions, waits_with(handoff.id)), written))
    commit_or_stale(transaction, opened.row)
    return handoff.receipt


def _look_whether_it_waits(handoff: HandoffRow) -> None:
    """Raise StaleWrite with the handoff as it stands when nobody can claim it any more.

    Of many who claim at once one gets through; the others, as a refusal is a transaction too, would go on running
    into each other. A read runs into nobody.
    """
    found = find(handoff.account_id, handoff.handoff_id)
    if found and found.status is not HandoffStatus.UNCLAIMED:
        raise StaleWrite(handoff=found)


def _is_claimable(by: Caller, at: Instant, epoch: int | None) -> Condition:
    """`refused_claim` says which part of it did not hold (ADR 0004)."""
    is_parked = HandoffRow.intent == Intent.PARK.value
    may = is_parked | (HandoffRow.sender["id"] != by.id) if by.is_senior else is_parked
    waits = (HandoffRow.status == HandoffStatus.UNCLAIMED.value) & may & _is_open_to(by, at)
    return waits if epoch is None else waits & (HandoffRow.claim_epoch == epoch)


def _is_open_to(by: Caller, at: Instant) -> Condition:
    """The condition that the handoff is directed to nobody else at `at`, whether or not the clock has run."""
    is_theirs = HandoffRow.to.does_not_exist() | (HandoffRow.to["id"] == by.id)
    return is_theirs | (HandoffRow.directed_until <= format_instant(at))


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
