"""HaloPSA as the sandbox plays it: tokens, arrays for everything written, and errors in free text."""

from typing import Any

from infra.local.fake_http import Answer, BadRequest, Request
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
    person_of,
)

CLIENT_ID = "c0ffee00-0000-4000-8000-000000000001"
TENANT = "northwind"
OWN_AGENT = "99"
SECRETS = {"client_secret": "not-a-real-secret"}
TOKEN = "sandbox-token"  # noqa: S105  opens the sandbox alone
UNASSIGNED = 1
"""The agent that is nobody, in every tenant."""

NO_DATE = "1900-01-01T00:00:00"
_OUTCOMES = {1: "Email User", 7: "Private Note", 9: "Closed"}


def error(status: int, message: str, **headers: str) -> Answer:
    """An error in one of the forms that Halo has."""
    return Answer.of_json(status, {"ClassName": "System.Exception", "Message": message}, headers)


def answer(store: TicketStore, request: Request) -> Answer:
    """Do what is asked."""
    match [request.method, *request.parts]:
        case ["GET", "api", "authinfo"]:
            return Answer.of_json(200, {"auth_url": "https://auth.invalid", "tenant_id": TENANT})
        case ["POST", "auth", "token"]:
            return _log_in(request)
    if request.headers.get("authorization") != f"Bearer {TOKEN}":
        return Answer(401, b"Unauthorized", {"content-type": "text/plain"})
    return _read(store, request) if request.method == "GET" else _write(store, request)


def _read(store: TicketStore, request: Request) -> Answer:
    match request.parts:
        case ["api", "status"]:
            return Answer.of_json(200, _statuses())
        case ["api", "tickets"]:
            return _list(store, request)
        case ["api", "tickets", ticket_id]:
            ticket = store.find("halopsa", ticket_id)
            details = _details(ticket) if ticket and request.query.get("includedetails") == "true" else {}
            return Answer.of_json(200, _shown(ticket) | details) if ticket else error(404, "Ticket not found")
        case ["api", "agent", *agent_id]:
            return _agents(agent_id)
        case ["api", "actions"]:
            return _actions(store, request)
    return Answer(404, b"", {})


def _write(store: TicketStore, request: Request) -> Answer:
    match [request.method, *request.parts, request.body]:
        case ["POST", "api", "actions", [dict(action), *_]]:
            return _add(store, action)
        case ["POST", "api", "tickets", [dict(change), *_]]:
            return _change(store, change)
        case ["POST", "api", "actions" | "tickets", _]:
            raise BadRequest("Cannot deserialize the current JSON object.")
    return Answer(404, b"", {})


def _log_in(request: Request) -> Answer:
    form = request.form
    if request.query.get("tenant", TENANT) != TENANT:  # a hosted tenant has an address of its own and needs no name
        return Answer.of_json(400, {"error": "invalid_request", "error_description": "The tenant is unknown."})
    if [form.get("client_id"), form.get("client_secret")] != [CLIENT_ID, SECRETS["client_secret"]]:
        return Answer.of_json(400, {"error": "invalid_client", "error_description": "Client authentication failed."})
    return Answer.of_json(200, {"access_token": TOKEN, "token_type": "Bearer", "expires_in": 3600})


def _add(store: TicketStore, action: dict[str, Any]) -> Answer:
    ticket = store.find("halopsa", action.get("ticket_id"))
    if ticket is None:
        return error(400, "Ticket not found")
    outcome = action.get("outcome_id") or action.get("outcome")
    if not outcome:
        return Answer.of_json(400, "An Outcome must be entered for this Action")
    if outcome not in _OUTCOMES and outcome not in _OUTCOMES.values():
        return Answer.of_json(400, {"error": {"message": f"The Outcome {outcome} does not exist."}})
    text = action.get("note_html")
    if not isinstance(text, str) or not text:
        return error(400, "A note must be entered for this Action")
    is_internal = action.get("hiddenfromuser") is True and not action.get("sendemail")
    note = store.add_note("halopsa", ticket, "", text, is_internal=is_internal)
    return Answer.of_json(201, {"id": note.id, "ticket_id": ticket.id, "hiddenfromuser": is_internal})


def _change(store: TicketStore, change: dict[str, Any]) -> Answer:
    ticket = store.find("halopsa", change.get("id"))
    if ticket is None or change.keys() - {"id", "status_id", "agent_id"}:
        return error(400, "You do not have access to this Ticket at the moment")
    status = TicketStore.status_named("halopsa", change.get("status_id", STATUS_IDS["halopsa"][ticket.status]))
    owner = person_of(change["agent_id"]) if "agent_id" in change else ticket.owner_id
    if status is None:
        return error(400, f"The Status {change['status_id']} does not exist.")
    if "agent_id" in change and owner is None and change["agent_id"] != UNASSIGNED:
        return Answer.of_json(400, {"agent_id": f"The Agent {change['agent_id']} does not exist."})
    ticket.status, ticket.owner_id = status, owner
    store.touch(ticket, US)
    return Answer.of_json(201, [_shown(ticket)])


def _list(store: TicketStore, request: Request) -> Answer:
    """A page of tickets. Halo passes over parameters that it does not know, and then answers with every ticket."""
    since = request.query.get("lastupdatefromdate", "")
    found = [shown for ticket in store.all("halopsa") if (shown := _shown(ticket))["last_update"] > since]
    if agent := request.query.get("agent_id"):
        found = [shown for shown in found if str(shown["agent_id"]) == agent]
    if request.query.get("open_only") == "true":
        found = [shown for shown in found if shown["dateclosed"] == NO_DATE]
    return Answer.of_json(200, {"record_count": len(found), "tickets": _page_of(found, request)})


def _statuses() -> list[dict[str, Any]]:
    """Statuses of every kind: type 0 are those of tickets, others have the same names."""
    of_tickets = [{"id": number, "name": name, "type": 0} for name, number in STATUS_IDS["halopsa"].items()]
    return [*of_tickets, {"id": 41, "name": "In Progress", "type": 3}, {"id": 42, "name": "Closed", "type": 3}]


def _agents(agent_id: list[str]) -> Answer:
    """The agents, or the one that is asked for."""
    if not agent_id:
        return Answer.of_json(200, [{"id": UNASSIGNED, "name": "Unassigned"}, *map(_agent, PEOPLE)])
    number = person_of(agent_id[0])
    return Answer.of_json(200, _agent(number)) if number else Answer(404, b"", {})


def _agent(number: int) -> dict[str, Any]:
    return {"id": number, "name": " ".join(PEOPLE[number]), "email": email_of(number), "isdisabled": False}


def _actions(store: TicketStore, request: Request) -> Answer:
    ticket = store.find("halopsa", request.query.get("ticket_id"))
    notes = ticket.notes if ticket else []
    actions = [
        {"id": note.id, "note": note.text, "note_html": note.text, "hiddenfromuser": note.is_internal} for note in notes
    ]
    return Answer.of_json(200, {"record_count": len(actions), "actions": _page_of(actions, request)})


def _page_of(rows: list[dict[str, Any]], request: Request) -> list[dict[str, Any]]:
    size, page = request.number("page_size", 50), request.number("page_no", 1)
    return rows[(page - 1) * size : page * size]


def _shown(ticket: Ticket) -> dict[str, Any]:
    return {
        "id": ticket.id,
        "summary": ticket.summary,
        "details": ticket.description,
        "status_id": STATUS_IDS["halopsa"][ticket.status],
        "tickettype_id": 1,
        "priority_id": 1,
        "client_id": ticket.client_id(37),
        "client_name": ticket.company,
        "user_name": ticket.contact,
        "user_email": CONTACT_EMAIL,
        "contract_ref": CONTRACT,
        "excludefromsla": False,
        "fixbydate": (ticket.due_at or NO_DATE).removesuffix("Z"),
        "agent_id": ticket.owner_id or UNASSIGNED,
        "lastincomingemail": (ticket.answered_at or NO_DATE).removesuffix("Z"),
        "lastactiondate": ticket.updated_at.removesuffix("Z"),
        "last_update": ticket.updated_at.removesuffix("Z"),
        "dateclosed": (ticket.closed_at or NO_DATE).removesuffix("Z"),
        "hasbeenclosed": ticket.status == "Closed",
        "merged_into_id": ticket.merged_into or 0,
    }


def _details(ticket: Ticket) -> dict[str, Any]:
    """What `includedetails` adds to a ticket, and a list of tickets lacks."""
    return {
        "priority": {"priorityid": 1, "name": "Critical"},
        "user": {"id": 41, "name": ticket.contact, "phonenumber": CONTACT_PHONE},
        "tickettype": {"id": 1, "name": "Incident"},
    }
