"""Autotask as the sandbox plays it: queries, child notes, picklists, and 500 with `errors[]` for a refusal."""

import operator
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from infra.local.fake_http import Answer, BadRequest, Request, whole_number
from infra.local.psa_sandbox.ticket_store import (
    CONTACT_EMAIL,
    CONTACT_PHONE,
    CONTRACT,
    PEOPLE,
    STATUS_IDS,
    US,
    Ticket,
    TicketStore,
    email_of,
    label_of,
    person_of,
)

USER_NAME = "api-user@northwind.example"
SECRETS = {"api_secret": "not-a-real-secret", "api_integration_code": "ABCDEFGHIJKLMNOPQRSTUVWXYZA"}
API = ["atservicesrest", "v1.0"]
ROLE_ID = "29683436"
WEBHOOK_GUID = "5b7a61c2-0000-4000-8000-00000000a7a5"
COMPANY_ID, CONTACT_ID, CONTRACT_ID = 174, 30683, 29741
OWN_RESOURCE = "29999999"
TITLE_LIMIT, DESCRIPTION_LIMIT = 250, 32_000
NO_ROLE = "When assigning a Resource, you must assign both a assignedResourceID and assignedResourceRoleID."
_PUBLISH = {1: "All Autotask Users", 2: "Internal Project Team", 4: "Internal & Co-Managed"}
_TYPES = {1: "Service Request", 2: "Incident"}
_PRIORITIES = {1: "High", 2: "Medium", 3: "Low", 4: "Critical"}
_NOTE_TYPES = {13: "Workflow Rule Note - Task", 1: "Task Summary", 3: "Task Notes"}
_OF_WORKFLOWS = 13
_SETTABLE = {"id", "status", "assignedResourceID", "assignedResourceRoleID"}


def error(status: int, message: str, **headers: str) -> Answer:
    """Errors as Autotask writes them: a list of sentences."""
    return Answer.of_json(status, {"errors": [message]}, headers)


def answer(store: TicketStore, request: Request) -> Answer:
    """Do what is asked."""
    if request.method == "GET" and request.parts == [*API, "zoneinformation"]:
        return _zone(request)
    keys = [request.headers.get(name) for name in ("username", "secret", "apiintegrationcode")]
    if keys != [USER_NAME, SECRETS["api_secret"], SECRETS["api_integration_code"]]:
        return Answer(401, b"", {})
    if request.parts[:2] != API:
        return Answer(404, b"", {})
    return _route(store, request)


def _item(ticket: Ticket | None) -> Answer:
    """A ticket by its id; one that is not there is null, with status 200."""
    return Answer.of_json(200, {"item": _shown(ticket) if ticket else None})


def _zone(request: Request) -> Answer:
    """Where the database of a user is. Autotask tells everybody, and answers 500 for a user whom it does not know."""
    if request.query.get("user") != USER_NAME:
        return error(500, "The user does not exist.")
    place = f"{request.headers['x-sandbox-address']}/ATServicesRest/"
    zone = {"zoneName": "Sandbox", "url": place, "webUrl": place, "ci": 1}
    return Answer.of_json(200, zone)


def _route(store: TicketStore, request: Request) -> Answer:  # noqa: PLR0911  one answer for each call
    match [request.method, *request.parts[2:]]:
        case ["POST", entity, "query", *_] if entity in _ENTITIES:
            return _query(_rows(store, entity), request)
        case ["GET", "tickets", "query"]:
            return _query(_rows(store, "tickets"), replace(request, raw=request.query.get("search", "").encode()))
        case ["GET", entity, "entityinformation", "fields"]:
            return Answer.of_json(200, {"fields": _fields(entity)})
        case ["GET", "tickets", ticket_id]:
            return _item(store.find("autotask", ticket_id))
        case ["POST", "tickets", ticket_id, "notes"]:
            named = {name[:1].lower() + name[1:]: value for name, value in request.fields.items()}
            return _add(store, store.find("autotask", ticket_id), named)
        case ["PATCH", "tickets"]:
            return _patch(store, request.fields)
    return Answer(404, b"", {})


_ENTITIES = {"tickets", "ticketnotes", "resources", "companies", "contacts", "contracts", "ticketwebhooks"}


def _rows(store: TicketStore, entity: str) -> list[dict[str, Any]]:
    if entity == "ticketwebhooks":
        webhook = {"id": 3, "name": "FlowPilot", "webhookUrl": store.webhook_url, "webhookGUID": WEBHOOK_GUID}
        return [{**webhook, "isActive": store.is_webhook_active, "isReady": True}] if store.webhook_url else []
    if entity == "resources":
        return [
            {"id": number, "firstName": first, "lastName": last, "email": email_of(number), "isActive": True}
            for number, (first, last) in PEOPLE.items()
        ]
    if entity == "companies":
        return [{"id": id_, "companyName": name, "isActive": True} for id_, name in Ticket.clients(COMPANY_ID).items()]
    if entity == "contacts":
        first, last = Ticket.contact.split()
        reached = {"phone": CONTACT_PHONE, "emailAddress": CONTACT_EMAIL}
        named = {"firstName": first, "lastName": last, **reached, "isActive": 1}
        return [{"id": CONTACT_ID, "companyID": COMPANY_ID, **named}]
    if entity == "contracts":
        return [{"id": CONTRACT_ID, "contractName": CONTRACT, "companyID": COMPANY_ID}]
    tickets = store.all("autotask")
    return [_shown(ticket) for ticket in tickets] if entity == "tickets" else _all_notes(store)


def _query(rows: list[dict[str, Any]], request: Request) -> Answer:
    """A page of what is found. The next one has an address in Autotask's own letters, and wants the same body again."""
    asked = {name.casefold(): value for name, value in request.fields.items()}
    conditions, most = asked.get("filter"), whole_number(asked.get("maxrecords", 500))
    if not isinstance(conditions, list) or not most:
        raise BadRequest("A query has a filter, which is an array, and MaxRecords from 1 on.")
    try:
        for condition in conditions:
            rows = [row for row in rows if _holds(condition, row)]
    except LookupError as unknown:
        return error(500, f"Unable to find {unknown} in the {request.parts[2]} Entity.")
    size, page = min(most, 500), request.number("paging", 1)
    shown = rows[(page - 1) * size : page * size]
    place = f"{request.headers['x-sandbox-address']}/atservicesrest/v1.0/{request.parts[2]}/query/next"
    following = f"{place}?paging={page + 1}" if len(rows) > page * size else None
    details = {"count": len(shown), "requestCount": size, "prevPageUrl": None, "nextPageUrl": following}
    return Answer.of_json(200, {"items": shown, "pageDetails": details})


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """A comparison that holds for no value that is missing. It raises TypeError for one of another type."""
    return lambda found, wanted: found is not None and compare(found, wanted)


_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "noteq": operator.ne,
    "gt": _ordered(operator.gt),
    "gte": _ordered(operator.ge),
    "lt": _ordered(operator.lt),
    "lte": _ordered(operator.le),
    "in": lambda found, wanted: found in wanted,
    "exist": lambda found, _: found is not None,
    "notExist": lambda found, _: found is None,
}


def _holds(condition: Any, row: dict[str, Any]) -> bool:
    """Whether a row meets a condition. Fields are named in any letter case. Raises LookupError for an unknown one."""
    if not isinstance(condition, dict) or condition.get("op") not in _OPERATORS:
        raise BadRequest(f"A condition has a field, a value, and an op: {', '.join(_OPERATORS)}.")
    field, named = str(condition.get("field")), {name.casefold(): value for name, value in row.items()}
    if field.casefold() not in named:
        raise LookupError(field)
    try:
        return bool(_OPERATORS[condition["op"]](named[field.casefold()], _value(condition.get("value"), field)))
    except TypeError as error:
        raise BadRequest(f"The value is not of the type of {field}.") from error


def _value(value: Any, field: str) -> Any:
    """The value of a condition. Ids are numbers, and some clients send them as text."""
    number = whole_number(value)
    return number if field.casefold().endswith("id") and isinstance(value, str) and number is not None else value


def _add(store: TicketStore, ticket: Ticket | None, body: dict[str, Any]) -> Answer:
    if ticket is None:
        return error(500, "Reference value on field: ticketID of type: Ticket does not exist or is invalid.")
    title, description = body.get("title"), body.get("description")
    if not isinstance(title, str) or not 0 < len(title) <= TITLE_LIMIT:
        return error(500, f"The title is required and has at most {TITLE_LIMIT} characters.")
    if not isinstance(description, str) or not 0 < len(description) <= DESCRIPTION_LIMIT:
        return error(500, f"The description is required and has at most {DESCRIPTION_LIMIT} characters.")
    publish, note_type = whole_number(body.get("publish")), whole_number(body.get("noteType"))
    if publish not in _PUBLISH or note_type not in _NOTE_TYPES.keys() - {_OF_WORKFLOWS}:
        return error(500, "Picklist value is not valid for field publish or noteType.")
    is_internal = publish != 1
    note = store.add_note("autotask", ticket, title, description, is_internal=is_internal)
    return Answer.of_json(200, {"itemId": note.id})


def _patch(store: TicketStore, body: dict[str, Any]) -> Answer:
    """API-only users own no tickets, and people only in a role that they have."""
    ticket = store.find("autotask", body.get("id"))
    if ticket is None:
        return error(500, "No matching records found.")
    if unknown := sorted(body.keys() - _SETTABLE):
        return error(500, f"Unable to find {', '.join(unknown)} in the Ticket Entity.")
    if bool(body.get("assignedResourceID")) != bool(body.get("assignedResourceRoleID")):
        return error(500, NO_ROLE)
    owner = person_of(body.get("assignedResourceID"))
    if body.get("assignedResourceID") and (owner is None or str(body["assignedResourceRoleID"]) != ROLE_ID):
        return error(500, "The combination of assignedResourceID and assignedResourceRoleID is not valid.")
    status = TicketStore.status_named("autotask", body.get("status", STATUS_IDS["autotask"][ticket.status]))
    if status is None:
        return error(500, "Picklist value is not valid for field status.")
    ticket.status = status
    ticket.owner_id = owner if "assignedResourceID" in body else ticket.owner_id
    store.touch(ticket, US)
    return Answer.of_json(200, {"itemId": ticket.id})


def _shown(ticket: Ticket) -> dict[str, Any]:
    return {
        "id": ticket.id,
        "ticketNumber": ticket.number,
        "title": ticket.summary,
        "description": ticket.description,
        "companyID": ticket.client_id(COMPANY_ID),
        "contactID": CONTACT_ID,
        "contractID": CONTRACT_ID,
        "ticketType": 2,
        **dict.fromkeys(("dueDateTime", "resolvedDueDateTime"), ticket.due_at),
        "status": STATUS_IDS["autotask"][ticket.status],
        "priority": 4,
        "queueID": 29683482,
        "assignedResourceID": ticket.owner_id,
        "assignedResourceRoleID": int(ROLE_ID) if ticket.owner_id else None,
        "lastActivityDate": ticket.updated_at,
        "lastActivityPersonType": 2 if ticket.is_last_by_customer else 1,
        "userDefinedFields": [],
    }


def _all_notes(store: TicketStore) -> list[dict[str, Any]]:
    return [
        {"id": note.id, "ticketID": ticket.id, "title": note.title, "description": note.text}
        for ticket in store.all("autotask")
        for note in ticket.notes
    ]


def _fields(entity: str) -> list[dict[str, Any]]:
    if entity == "tickets":
        statuses = {number: label_of("autotask", name) for name, number in STATUS_IDS["autotask"].items()}
        status = _picklist("status", statuses)
        status["picklistValues"].insert(0, {"value": "15", "label": "In Progress", "isActive": False})
        priority = _picklist("priority", _PRIORITIES)
        priority["picklistValues"][-1]["isActive"] = False  # tickets of before still have it
        return [status, priority, _picklist("ticketType", _TYPES)]
    return [_picklist("publish", _PUBLISH), _picklist("noteType", _NOTE_TYPES)]


def _picklist(name: str, values: dict[int, str]) -> dict[str, Any]:
    listed = [{"value": str(value), "label": label, "isActive": True} for value, label in values.items()]
    return {"name": name, "isPickList": True, "picklistValues": listed}
