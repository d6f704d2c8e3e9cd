"""Changes of an open handoff that move no session: keep, wait, a new priority, what its ticket says."""

from typing import NamedTuple

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.handoff import Handoff, HandoffStatus
from chalicelib.domain.handoff_change import HandoffChange
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Person
from chalicelib.domain.shown_in_lists import ShownInLists
from chalicelib.store.agenda import plan_actions
from chalicelib.store.keys import queue_order
from chalicelib.store.mapping import set_or_remove, to_seconds
from chalicelib.store.rows.handoffs import HandoffRow
from chalicelib.store.session_updates import dated, is_claimed_by, signed
from chalicelib.store.stale_write import StaleWrite
from chalicelib.store.transactions import Transaction, update_alone


class Refreshed(NamedTuple):
    """An open handoff as it was loaded, and as it is with what a reading of its ticket says."""

    seen: Handoff
    after: Handoff


def mark_kept(seen: Handoff, after: Handoff, change: HandoffChange, by: Person, at: Instant) -> None:
    """Write that the holder is still on it, or waits. Raises StaleWrite when the handoff is not as it was loaded."""
    row = HandoffRow(seen.account_id, seen.id)
    actions = [*plan_actions(seen, after), *signed(change, by, at)]
    if not update_alone(row, actions, is_claimed_by(by) & _is_as_loaded(seen)):
        raise StaleWrite


def mark_prioritized(seen: Handoff, after: Handoff, by: Person, at: Instant) -> None:
    """Write the new priority, its place in the queue and its plan.

    Raises StaleWrite when the handoff is not as it was loaded.
    """
    row = HandoffRow(seen.account_id, seen.id)
    actions = [
        HandoffRow.priority.set(after.priority.value),
        *plan_actions(seen, after),
        *signed(HandoffChange.PRIORITY_CHANGED, by, at),
    ]
    if after.is_queued:
        actions.append(HandoffRow.queue_order.set(queue_order(after)))
    if not update_alone(row, actions, (HandoffRow.status == HandoffStatus.UNCLAIMED.value) & _is_as_loaded(seen)):
        raise StaleWrite


def show(shown: ShownInLists) -> list[Action]:
    """Set the ticket facts that lists show, and when the ticket's service level wants it solved."""
    row = HandoffRow
    return [
        row.summary_start.set(shown.summary_start),
        set_or_remove(row.client, shown.client),
        set_or_remove(row.client_key, shown.client_key),
        set_or_remove(row.contact, shown.contact),
        set_or_remove(row.sla_due_at, shown.sla_due_at and to_seconds(shown.sla_due_at)),
    ]


def refresh(transaction: Transaction, refreshed: Refreshed, at: Instant) -> None:
    """Write what a reading of the ticket made of a handoff, if that is still as it was loaded, in `transaction`."""
    seen, after = refreshed
    shown = ShownInLists(**{name: getattr(after, name) for name in ShownInLists._fields})
    actions = [*show(shown), *plan_actions(seen, after), *dated(HandoffChange.TICKET_READ, at)]
    transaction.update(HandoffRow(seen.account_id, seen.id), actions, _is_as_loaded(seen))


def _is_as_loaded(seen: Handoff) -> Condition:
    return (HandoffRow.version == seen.version) & (HandoffRow.claim_epoch == seen.claim_epoch)
