"""What ConnectWise's answers hold: tickets, notes, statuses, and the reasons of a refusal."""

from typing import Any

from chalicelib.adapters.psa.answers import instant_of, reason_in, row_in, rows_in, text_of
from chalicelib.adapters.psa.connectwise import assumptions as assumed
from chalicelib.domain.psa import PsaTicket
from chalicelib.domain.ticket_status import plain_label


def said_in(body: Any) -> str:
    """Read the error document: `{code, message, errors[]}`; of a 429, `{error, message}`."""
    errors = body.get("errors") if isinstance(body, dict) else None
    details = [error for error in errors if isinstance(error, dict)] if isinstance(errors, list) else []
    said = [body.get("message"), *(error.get("message") for error in details)] if isinstance(body, dict) else []
    return " ".join(str(message) for message in said if message) or reason_in(body)


def ticket_in(row: dict[str, Any]) -> PsaTicket:
    """Return the ticket in a row. Raises ValueError when it has no id."""
    row_in(row)
    owner = row.get("owner") or {}
    return PsaTicket(
        id=str(row["id"]),
        number=str(row["id"]),
        title=str(row.get("summary") or ""),
        status_id=text_of((row.get("status") or {}).get("id")) or "",
        status_name=_name(row.get("status")),
        is_closed=bool(row.get("closedFlag")),
        client=_name(row.get("company")),
        client_id=text_of((row.get("company") or {}).get("id")),
        contact=row.get("contactName") or _name(row.get("contact")),
        contact_phone=text_of(row.get("contactPhoneNumber")),
        contact_email=text_of(row.get("contactEmailAddress")),
        priority=_name(row.get("priority")),
        type=_name(row.get("type")),
        due_at=assumed.due_at(row),
        contract=_name(row.get("agreement")),
        owner_id=text_of(owner.get("id")),
        owner_name=_name(owner),
        owner_login=_login(owner),
        customer_reply=assumed.customer_reply(row),
        updated_at=instant_of((row.get("_info") or {}).get("lastUpdated")),
        merged_into=text_of((row.get("mergedParentTicket") or {}).get("id")),
    )


def tickets_in(rows: Any) -> list[PsaTicket]:
    """Return the tickets of a page. Raises ValueError when it is no list of rows."""
    return [ticket_in(row) for row in rows_in(rows)]


def note_with(trace: str, notes: Any, page_size: int) -> tuple[str | None, bool]:
    """Return the id of the note on this page that holds `trace`, and whether there are no more pages."""
    found = next((str(note["id"]) for note in rows_in(notes) if trace in str(note.get("text", ""))), None)
    return found, len(notes) < page_size


def status_named(status: str, rows: Any) -> int | None:
    """Return the id of the active status of that id or name, None when there is none."""
    active = (row for row in rows_in(rows) if not row.get("inactive"))
    wanted = plain_label(status)
    return next((int(row["id"]) for row in active if wanted in (str(row["id"]), plain_label(str(row["name"])))), None)


def id_in(row: Any) -> int:
    """Return the id of a row. Raises ValueError when it has none."""
    return int(row_in(row)["id"])


def is_number(text: str) -> bool:
    """Tell whether a text is an id: digits alone."""
    return text.isascii() and text.isdecimal()


def _login(owner: dict[str, Any]) -> str | None:
    """The identifier of a member, unless it is a number: that would be somebody's id."""
    identifier = str(owner.get("identifier") or "")
    return identifier if identifier and not identifier.isdecimal() else None


def _name(part: Any) -> str | None:
    return part.get("name") if isinstance(part, dict) else None
