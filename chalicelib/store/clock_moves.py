"""What the clock writes, each on the condition that the handoff is still due as it was seen, and held as it was."""

from chalicelib.domain.handoff import Handoff
from chalicelib.domain.handoff_change import HandoffChange
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import CLOCK
from chalicelib.store.agenda import is_as_seen, plan_actions
from chalicelib.store.rows.handoffs import HandoffRow
from chalicelib.store.rows.sessions import SessionRow
from chalicelib.store.session_updates import enqueue, signed, unhold, wait
from chalicelib.store.transactions import Transaction, update_alone


def mark_moved(seen: Handoff, after: Handoff, change: HandoffChange, at: Instant) -> bool:
    """Write what was due and the new plan; False when the handoff has changed since it was seen."""
    row = HandoffRow(seen.account_id, seen.id)
    return update_alone(row, [*plan_actions(seen, after), *signed(change, CLOCK, at)], is_as_seen(seen))


def mark_returned(seen: Handoff, after: Handoff, turn_count: int, at: Instant) -> bool:
    """Put a claimed handoff back, unless its holder came first; everything they wrote is kept.

    False when the handoff is not due as it was seen, or the session has another epoch or more turns.
    """
    handoff, session = HandoffRow(seen.account_id, seen.id), SessionRow(seen.account_id, seen.session_id)
    actions = [*unhold(), *plan_actions(seen, after), *signed(HandoffChange.RETURNED, CLOCK, at), *enqueue(seen)]
    if seen.claimed_by:
        actions.append(HandoffRow.released_by.set(seen.claimed_by.model_dump()))
    transaction = Transaction()
    transaction.update(handoff, actions, is_as_seen(seen))
    transaction.update(
        session,
        wait(seen.intent, at),
        (SessionRow.open_handoff_id == seen.id)
        & (SessionRow.epoch == seen.claim_epoch)
        & (SessionRow.turn_count == turn_count),
    )
    return transaction.commits()


def mark_idle(seen: Handoff, after: Handoff, turn_count: int, at: Instant) -> bool:
    """Ask the holder whether they are still on it; False when the handoff has changed or a turn has come."""
    handoff, session = HandoffRow(seen.account_id, seen.id), SessionRow(seen.account_id, seen.session_id)
    transaction = Transaction()
    transaction.check(session, (SessionRow.epoch == seen.claim_epoch) & (SessionRow.turn_count == turn_count))
    actions = [*plan_actions(seen, after), *signed(HandoffChange.IDLE, CLOCK, at)]
    transaction.update(handoff, actions, is_as_seen(seen))
    return transaction.commits()
