"""What the answers of all systems share: times, and how a person is named and reached."""

from datetime import UTC, datetime
from typing import Any


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
