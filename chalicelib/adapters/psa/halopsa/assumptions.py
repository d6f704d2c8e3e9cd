"""What HaloPSA is believed to do, and nobody we can read has verified."""

from collections.abc import Mapping
from typing import Any

NOTE_LIMIT = 30_000
"""No limit is documented."""

PRIVATE_NOTE = "7"
"""The outcome of private notes as Halo is delivered; a tenant may set its own."""

CLOSED = 9
"""The status Closed as Halo is delivered."""


def is_closed(ticket: Mapping[str, Any]) -> bool:
    """Tell whether a ticket is closed; not by `hasbeenclosed`, which may stay true after it was opened again."""
    return ticket.get("status_id") == CLOSED


def actions_in(body: Any) -> list[dict[str, Any]]:
    """Return the actions in an answer: a bare list, or a page that holds them under the plural, as tickets come."""
    found = body.get("actions", []) if isinstance(body, dict) else body
    return [action for action in found if isinstance(action, dict)] if isinstance(found, list) else []
