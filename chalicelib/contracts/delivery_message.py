"""A delivery on its way through the queue, and what the sender is told of it."""

from chalicelib.contracts.shape import Shape
from chalicelib.domain.webhook_delivery import Delivery, Outcome, TicketEvent


class DeliveryMessage(Shape):
    """A delivery, whose it is, and the id of the request that brought it."""

    account_id: str
    integration_id: str
    delivery: Delivery
    correlation_id: str


class DeliveryReceipt(Shape):
    """What was understood of a delivery, and what became of it."""

    event: TicketEvent
    external_id: str
    dedupe_key: str | None
    outcome: Outcome


class DeliveriesView(Shape):
    """The deliveries in one request; none where it told of nothing that matters here."""

    deliveries: list[DeliveryReceipt]
