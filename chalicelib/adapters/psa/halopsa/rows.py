"""What HaloPSA's answers hold: tickets, statuses, ids of what was written."""

from typing import Any

from chalicelib.adapters.psa.answers import instant_of, latest, row_in, rows_in, text_of
from chalicelib.adapters.psa.halopsa import assumptions as assumed
from chalicelib.domain.psa import PsaTicket


def id_in(body: Any) -> str:
    """Return the id of what was written, which comes as an object or as an array of one."""
    return str(row_in(body)["id"])


def ticket_statuses_in(body: Any) -> dict[str, str]:
    """Return the names of statuses by id. The list holds those of other kinds too.

    A status without a type is taken for one of tickets; of two with one id the first counts.
    """
    names: dict[str, str] = {}
    for row in rows_in(body):
        if row.get("type") in (None, 0):
            names.setdefault(str(row["id"]), str(row["name"]))
    return names


def _name(part: Any) -> str | None:
    """The name in an object, which `includedetails` adds to a ticket; clients have it as a text too."""
    return text_of(part.get("name")) if isinstance(part, dict) else part if isinstance(part, str) else None


def ticket_in(row: dict[str, Any]) -> PsaTicket:
    """Return the ticket in a row. Raises ValueError when it has no id."""
    row_in(row)
    owner_id = text_of(row.get("agent_id"))
    return PsaTicket(
        id=str(row["id"]),
        number=str(row["id"]),
        title=str(row.get("summary") or ""),
        status_id=text_of(row.get("status_id")) or "",
        status_name=None,
        is_closed=assumed.is_closed(row),
        client=text_of(row.get("client_name")),
        client_id=text_of(row.get("client_id")),
        contact=text_of(row.get("user_name")),
        contact_phone=assumed.contact_phone(row),
        contact_email=text_of(row.get("user_email")),
        priority=_name(row.get("priority")) or text_of(row.get("priority_name")),
        type=_name(row.get("tickettype")) or text_of(row.get("tickettype_name")),
        due_at=assumed.due_at(row),
        contract=assumed.contract(row),
        owner_id=None if owner_id in assumed.NO_AGENTS else owner_id,
        owner_name=None,
        customer_reply=assumed.customer_reply(row),
        updated_at=latest(instant_of(row.get("lastactiondate")), instant_of(row.get("last_update"))),
        merged_into=assumed.merged_into(row),
    )


_SHORTER_IN_LISTS = {
    "client": ("client_name",),
    "contact": ("user",),
    "priority": ("priority", "priority_name"),
    "type": ("tickettype", "tickettype_name"),
    "due_at": ("fixbydate",),
    "contract": ("contract_ref",),
    "customer_reply": ("lastincomingemail", "lastincomingemaildate"),
}
"""Facts that the rows of a list may lack, as they come without `includedetails`, and the fields that tell of each."""

_IN_EVERY_ROW = frozenset({"number", "title", "status", "owner", "url", "is_closed"})


def tickets_in(page: Any) -> list[PsaTicket]:
    """Return the tickets of a page, each with the facts that its row tells of.

    What a row does not mention is not gone. Raises LookupError or ValueError when the page has no list of rows.
    """
    return [ticket_in(row).model_copy(update={"named": _named_in(row)}) for row in rows_in(page["tickets"])]


def _named_in(row: dict[str, Any]) -> frozenset[str] | None:
    told = {fact for fact, fields in _SHORTER_IN_LISTS.items() if any(field in row for field in fields)}
    return None if told == _SHORTER_IN_LISTS.keys() else _IN_EVERY_ROW | told
