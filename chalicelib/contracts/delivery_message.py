"""A delivery on its way through the queue, and what the sender is told of it."""

from chalicelib.contracts.shape import StrictModel
from chalicelib.domain.webhook_delivery import Delivery, DeliveryOutcome, TicketEvent


class DeliveryMessage(StrictModel):
    """A delivery, whose it is, and the id of the request that brought it."""

    account_id: str
    integration_id: str
    delivery: Delivery
    correlation_id: str


class DeliveryReceipt(StrictModel):
    """What was understood of a delivery, and what became of it."""

    event: TicketEvent
    external_id: str
    dedupe_key: str | None
    outcome: DeliveryOutcome


class DeliveriesView(StrictModel):
    """The deliveries in one request; none where it told of nothing that matters here."""

    deliveries: list[DeliveryReceipt]
