"""What HaloPSA is believed to do, and nobody we can read has verified."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib.adapters.psa.answers import instant_of, latest, rows_in, text_of
from chalicelib.domain.psa import CustomerReply

NOTE_LIMIT = 30_000
"""No limit is documented."""

PRIVATE_NOTE = "7"
"""The outcome of private notes as Halo is delivered; a tenant may set its own."""

CLOSED = "9"
"""The status Closed as Halo is delivered; tenants have others of their own."""

UNASSIGNED = "1"
"""The agent "Unassigned", the same everywhere."""

NO_AGENTS = (None, "0", UNASSIGNED)
"""Agents that are nobody."""


def is_closed(ticket: Mapping[str, Any]) -> bool:
    """Tell whether a ticket is closed: it has a date of closing. Where an answer leaves that out, by the stock status.

    Not by `hasbeenclosed`, which may stay true after it was opened again. Dates such as 1900 mean none.
    """
    if "dateclosed" in ticket:
        return instant_of(ticket["dateclosed"]) is not None
    return str(ticket.get("status_id")) == CLOSED


def merged_into(ticket: Mapping[str, Any]) -> str | None:
    """Return the ticket that this one was merged into, None for one that was not, whose id there is 0 or null.

    The field `merged_into_id` is in the vendor's OpenAPI document; what it holds otherwise nobody has recorded.
    """
    merged = text_of(ticket.get("merged_into_id"))
    return merged if merged and merged.isascii() and merged.isdecimal() and int(merged) else None


def due_at(ticket: Mapping[str, Any]) -> datetime | None:
    """Return when the service level wants a ticket solved, None for one that none applies to. Two clients read both."""
    return None if ticket.get("excludefromsla") is True else instant_of(ticket.get("fixbydate"))


def customer_reply(ticket: Mapping[str, Any]) -> CustomerReply | None:
    """Return the customer's newest answer by e-mail, whose time clients have under two names; the portal's has none."""
    at = latest(instant_of(ticket.get("lastincomingemail")), instant_of(ticket.get("lastincomingemaildate")))
    return CustomerReply(at=at) if at else None


def contact_phone(ticket: Mapping[str, Any]) -> str | None:
    """Return the telephone number of the end user, which comes with the user where details are asked for."""
    user = ticket.get("user")
    return text_of(user.get("phonenumber")) if isinstance(user, dict) else None


def contract(ticket: Mapping[str, Any]) -> str | None:
    """Return the reference of the contract that a ticket is charged to."""
    return text_of(ticket.get("contract_ref"))


def actions_in(body: Any) -> list[dict[str, Any]]:
    """Return the actions in an answer: a bare list, or a page that holds them under the plural, as tickets come.

    Raises LookupError or ValueError when there is no list: nothing is not the same as no actions.
    """
    return rows_in(body["actions"] if isinstance(body, dict) else body)


def ticket_url(base_url: str, ticket_id: str) -> str | None:
    """Return where agents see the ticket, on the same host as the API."""
    scheme, _, rest = base_url.partition("://")
    return f"https://{rest.partition('/')[0]}/ticket?id={ticket_id}" if scheme == "https" else None
