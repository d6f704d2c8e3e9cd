"""What Autotask is believed to do, and nobody we can read has verified."""

import re

NOTE_LIMIT = 30_000
"""Clients cut at 32,000; the documentation once said 3,200."""

INTERNAL = "2"
"""The `publish` value of internal notes, checked against the tenant's own list before it is used."""

NOTE_TYPES = ("1", "2", "3")
"""Summary, detail and notes, said to be types that people write; others, such as 13, are those of workflow rules."""

CLOSED = "5"
"""Complete, said to be the same for every tenant."""


def ticket_url(base_url: str, ticket_id: str) -> str | None:
    """Return where people see the ticket: the pages of the zone `webservices5` are at `ww5`."""
    zone = re.match(r"https://webservices(\d+)\.autotask\.net(?:/|$)", base_url)
    page = "Mvc/ServiceDesk/TicketDetail.mvc?ticketId="
    return f"https://ww{zone[1]}.autotask.net/{page}{ticket_id}" if zone else None
