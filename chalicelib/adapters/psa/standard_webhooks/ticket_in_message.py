"""A ticket as a Standard Webhooks message tells it: the usual names are understood, in the usual forms.

A status, a priority, a company or a person is a text or an object with a name. Thin messages, which name an id and
little else, are one of the two styles of the specification: what a message does not name stays as it is known, and only
an explicit null clears.
"""

from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import Any

from chalicelib.adapters.psa.answers import instant_of
from chalicelib.domain.psa import PsaTicket, bare_address
from chalicelib.domain.ticket_status import is_closed_status

_LONGEST = 200
_NAMES = {
    "title": ("title", "summary", "subject"),
    "status": ("status", "state"),
    "priority": ("priority",),
    "type": ("type", "category"),
    "contract": ("contract", "agreement"),
    "due_at": ("due_at", "due_date", "due"),
    "client": ("customer", "company", "client", "organization"),
    "contact": ("contact", "requester"),
    "owner": ("assignee", "owner", "assigned_to"),
    "url": ("url",),
}
"""The facts of a ticket, and what senders call them."""

_LABELS = ("name", "label", "title", "value")


def ticket_in_message(
    ticket_id: str,
    number: str | None,
    data: dict[str, Any],
    *,
    changed_at: datetime | None,
    closing: Iterable[str],
    zone: tzinfo,
) -> PsaTicket:
    """Return the ticket that `data` tells of; `closing` statuses close it too; `zone` is of times without offset."""
    said = {fact: data[name] for fact, names in _NAMES.items() if (name := _first_in(data, names)) is not None}
    facts = {fact: _label(value) for fact, value in said.items() if value is None or _label(value)}
    status, owner = facts.get("status"), said.get("owner")
    named = frozenset(facts) | ({"is_closed"} if status else set()) | ({"number"} if number else set())
    contact = said.get("contact")
    return PsaTicket(
        id=ticket_id,
        number=number or ticket_id,
        title=facts.get("title") or "",
        status_id=status or "",
        status_name=status,
        is_closed=is_closed_status(status, closing),
        client=facts.get("client"),
        client_id=_part(said.get("client"), "id"),
        contact=facts.get("contact"),
        contact_phone=_part(contact, "phone"),
        contact_email=_email(contact),
        priority=facts.get("priority"),
        owner_id=None,
        owner_name=facts.get("owner"),
        updated_at=changed_at,
        owner_email=_email(owner),
        url=facts.get("url"),
        type=facts.get("type"),
        due_at=instant_of(facts.get("due_at"), zone),
        contract=facts.get("contract"),
        named=named,
    )


def _first_in(data: dict[str, Any], names: Iterable[str]) -> str | None:
    return next((name for name in names if name in data), None)


def _label(value: Any) -> str | None:
    """Return what a value says: a text or a number as it is, an object by its name, a person else by their address."""
    if isinstance(value, dict):
        inside = (_label(value.get(name)) for name in (*_LABELS, "email") if not isinstance(value.get(name), dict))
        return next((label for label in inside if label), None)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return str(value).strip()[:_LONGEST] or None


def _part(value: Any, name: str) -> str | None:
    return _label(value.get(name)) if isinstance(value, dict) else None


def _email(person: Any) -> str | None:
    return bare_address(_label(person.get("email")) if isinstance(person, dict) else _label(person))
