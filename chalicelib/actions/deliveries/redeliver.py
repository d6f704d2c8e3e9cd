"""Send a delivery once more, as an admin asks for it."""

from chalicelib.actions.retry_stale import retry_stale
from chalicelib.adapters.aws import notifications_queue
from chalicelib.contracts.send_order import SendOrder
from chalicelib.domain.deliveries.ledger import DeliveryKind, DeliveryState, LedgerEntry, position_of
from chalicelib.domain.errors import InvalidState, NotFound
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller
from chalicelib.store import channels, deliveries
from chalicelib.store.stale_write import StaleWrite


def redeliver(webhook_id: str, delivery_id: str, *, by: Caller, at: Instant) -> LedgerEntry:
    """Have the event of a delivery sent to its webhook again, under the id that it had.

    Asking again does no harm: an entry is taken by one run. Raises NotFound, InvalidState while it is being sent or the
    webhook is off, and Unavailable.
    """
    entry = retry_stale(lambda: _reopened(webhook_id, delivery_id, by, at), what="The delivery")
    notifications_queue.put(SendOrder.of(entry))
    return entry


def _reopened(webhook_id: str, delivery_id: str, by: Caller, at: Instant) -> LedgerEntry:
    subject, _, event_id = delivery_id.partition(".")
    entry = deliveries.find(by.account_id, subject, position_of(event_id, webhook_id, DeliveryKind.WEBHOOK))
    channel = channels.find(by.account_id, webhook_id, webhook=True)
    if entry is None or channel is None:
        raise NotFound("delivery")
    if not channel.may_be_sent_to:
        raise InvalidState("The webhook is switched off. Save it as on first.", status="off")
    entry.require_redeliverable(at)
    if not deliveries.reopen(entry, at):
        raise StaleWrite
    return entry.model_copy(update={"state": DeliveryState.PENDING, "detail": None, "leased_until": None})
