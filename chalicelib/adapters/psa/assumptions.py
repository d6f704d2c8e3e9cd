"""What the three PSAs are believed to do, and nobody we can read has verified. All of it is here, to be tried out.

Each belief is used in a way that does little harm when it is wrong: limits are low, unknown shapes are passed over.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

CONNECTWISE_NOTE_LIMIT = 4_000
"""Other clients keep 4,000 characters of a ticket note; the API's own model names no limit for it."""

AUTOTASK_NOTE_LIMIT = 30_000
"""Clients cut at 32,000; the documentation once said 3,200."""

AUTOTASK_INTERNAL = "2"
"""The `publish` value of internal notes, checked against the tenant's own list before it is used."""

AUTOTASK_NOTE_TYPES = ("1", "2", "3")
"""Summary, detail and notes, said to be types that people write; others, such as 13, are those of workflow rules."""

AUTOTASK_CLOSED = "5"
"""Complete, said to be the same for every tenant."""

HALO_NOTE_LIMIT = 30_000
"""No limit is documented."""

HALO_PRIVATE_NOTE = "7"
"""The outcome of private notes as Halo is delivered; a tenant may set its own."""

HALO_CLOSED = 9
"""The status Closed as Halo is delivered."""


def halo_is_closed(ticket: Mapping[str, Any]) -> bool:
    """Tell whether a ticket is closed; not by `hasbeenclosed`, which may stay true after it was opened again."""
    return ticket.get("status_id") == HALO_CLOSED


def halo_actions_in(body: Any) -> list[dict[str, Any]]:
    """Return the actions in an answer: a bare list, or a page that holds them under the plural, as tickets come."""
    found = body.get("actions", []) if isinstance(body, dict) else body
    return [action for action in found if isinstance(action, dict)] if isinstance(found, list) else []


def instant_of(text: Any) -> datetime | None:
    """Read a PSA's time; without an offset it is UTC. Halo writes years such as 1900 and 0001 for no time at all."""
    if not isinstance(text, str):
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return at.astimezone(UTC) if at.year > 1970 else None


def email_in(person: Any) -> str | None:
    """Return the work address of a member, resource or agent, under whichever name it comes."""
    names = ("officeEmail", "primaryEmail", "email", "emailaddress")
    found = (person.get(name) for name in names) if isinstance(person, dict) else ()
    return next((text for text in found if isinstance(text, str) and "@" in text), None)


def name_in(person: Any) -> str | None:
    """Return what a resource or agent is called, under whichever name it comes; it is only shown."""
    if not isinstance(person, dict):
        return None
    whole = person.get("name")
    parts = [whole] if whole else [person.get("firstName"), person.get("lastName")]
    return " ".join(part for part in parts if isinstance(part, str) and part) or None
