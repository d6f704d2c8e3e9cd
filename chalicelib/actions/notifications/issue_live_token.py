"""Give out a ticket for the live channel."""

import secrets

from chalicelib.domain.instants import Instant
from chalicelib.domain.live_tokens import SOCKET_LIFE, TICKET_LIFE, LiveTicket
from chalicelib.domain.people import Caller
from chalicelib.store import connections


def issue_live_ticket(*, by: Caller, at: Instant) -> LiveTicket:
    """Return a ticket that opens one socket within a minute; the socket ends when the caller's token would have."""
    latest = at + SOCKET_LIFE
    ticket = LiveTicket(
        account_id=by.account_id,
        engineer_id=by.id,
        secret=secrets.token_urlsafe(32),
        expires_at=at + TICKET_LIFE,
        socket_until=min(latest, by.signed_in_until or latest),
    )
    connections.add_ticket(ticket)
    return ticket
