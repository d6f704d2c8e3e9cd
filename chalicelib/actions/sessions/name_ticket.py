"""Resolve the ticket that somebody names for a session: its system and its facts."""

from typing import NamedTuple

from chalicelib import log
from chalicelib.actions.integrations.find_ticket_system import only_psa
from chalicelib.actions.ticket_sync.read_named_ticket import read_later, read_named_ticket
from chalicelib.domain.instants import Instant
from chalicelib.domain.integration import Integration, PsaKind
from chalicelib.domain.psa import PsaRefused, ticket_name
from chalicelib.domain.ticket_facts import TicketFacts
from chalicelib.store import integrations


class NamedTicket(NamedTuple):
    """A ticket in the form that it has here, and the system that it is in, where that is known."""

    ticket_id: str | None
    integration_id: str | None
    psa: Integration | None

    def read_later(self) -> None:
        """Have the ticket read through the deliveries queue."""
        if self.psa and self.ticket_id:
            read_later(self.psa, self.ticket_id)


def name_ticket(account_id: str, ticket_id: str | None, integration_id: str | None) -> NamedTicket:
    """Find where the ticket is: as named, else in the account's only PSA, so that the session follows it."""
    if not ticket_id:
        return NamedTicket(None, integration_id, None)
    psa = integrations.find(account_id, integration_id) if integration_id else only_psa(account_id)
    name = ticket_name(ticket_id, psa.kind if psa else None)
    return NamedTicket(name, integration_id or (psa.id if psa else None), psa)


def read_facts(named: NamedTicket, *, at: Instant) -> tuple[TicketFacts | None, bool]:
    """Return what the PSA says of the ticket now, and whether it is to be asked again when it does not say so now.

    A ticket that the PSA will not show is named all the same: nobody who needs help waits for a ticket system.
    """
    psa = named.psa
    if psa is None or named.ticket_id is None or psa.kind is PsaKind.STANDARD:
        return None, False
    try:
        ticket = read_named_ticket(psa, named.ticket_id, at=at)
    except PsaRefused as refusal:
        log.info("ticket refused", integration_id=psa.id, reason=str(refusal))
        return None, False
    if ticket is None:
        return None, True
    return TicketFacts.of(ticket.mapped_by(psa.ticket_mapping), read_at=at), False
