"""Read a ticket when it is named, so that a session knows it from the first."""

from datetime import datetime

from chalicelib import log
from chalicelib.actions.integrations.psa_rate_limit import calling_psa
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.integration import Integration
from chalicelib.domain.psa import PsaFault, PsaRefused, PsaTicket
from chalicelib.domain.webhook_delivery import Delivery, TicketEvent

TIME_LIMIT_S = 3.0
"""How long a request that names a ticket waits for it; after that it is read through the deliveries queue."""


def read_named_ticket(integration: Integration, ticket_id: str, *, at: datetime) -> PsaTicket | None:
    """Return the ticket as the PSA has it now, None when it cannot be had within 3 s.

    Raises PsaRefused when the PSA will not show it however often it is asked, as one that does not exist.
    """
    import asyncio  # lazy: cold start (ADR 0015)

    from chalicelib.adapters.deadline import within  # lazy: cold start (ADR 0015)

    try:
        with calling_psa(integration, lambda: at, wait_s=0.0):
            return within(TIME_LIMIT_S, asyncio.to_thread(_read, integration, ticket_id))
    except PsaRefused:
        raise
    except (PsaFault, TimeoutError) as fault:
        log.info("ticket not read in time", integration_id=integration.id, reason=type(fault).__name__)
        return None


def read_later(integration: Integration, ticket_id: str) -> bool:
    """Have the ticket read through the deliveries queue.

    Returns False when that takes nothing: then the regular look finds the ticket.
    """
    from chalicelib.adapters.aws import deliveries_queue  # lazy: cold start (ADR 0015)
    from chalicelib.contracts.delivery_message import DeliveryMessage

    named = Delivery(event=TicketEvent.UPDATED, external_id=ticket_id, ticket_id=ticket_id, dedupe_key=None)
    message = DeliveryMessage(
        account_id=integration.account_id,
        integration_id=integration.id,
        delivery=named,
        correlation_id=log.correlation_id(),
    )
    try:
        deliveries_queue.put([message])
    except Unavailable as fault:
        log.error("ticket not queued", fault, integration_id=integration.id)
        return False
    return True


def _read(integration: Integration, ticket_id: str) -> PsaTicket:
    from chalicelib.adapters.psa.clients import psa_of  # lazy: cold start (ADR 0015)

    return psa_of(integration).read_ticket(ticket_id)
