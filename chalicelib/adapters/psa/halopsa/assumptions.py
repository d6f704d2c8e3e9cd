"""What HaloPSA is believed to do, and nobody we can read has verified."""

from collections.abc import Mapping
from typing import Any

from chalicelib.adapters.psa.answers import instant_of, rows_in

NOTE_LIMIT = 30_000
"""No limit is documented."""

PRIVATE_NOTE = "7"
"""The outcome of private notes as Halo is delivered; a tenant may set its own."""

CLOSED = "9"
"""The status Closed as Halo is delivered; tenants have others of their own."""

NO_AGENTS = (None, "0", "1")
"""Agents that are nobody: 1 is "Unassigned" everywhere."""


def is_closed(ticket: Mapping[str, Any]) -> bool:
    """Tell whether a ticket is closed: it has a date of closing. Where an answer leaves that out, by the stock status.

    Not by `hasbeenclosed`, which may stay true after it was opened again. Dates such as 1900 mean none.
    """
    if "dateclosed" in ticket:
        return instant_of(ticket["dateclosed"]) is not None
    return str(ticket.get("status_id")) == CLOSED


def actions_in(body: Any) -> list[dict[str, Any]]:
    """Return the actions in an answer: a bare list, or a page that holds them under the plural, as tickets come.

    Raises LookupError or ValueError when there is no list: nothing is not the same as no actions.
    """
    return rows_in(body["actions"] if isinstance(body, dict) else body)


def ticket_url(base_url: str, ticket_id: str) -> str | None:
    """Return where agents see the ticket, on the same host as the API."""
    scheme, _, rest = base_url.partition("://")
    return f"https://{rest.partition('/')[0]}/ticket?id={ticket_id}" if scheme == "https" else None
