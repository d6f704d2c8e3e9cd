"""Check the tickets that have changed, since webhooks get lost."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta

from chalicelib import log
from chalicelib.actions.integrations.integration_failures import send_waiting_notes
from chalicelib.actions.integrations.psa_rate_limit import calling_psa
from chalicelib.actions.ticket_sync.follow_ticket import follow_ticket
from chalicelib.actions.ticket_sync.read_named_ticket import read_later
from chalicelib.domain.errors import DomainError
from chalicelib.domain.integration import Integration, PsaKind
from chalicelib.domain.psa import PsaAccessRefused, PsaFault, PsaRefused, PsaTicket, PsaUnavailable
from chalicelib.store import integrations

OVERLAP = timedelta(minutes=2)
"""How far each look reaches back before the last: clocks differ, and a PSA may list a change a little late."""


def reconcile_tickets(*, clock: Callable[[], datetime], is_time_left: Callable[[], bool]) -> int:
    """Follow every ticket changed since the last look, in every integration that can be asked; return how many.

    One PSA that is down holds no other up. A ticket that cannot be followed now is queued, so that it holds up none
    either. For whom there was no time there is another time, as the order is another one each time.
    """
    followed, everywhere = 0, integrations.list_everywhere()
    random.shuffle(everywhere)
    for account_id, integration_id in everywhere:
        integration = integrations.find(account_id, integration_id)
        if integration is None:
            integrations.unlist(account_id, integration_id)
        elif integration.kind is not PsaKind.STANDARD and is_time_left():
            followed += _look_through(integration, clock, is_time_left)
    return followed


def _look_through(integration: Integration, clock: Callable[[], datetime], is_time_left: Callable[[], bool]) -> int:
    from chalicelib.adapters.psa.clients import psa_of

    begun_at, up_to, followed = clock(), integration.reconciled_until, 0
    try:
        with calling_psa(integration, clock):
            tickets = psa_of(integration).list_changed_tickets(integration.reconciled_until - OVERLAP)
            for ticket in tickets:
                if not is_time_left():
                    break
                if not _is_taken_care_of(integration, ticket, clock()):
                    break  # the next look begins with it
                followed += 1
                up_to = max(up_to, min(ticket.updated_at or up_to, begun_at))  # some clocks are years ahead
            if not tickets:
                up_to = begun_at
        send_waiting_notes(integration)  # what was put off while it was found to work again
    except PsaFault as fault:
        is_for_now = isinstance(fault, PsaUnavailable)
        log.error("tickets not looked through", fault, integration_id=integration.id, for_now=is_for_now)
    integrations.mark_reconciled(integration, up_to)
    log.count("TicketsLookedThrough", Kind=integration.kind.value)
    return followed


def _is_taken_care_of(integration: Integration, ticket: PsaTicket, at: datetime) -> bool:
    """Follow the ticket, or have it read through the deliveries queue; False when that takes nothing either.

    Raises PsaUnavailable, and PsaAccessRefused, as they are no fault of the ticket's.
    """
    try:
        follow_ticket(integration, ticket, at=at)
    except PsaAccessRefused:
        raise
    except (DomainError, PsaRefused) as failure:
        log.error("ticket not followed", failure, integration_id=integration.id)
        return read_later(integration, ticket.id)
    return True
