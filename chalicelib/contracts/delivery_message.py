"""A delivery in the queue, and the receipt for its sender."""

from chalicelib.contracts.shape import StrictModel
from chalicelib.domain.webhook_delivery import Delivery, DeliveryOutcome, TicketEvent


class DeliveryMessage(StrictModel):
    """A delivery, its account and integration, and the id of the request that brought it."""

    account_id: str
    integration_id: str
    delivery: Delivery
    correlation_id: str


class DeliveryReceipt(StrictModel):
    """The receipt of a delivery: how it was understood, and the result."""

    event: TicketEvent
    external_id: str
    dedupe_key: str | None
    outcome: DeliveryOutcome


class DeliveriesView(StrictModel):
    """The deliveries of one request; none where it reports nothing that matters here."""

    deliveries: list[DeliveryReceipt]
