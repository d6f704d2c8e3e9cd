"""Store deliveries in the ledger, and queue the orders to send them."""

from collections.abc import Sequence

from chalicelib.adapters.aws import notifications_queue
from chalicelib.adapters.aws.notifications_queue import MOST_PER_CALL
from chalicelib.contracts.send_order import SendOrder
from chalicelib.domain.deliveries.ledger import DeliveryState, LedgerEntry
from chalicelib.domain.deliveries.plan import delay_s_of
from chalicelib.domain.shares import shares_of
from chalicelib.store import deliveries


def order_deliveries(entries: Sequence[LedgerEntry]) -> None:
    """Write `entries` and order their messages, once however often they come: what was tried is not ordered again.

    Ten orders are one call, since an event may be for thousands of devices. Raises Unavailable while the queue does not
    take them all; what it took is found when the event comes again.
    """
    for share in shares_of(entries, MOST_PER_CALL):
        wanted = [entry for entry in share if _is_to_be_ordered(entry)]
        orders = [(SendOrder.of(entry), delay_s_of(entry.event, entry.recipient.kind)) for entry in wanted]
        notifications_queue.put_all(orders)


def _is_to_be_ordered(entry: LedgerEntry) -> bool:
    if deliveries.add(entry):
        return True
    there = deliveries.find(entry.account_id, entry.subject, entry.position)
    return there is not None and there.state is DeliveryState.PENDING and not there.attempts
