"""What Autotask's answers hold: pages of rows, ids of what was written, tickets."""

from typing import Any, NamedTuple

from chalicelib.adapters.psa.answers import instant_of, name_in, row_in, rows_in, text_of
from chalicelib.adapters.psa.autotask import assumptions as assumed
from chalicelib.domain.psa import PsaTicket


def page_in(body: Any) -> tuple[list[dict[str, Any]], str | None]:
    """Return the rows of a page and the address of the next one. Raises LookupError or ValueError for all else."""
    return rows_in(body["items"]), (body.get("pageDetails") or {}).get("nextPageUrl")


def item_id_in(body: Any) -> str:
    """Return the id of what was written. Raises ValueError when the answer names none."""
    item_id = text_of(body["itemId"])
    if item_id is None:
        raise ValueError("the answer names no item")
    return item_id


_OF_A_ROW = frozenset(
    {"number", "title", "status", "priority", "type", "due_at", "owner", "url", "is_closed", "customer_reply"}
)
"""The facts that a row names. Company and contact are ids there, and their names are asked for one ticket at a time."""


class Contact(NamedTuple):
    """A ticket's contact."""

    name: str | None
    phone: str | None
    email: str | None


NOBODY = Contact(None, None, None)


def contact_in(row: dict[str, Any]) -> Contact:
    """Return the contact in a row of Contacts. Raises ValueError when it has no id."""
    phone = text_of(row.get("phone")) or text_of(row.get("mobilePhone"))
    return Contact(name_in(row), phone, text_of(row.get("emailAddress")))


def ticket_in(row: dict[str, Any]) -> PsaTicket:
    """Return the ticket in a row. Raises ValueError when it has no id."""
    row_in(row)
    return PsaTicket(
        id=str(row["id"]),
        number=str(row.get("ticketNumber") or row["id"]),
        title=str(row.get("title") or ""),
        status_id=text_of(row.get("status")) or "",
        status_name=None,
        is_closed=str(row.get("status")) == assumed.CLOSED,
        client=None,
        contact=None,
        priority=text_of(row.get("priority")),
        owner_id=text_of(row.get("assignedResourceID")),
        owner_name=None,
        type=text_of(row.get("ticketType")),
        due_at=assumed.due_at(row),
        client_id=text_of(row.get("companyID")),
        customer_reply=assumed.customer_reply(row),
        updated_at=instant_of(row.get("lastActivityDate")),
        named=_OF_A_ROW,
    )


def is_number(text: str) -> bool:
    """Tell whether a text is an id: digits alone."""
    return text.isascii() and text.isdecimal()
