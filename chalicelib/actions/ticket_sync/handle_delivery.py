"""Process a webhook delivery from the queue."""

from collections.abc import Callable
from datetime import datetime

from chalicelib import log
from chalicelib.actions.integrations.psa_rate_limit import calling_psa
from chalicelib.actions.ticket_sync.apply_ticket import note_deletion
from chalicelib.actions.ticket_sync.follow_ticket import follow_ticket, linked_sessions
from chalicelib.actions.ticket_sync.note_deactivation import note_deactivation
from chalicelib.actions.ticket_sync.share_reading import shared_reading
from chalicelib.contracts.delivery_message import DeliveryMessage
from chalicelib.domain.integration import Integration, PsaKind
from chalicelib.domain.psa import PsaRefused, PsaTicket
from chalicelib.domain.webhook_delivery import Delivery, TicketEvent
from chalicelib.store import integrations


def handle_delivery(message: DeliveryMessage, *, clock: Callable[[], datetime]) -> int:
    """Read the ticket from the PSA and bring what is here to where it stands; return how many sessions changed.

    A reading that began after the delivery came has served it, so that many deliveries at once are one reading.
    A delivery whose integration is gone has nothing to say, nor has one of a ticket that the PSA will not show however
    often it is asked; once its owner has fixed that, the regular look finds what has changed. Working a delivery twice
    changes nothing more. Raises PsaUnavailable when the ticket cannot be read now, and Unavailable.
    """
    integration = integrations.find(message.account_id, message.integration_id)
    if integration is None:
        log.info("delivery without an integration", integration_id=message.integration_id)
        return 0
    if message.delivery.event is TicketEvent.DEACTIVATED:
        note_deactivation(integration, message.delivery, clock=clock)
        return 0
    try:
        with shared_reading(integration, message, clock) as is_needed:
            return _follow(integration, message.delivery, clock) if is_needed else 0
    except PsaRefused as refusal:
        return _do_without(integration, message.delivery, refusal, clock())


def _follow(integration: Integration, delivery: Delivery, clock: Callable[[], datetime]) -> int:
    with calling_psa(integration, clock):
        ticket = _read(integration, delivery)
        return follow_ticket(integration, ticket, at=clock()) if ticket else 0


def _do_without(integration: Integration, delivery: Delivery, refusal: PsaRefused, at: datetime) -> int:
    if delivery.event is TicketEvent.DELETED:
        names = (delivery.ticket_id, delivery.ticket_number or delivery.ticket_id)
        return sum(note_deletion(integration, one, at=at) for one in linked_sessions(integration, *names))
    log.error("ticket refused", refusal, integration_id=integration.id)
    log.count("TicketsRefused", Kind=integration.kind.value)
    return 0


def _read(integration: Integration, delivery: Delivery) -> PsaTicket | None:
    """The ticket as it is now; of a sender that cannot be asked, as the sender signed it."""
    if integration.kind is PsaKind.STANDARD:
        if delivery.event is TicketEvent.DELETED:
            raise PsaRefused("The ticket has been deleted.")
        return delivery.ticket
    from chalicelib.adapters.psa.clients import psa_of

    return psa_of(integration).read_ticket(delivery.ticket_id)
