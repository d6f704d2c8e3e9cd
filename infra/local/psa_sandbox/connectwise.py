"""ConnectWise as the sandbox plays it: service tickets, their internal notes, boards and JSON Patch."""

import base64
from typing import Any

from infra.local.fake_http import Answer, Request
from infra.local.psa_sandbox.conditions import ordered, selected, with_fields
from infra.local.psa_sandbox.connectwise_boards import BOARDS, boards_or_statuses, status_id_of, status_names
from infra.local.psa_sandbox.ticket_store import (
    CONTACT_EMAIL,
    CONTACT_PHONE,
    CONTRACT,
    PEOPLE,
    US,
    Ticket,
    TicketStore,
    email_of,
    person_of,
)

COMPANY, CLIENT_ID = "northwindmsp", "11111111-2222-3333-4444-555555555555"
SECRETS = {"public_key": "PubKey123", "private_key": "PrivKey456"}
MEMBER = US
API = ["v4_6_release", "apis", "3.0"]
NOTE_LIMIT = 4_000

_LOGIN = "Basic " + base64.b64encode(f"{COMPANY}+{SECRETS['public_key']}:{SECRETS['private_key']}".encode()).decode()


def error(status: int, message: str, code: str = "InvalidObject", **headers: str) -> Answer:
    """An error document as ConnectWise writes it; a 429 has a form of its own."""
    if status == 429:
        return Answer.of_json(429, {"error": "ConnectWiseAPI", "message": message}, headers)
    return Answer.of_json(status, {"code": code, "message": message, "errors": None}, headers)


class Refused(Exception):
    """What a client sent makes no sense here; `field` is what of it, where that can be said."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field

    def document(self) -> Answer:
        """The refusal as ConnectWise writes it."""
        detail = {"code": "InvalidField", "message": str(self), "resource": "ticket", "field": self.field}
        document = {"code": "InvalidObject", "message": "ticket object is invalid", "errors": [detail]}
        return Answer.of_json(400, document)


def answer(store: TicketStore, request: Request) -> Answer:
    """Do what is asked."""
    try:
        return _answer(store, request)
    except Refused as refusal:
        return refusal.document()


def _answer(store: TicketStore, request: Request) -> Answer:
    if request.method == "GET" and request.parts == ["login", "companyinfo", COMPANY]:
        return Answer.of_json(200, {"CompanyName": "Northwind", "Codebase": "v4_6_release/", "IsCloud": False})
    if request.headers.get("authorization") != _LOGIN or request.headers.get("clientid") != CLIENT_ID:
        return error(401, "Invalid credentials.", "Unauthorized")
    if request.parts[:3] != API:
        return error(404, "Not found", "NotFound")
    return _route(store, request)


def _route(store: TicketStore, request: Request) -> Answer:
    match [request.method, *request.parts[3:]]:
        case ["GET", "system", "info"]:
            return Answer.of_json(200, {"version": "v2025.1", "isCloud": False})
        case ["GET", "service", "tickets"]:
            return _list(store, request)
        case ["GET", "service", "boards", *board] if (rows := boards_or_statuses(board)) is not None:
            return Answer.of_json(200, _listed(rows, request))
        case ["GET", "system", "members", *member]:
            return _members(member, request)
        case [_, "service" | "project" as module, "tickets", ticket_id, *rest]:
            ticket = store.find("connectwise", ticket_id)
            if ticket and (ticket.record_type == "ServiceTicket") == (module == "service"):
                return _of_ticket(store, request, ticket, rest)
    return error(404, "Not found", "NotFound")


def _members(member: list[str], request: Request) -> Answer:
    """The members, or the one that is asked for by id or identifier."""
    if not member:
        return Answer.of_json(200, _listed([_whole_member(number) for number in PEOPLE], request))
    number = person_of(member[0]) or _member_called(member[0])
    return Answer.of_json(200, _whole_member(number)) if number else error(404, "Member not found", "NotFound")


def _of_ticket(store: TicketStore, request: Request, ticket: Ticket, rest: list[str]) -> Answer:
    match [request.method, *rest]:
        case ["GET"]:
            return Answer.of_json(200, _shown(ticket))
        case ["PATCH"]:
            return _patch(store, ticket, request.body)
        case ["GET", "notes"]:
            return _notes(ticket, request)
        case ["POST", "notes"]:
            return _add(store, ticket, request.fields)
    return error(405, "Method not allowed", "MethodNotAllowed")


def _add(store: TicketStore, ticket: Ticket, body: dict[str, Any]) -> Answer:
    text = body.get("text")
    if not isinstance(text, str) or not 0 < len(text) <= NOTE_LIMIT:
        return error(400, f"The text field is required and has at most {NOTE_LIMIT} characters.")
    is_internal = body.get("internalAnalysisFlag") is True and not body.get("detailDescriptionFlag")
    note = store.add_note("connectwise", ticket, "", text, is_internal=is_internal)
    return Answer.of_json(201, _note(ticket, note.id))


def _notes(ticket: Ticket, request: Request) -> Answer:
    """A page of the notes."""
    return Answer.of_json(200, _listed([_note(ticket, note.id) for note in ticket.notes], request))


def _listed(rows: list[dict[str, Any]], request: Request) -> list[dict[str, Any]]:
    """A page of the rows that meet the conditions, in the order and with the fields that are asked for."""
    try:
        found = ordered(selected(rows, request.query.get("conditions", "")), request.query.get("orderBy", "id asc"))
    except ValueError as fault:
        raise Refused(str(fault)) from fault
    return with_fields(_page_of(found, request), request.query.get("fields", ""))


def _page_of(rows: list[dict[str, Any]], request: Request) -> list[dict[str, Any]]:
    size, page = min(request.number("pageSize", 25), 1000), request.number("page", 1)
    return rows[(page - 1) * size : page * size]


def _note(ticket: Ticket, note_id: int) -> dict[str, Any]:
    note = next(note for note in ticket.notes if note.id == note_id)
    flags = {"internalAnalysisFlag": note.is_internal, "detailDescriptionFlag": not note.is_internal}
    made = {"dateCreated": _second(note.created_at), "createdBy": MEMBER}
    return {"id": note.id, "ticketId": ticket.id, "text": note.text, **flags, **made}


def _patch(store: TicketStore, ticket: Ticket, body: Any) -> Answer:
    if not isinstance(body, list):
        raise Refused("A patch is an array of operations.")
    changes = dict(_change(operation, ticket.board_id) for operation in body)
    if ticket.custom_fields and "custom_fields" not in changes:
        raise Refused("customFields is required", "customFields")
    for name, value in changes.items():
        setattr(ticket, name, value)
    store.touch(ticket, MEMBER)
    return Answer.of_json(200, _shown(ticket))


def _change(operation: Any, board_id: int) -> tuple[str, Any]:
    """What an operation of a patch sets, by the ticket's own name of it. Raises BadRequest for any word not known."""
    match operation:
        case {"op": "replace", "path": "status", "value": {"id": status_id}}:
            if (status := status_names(board_id).get(str(status_id))) is None:
                raise Refused(f"Status {status_id} does not exist on the board", "status")
            return "status", status
        case {"op": "replace", "path": "owner", "value": {"id": number} | {"identifier": number}}:
            owner = person_of(number) or _member_called(number)
            if owner is None:
                raise Refused(f"Member {number} is inactive or does not exist", "owner")
            return "owner_id", owner
        case {"op": "remove", "path": "owner"}:
            return "owner_id", None
        case {"op": "replace", "path": "customFields", "value": [*fields]}:
            return "custom_fields", fields
    path = str(operation.get("path")) if isinstance(operation, dict) else ""
    raise Refused("replaced are status, owner and customFields, each by its own form", path)


def _list(store: TicketStore, request: Request) -> Answer:
    of_service = [_shown(ticket) for ticket in store.all("connectwise") if ticket.record_type == "ServiceTicket"]
    return Answer.of_json(200, _listed(of_service, request))


def _shown(ticket: Ticket) -> dict[str, Any]:
    return {
        "id": ticket.id,
        "summary": ticket.summary[:100],
        "recordType": ticket.record_type,
        "board": {"id": ticket.board_id, "name": BOARDS[ticket.board_id]},
        "status": {"id": status_id_of(ticket.board_id, ticket.status), "name": ticket.status},
        "company": {"id": ticket.client_id(250), "identifier": ticket.company.replace(" ", ""), "name": ticket.company},
        "contact": {"id": 911, "name": ticket.contact},
        "contactName": ticket.contact,
        "contactPhoneNumber": CONTACT_PHONE,
        "contactEmailAddress": CONTACT_EMAIL,
        "type": {"id": 31, "name": "Incident"},
        "agreement": {"id": 77, "name": CONTRACT},
        "requiredDate": _second(ticket.due_at) if ticket.due_at else None,
        "priority": {"id": 6, "name": "Priority 1 - Emergency Response"},
        **({"owner": _member(ticket.owner_id)} if ticket.owner_id else {}),
        "mergedParentTicket": {"id": ticket.merged_into} if ticket.merged_into else None,
        "customerUpdatedFlag": ticket.answered_at is not None,
        "closedFlag": ticket.status == "Closed",
        "customFields": ticket.custom_fields,
        "_info": {"lastUpdated": _second(ticket.updated_at), "updatedBy": ticket.updated_by},
    }


def _member(number: int) -> dict[str, Any]:
    first, last = PEOPLE.get(number, ("Member", str(number)))
    return {"id": number, "identifier": f"{first[0]}{last}", "name": f"{first} {last}"}


_MEMBER_PREFERENCES = {
    "defaultEmail": "Office",
    "defaultPhone": "Office",
    "agreementInvoicingDisplayOptions": "RemainOnInvoicingScreen",
    "invoicingDisplayOptions": "RemainOnInvoicingScreen",
    "invoiceScreenDefaultTabFormat": "ShowInvoicingTab",
}
"""What the vendor's model requires of a member, and clients that follow it insist on."""


def _whole_member(number: int) -> dict[str, Any]:
    """A member as such. Where it is an owner it has one name; here it has two, and no `name`."""
    first, last = PEOPLE[number]
    addresses = {"officeEmail": email_of(number), "primaryEmail": email_of(number)}
    names = {"firstName": first, "lastName": last, "licenseClass": "F", "inactiveFlag": False}
    identifier = _member(number)["identifier"]
    return {"id": number, "identifier": identifier, **names, **addresses, **_MEMBER_PREFERENCES}


def _member_called(identifier: object) -> int | None:
    """Who has this identifier, which is known in any letters."""
    called = {_member(number)["identifier"].casefold(): number for number in PEOPLE}
    return called.get(str(identifier).casefold())


def _second(at: str) -> str:
    """Times here are whole seconds."""
    return at[:19] + "Z" if at else at
