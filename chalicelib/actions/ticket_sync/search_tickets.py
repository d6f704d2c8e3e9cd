"""Open sessions for the tickets that were somebody's before they first signed in, or the PSA was connected."""

from collections.abc import Callable
from datetime import datetime

from chalicelib import log
from chalicelib.actions.integrations.find_ticket_system import list_psas
from chalicelib.actions.integrations.psa_rate_limit import calling_psa
from chalicelib.actions.ticket_sync.follow_ticket import follow_ticket
from chalicelib.contracts.delivery_message import TicketSearchMessage
from chalicelib.domain.integration import Integration
from chalicelib.domain.people import Engineer, TicketSearch
from chalicelib.domain.psa import PsaFault, PsaTicket, PsaUnavailable, bare_address
from chalicelib.store import engineers

MOST_TICKETS = 100
"""For how many tickets of one PSA sessions are opened; of more, the most recently changed ones."""


def search_tickets(
    message: TicketSearchMessage, *, clock: Callable[[], datetime], is_time_left: Callable[[], bool]
) -> int:
    """Follow the open tickets that are the engineer's in each PSA of their account; return how many.

    What a webhook or a regular look would do with the ticket is done, so what is there already stays as it is, and a
    ticket with a handoff that waits or is held gets no session. One PSA in trouble holds no other up. Raises
    PsaUnavailable when one has to be asked again; one that refuses it is asked after a later sign-in.
    """
    engineer = engineers.find(message.account_id, message.engineer_id)
    if engineer is None or engineer.email != message.email or not engineer.may_have_tickets:
        return 0
    followed, faults = 0, list[PsaFault]()
    for integration in list_psas(message.account_id):
        try:
            followed += _follow_all(integration, engineer, clock, is_time_left)
        except PsaFault as fault:
            log.error("tickets not searched", fault, integration_id=integration.id)
            faults.append(fault)
    if faults:
        not_done = TicketSearch(email=message.email, asked_at=clock())
        engineers.keep_ticket_search(message.account_id, engineer.id, not_done)
    else:
        engineers.end_ticket_search(message.account_id, engineer.id, message.email)
    log.info("tickets searched", engineer_id=engineer.id, followed=followed, faults=len(faults))
    if passing := next((fault for fault in faults if isinstance(fault, PsaUnavailable)), None):
        raise passing
    return followed


def _follow_all(
    integration: Integration, engineer: Engineer, clock: Callable[[], datetime], is_time_left: Callable[[], bool]
) -> int:
    with calling_psa(integration, clock):
        tickets = _tickets_of(integration, engineer)
        for ticket in tickets:
            if not is_time_left():
                raise PsaUnavailable(f"{integration.name} has more tickets of theirs than there was time for.")
            follow_ticket(integration, ticket, at=clock())
    return len(tickets)


def _tickets_of(integration: Integration, engineer: Engineer) -> list[PsaTicket]:
    """Return their open tickets, least recently changed first."""
    from chalicelib.adapters.psa.clients import psa_of

    psa, email = psa_of(integration), bare_address(engineer.email)
    owner = integration.ticket_mapping.owner_of(engineer.email)
    if owner is None:
        owner = next((one.id for one in psa.list_owners() if email and bare_address(one.email) == email), None)
    return psa.list_open_tickets(owner)[-MOST_TICKETS:] if owner else []
