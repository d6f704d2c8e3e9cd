"""What Autotask is believed to do, and nobody we can read has verified."""

import re
from collections.abc import Mapping, Set
from datetime import datetime
from typing import Any

from chalicelib.adapters.psa.answers import instant_of, text_of
from chalicelib.domain.psa import CustomerReply

NOTE_LIMIT = 30_000
"""Clients cut at 32,000; the documentation once said 3,200."""

INTERNAL = "2"
"""The `publish` value of internal notes, checked against the tenant's own list before it is used."""

NOTE_TYPES = ("1", "2", "3")
"""Summary, detail and notes, said to be types that people write; others, such as 13, are those of workflow rules."""

CLOSED = "5"
"""Complete, said to be the same for every tenant."""


CONTACT = "2"
"""The kind of person that a client contact is in `lastActivityPersonType`; 1 is a resource. A client relies on it."""


def customer_reply(ticket: Mapping[str, Any]) -> CustomerReply | None:
    """Return the customer's answer, while theirs is the last activity of the ticket."""
    at = instant_of(ticket.get("lastActivityDate"))
    return CustomerReply(at=at) if at and text_of(ticket.get("lastActivityPersonType")) == CONTACT else None


def due_at(ticket: Mapping[str, Any]) -> datetime | None:
    """Return when the service level wants a ticket solved; without one, the due date that every ticket has."""
    return instant_of(ticket.get("resolvedDueDateTime")) or instant_of(ticket.get("dueDateTime"))


def is_our_webhook(row: Mapping[str, Any], guids: Set[str], path: str) -> bool:
    """Tell whether a row of TicketWebhooks is ours: by its GUID in small letters, or by the end of its address."""
    return str(row.get("webhookGUID")).casefold() in guids or str(row.get("webhookUrl")).endswith(path)


def ticket_url(base_url: str, ticket_id: str) -> str | None:
    """Return where people see the ticket: the pages of the zone `webservices5` are at `ww5`."""
    zone = re.match(r"https://webservices(\d+)\.autotask\.net(?:/|$)", base_url)
    page = "Mvc/ServiceDesk/TicketDetail.mvc?ticketId="
    return f"https://ww{zone[1]}.autotask.net/{page}{ticket_id}" if zone else None
