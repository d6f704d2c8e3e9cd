"""A delivery in the queue, what else that queue holds, and the receipt for a sender."""

from pydantic import ConfigDict, TypeAdapter

from chalicelib.contracts.shape import StrictModel
from chalicelib.domain.instants import Instant
from chalicelib.domain.webhook_delivery import Delivery, DeliveryOutcome, TicketEvent


class DeliveryMessage(StrictModel):
    """A delivery, its account and integration, the id of the request that brought it, and when.

    One without `received_at` is of a ticket that is to be read whenever it was read last.
    """

    account_id: str
    integration_id: str
    delivery: Delivery
    correlation_id: str
    received_at: Instant | None = None


class TicketSearchMessage(StrictModel):
    """The order to open sessions for the tickets that are already somebody's, known by `email`."""

    account_id: str
    engineer_id: str
    email: str
    correlation_id: str


QUEUED: TypeAdapter[DeliveryMessage | TicketSearchMessage] = TypeAdapter(
    DeliveryMessage | TicketSearchMessage, config=ConfigDict(defer_build=True)
)
"""What the queue holds."""


class DeliveryReceipt(StrictModel):
    """The receipt of a delivery: how it was understood, and the result."""

    event: TicketEvent
    external_id: str
    dedupe_key: str | None
    outcome: DeliveryOutcome


class DeliveriesView(StrictModel):
    """The deliveries of one request; none where it reports nothing that matters here."""

    deliveries: list[DeliveryReceipt]
