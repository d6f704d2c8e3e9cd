"""What the answers of all systems share: ids and times, reasons for a refusal, how a person is named and reached."""

from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from typing import Any

from chalicelib.domain.mapping_choices import OwnerChoice
from chalicelib.domain.psa import PsaTicket

_REASONS = (
    "message",
    "Message",
    "errorMessage",
    "error_description",
    "detail",
    "title",
    "error",
    "errors",
    "ClassName",
)
_DEEPEST_REASON = 5

EARLIEST = datetime.min.replace(tzinfo=UTC)


def text_of(value: Any) -> str | None:
    """Return an id or a name as text, None for null and for nothing."""
    return None if value is None or value == "" else str(value)


def rows_in(body: Any) -> list[dict[str, Any]]:
    """Return the rows of a list. Raises ValueError when it is none: a page that says nothing is not an empty list."""
    if not isinstance(body, list) or not all(isinstance(row, dict) for row in body):
        raise ValueError("the answer is no list of rows")
    return body


def row_in(body: Any) -> dict[str, Any]:
    """Return a row that has an id, which may come as an array of one. Raises ValueError when it is none."""
    row = body[0] if isinstance(body, list) and body else body
    if not isinstance(row, dict) or text_of(row.get("id")) is None:
        raise ValueError("the answer is no row with an id")
    return row


def changed_since(tickets: Iterable[PsaTicket], since: datetime) -> list[PsaTicket]:
    """Return the tickets that did change since, each once, least recently changed first.

    The filter was in somebody else's hands: a system that does not know a filter answers with every ticket. Some give
    times in whole seconds, so what changed in that very second counts.
    """
    earliest = since.replace(microsecond=0)
    found = {ticket.id: ticket for ticket in tickets if ticket.updated_at and ticket.updated_at >= earliest}
    return sorted(found.values(), key=lambda ticket: ticket.updated_at or since)


def open_tickets_of(tickets: Iterable[PsaTicket], owner: str) -> list[PsaTicket]:
    """Return the open tickets of an owner, each once, least recently changed first; the filter was in other hands."""
    found = {ticket.id: ticket for ticket in tickets if ticket.has_owner(owner) and not ticket.is_closed}
    return sorted(found.values(), key=lambda ticket: (ticket.updated_at or EARLIEST, ticket.id))


def reason_in(body: Any) -> str:
    """Return the reason that an error document gives, in whichever form; empty when it gives none.

    Systems write `{message}`, `{error: {…}}`, `{errors: […]}`, or an object with one key of its own.
    """
    return " ".join(_reasons(body, _DEEPEST_REASON)) or (body if isinstance(body, str) else "")


def _reasons(body: Any, depth: int) -> list[str]:
    if depth == 0 or body is None:
        return []
    if isinstance(body, str):
        return [body]
    if isinstance(body, list):
        return [reason for one in body for reason in _reasons(one, depth - 1)]
    if not isinstance(body, dict):
        return []
    known = next((found for name in _REASONS if (found := _reasons(body.get(name), depth - 1))), [])
    return known or (_reasons(next(iter(body.values())), depth - 1) if len(body) == 1 else [])


def instant_of(text: Any, zone: tzinfo = UTC) -> datetime | None:
    """Read a PSA's time; without an offset it is one of `zone`. The years 1, 1900 and 9999 stand for no time at all."""
    if not isinstance(text, str):
        return None
    try:
        at = datetime.fromisoformat(text)
        at = at.replace(tzinfo=at.tzinfo or zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return at if 1980 < at.year < 9999 else None


def latest(*times: datetime | None) -> datetime | None:
    """Return the latest of the times that are there."""
    return max((at for at in times if at), default=None)


def email_in(person: Any) -> str | None:
    """Return the work address of a member, resource or agent, under whichever name it comes, None when it has none.

    Raises ValueError when the answer is no person: only what a system really says is remembered.
    """
    row = row_in(person)
    found = (row.get(name) for name in ("officeEmail", "primaryEmail", "email", "emailaddress"))
    return next((text for text in found if isinstance(text, str) and "@" in text), None)


def owner_in(person: Any) -> OwnerChoice:
    """Return a member, resource or agent as somebody who may own tickets. Raises ValueError when it is no person."""
    owner_id = str(row_in(person)["id"])
    return OwnerChoice(id=owner_id, name=name_in(person) or owner_id, email=email_in(person))


def name_in(person: Any) -> str | None:
    """Return what a resource or agent is called, under whichever name it comes; it is only shown."""
    row = row_in(person)
    whole = row.get("name")
    parts = [whole] if whole else [row.get("firstName"), row.get("lastName")]
    return " ".join(part for part in parts if isinstance(part, str) and part) or None
