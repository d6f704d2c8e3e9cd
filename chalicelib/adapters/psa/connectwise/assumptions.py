"""What ConnectWise is believed to do, and nobody we can read has verified."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib.adapters.psa.answers import instant_of
from chalicelib.domain.psa import CustomerReply

TICKET_PAGE = "/v4_6_release/services/system_io/Service/fv_sr100_request.rails?service_recid="
"""Where a ticket is shown, on the host of the pages; its id follows."""

NO_OWNER = {"op": "remove", "path": "owner"}
"""The operation that leaves a ticket to nobody. JSON Patch knows `remove`; for an owner nobody has recorded it."""

NOTE_LIMIT = 4_000
"""Other clients keep 4,000 characters of a ticket note; the API's own model names no limit for it."""


def due_at(ticket: Mapping[str, Any]) -> datetime | None:
    """Return when the service level wants a ticket solved, else the date that somebody required. Clients read both."""
    return instant_of(ticket.get("resolutionGoalUTC")) or instant_of(ticket.get("requiredDate"))


def customer_reply(ticket: Mapping[str, Any]) -> CustomerReply | None:
    """Return that the customer has answered: by the flag, which has no time, and which a member's opening takes away.

    The field is in the vendor's models of tickets and notes; what sets and clears it is what integrators describe.
    """
    return CustomerReply(at=None) if ticket.get("customerUpdatedFlag") is True else None


def ticket_url(base_url: str, ticket_id: str) -> str | None:
    """Return where people see the ticket: in the vendor's cloud the host of the pages lacks the `api-` of the API's."""
    scheme, _, rest = base_url.partition("://")
    host = rest.partition("/")[0].removeprefix("api-")
    return f"https://{host}{TICKET_PAGE}{ticket_id}" if scheme == "https" else None
