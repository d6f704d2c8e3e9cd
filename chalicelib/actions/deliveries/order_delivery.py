"""Write a delivery down, and order it to be sent."""

from chalicelib.adapters.aws import notifications_queue
from chalicelib.contracts.send_order import SendOrder
from chalicelib.domain.deliveries.ledger import DeliveryState, LedgerEntry
from chalicelib.domain.deliveries.plan import delay_s_of
from chalicelib.store import deliveries


def order_delivery(entry: LedgerEntry) -> None:
    """Write `entry` and order its message, once however often it comes: what was tried is not ordered again.

    Raises Unavailable while the queue takes nothing.
    """
    if not deliveries.add(entry):
        there = deliveries.find(entry.account_id, entry.subject, entry.position)
        if there is None or there.state is not DeliveryState.PENDING or there.attempts:
            return
    notifications_queue.put(SendOrder.of(entry), delay_s=delay_s_of(entry.event, entry.recipient.kind))
