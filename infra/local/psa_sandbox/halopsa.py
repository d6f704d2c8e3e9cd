"""HaloPSA as the sandbox plays it: tokens, arrays for everything written, and errors in free text."""

from typing import Any

from infra.local.fake_http import Answer, Request
from infra.local.psa_sandbox.world import PEOPLE, STATUS_IDS, US, Ticket, World

CLIENT_ID = "c0ffee00-0000-4000-8000-000000000001"
TENANT = "northwind"
OWN_AGENT = "99"
SECRETS = {"client_secret": "not-a-real-secret"}
TOKEN = "sandbox-token"  # noqa: S105  opens the sandbox alone


def error(status: int, message: str, **headers: str) -> Answer:
    """An error in one of the forms that Halo has."""
    return Answer.of_json(status, {"ClassName": "System.Exception", "Message": message}, headers)


def answer(world: World, request: Request) -> Answer:
    """Do what is asked."""
    match [request.method, *request.parts]:
        case ["GET", "api", "authinfo"]:
            return Answer.of_json(200, {"auth_url": "https://auth.invalid", "tenant_id": TENANT})
        case ["POST", "auth", "token"]:
            return _log_in(request)
    if request.headers.get("authorization") != f"Bearer {TOKEN}":
        return Answer(401, b"Unauthorized", {"content-type": "text/plain"})
    return _read(world, request) if request.method == "GET" else _write(world, request)


def _read(world: World, request: Request) -> Answer:
    match request.parts:
        case ["api", "status"]:
            return Answer.of_json(200, [{"id": number, "name": name} for name, number in STATUS_IDS["halopsa"].items()])
        case ["api", "tickets"]:
            return _list(world, request)
        case ["api", "tickets", ticket_id]:
            ticket = world.find("halopsa", ticket_id)
            return Answer.of_json(200, _shown(ticket)) if ticket else error(404, "Ticket not found")
        case ["api", "agent", agent_id] if agent_id.isdecimal() and int(agent_id) in PEOPLE:
            return Answer.of_json(200, {"id": int(agent_id), "name": " ".join(PEOPLE[int(agent_id)])})
        case ["api", "actions"]:
            return _actions(world, request)
    return Answer(404, b"", {})


def _write(world: World, request: Request) -> Answer:
    if not isinstance(request.body, list):
        return error(400, "Cannot deserialize the current JSON object.")
    match [request.method, *request.parts]:
        case ["POST", "api", "actions"]:
            return _add(world, request.body[0])
        case ["POST", "api", "tickets"]:
            return _change(world, request.body[0])
    return Answer(404, b"", {})


def _log_in(request: Request) -> Answer:
    form = request.form
    if request.query.get("tenant") != TENANT:
        return Answer.of_json(400, {"error": "invalid_request", "error_description": "The tenant is unknown."})
    if [form.get("client_id"), form.get("client_secret")] != [CLIENT_ID, SECRETS["client_secret"]]:
        return Answer.of_json(400, {"error": "invalid_client", "error_description": "Client authentication failed."})
    return Answer.of_json(200, {"access_token": TOKEN, "token_type": "Bearer", "expires_in": 3600})


def _add(world: World, action: dict[str, Any]) -> Answer:
    ticket = world.find("halopsa", action.get("ticket_id"))
    if ticket is None:
        return error(400, "Ticket not found")
    if not (action.get("outcome_id") or action.get("outcome")):
        return Answer.of_json(400, "An Outcome must be entered for this Action")
    is_internal = action.get("hiddenfromuser") is True and not action.get("sendemail")
    note = world.add_note("halopsa", ticket, "", action["note_html"], is_internal=is_internal)
    return Answer.of_json(201, {"id": note.id, "ticket_id": ticket.id, "hiddenfromuser": is_internal})


def _change(world: World, change: dict[str, Any]) -> Answer:
    ticket = world.find("halopsa", change.get("id"))
    if ticket is None or ("status_id" in change and not world.set_status("halopsa", ticket, change["status_id"])):
        return error(400, "You do not have access to this Ticket at the moment")
    ticket.owner_id = change.get("agent_id", ticket.owner_id)
    world.touch(ticket, US)
    return Answer.of_json(201, [_shown(ticket)])


def _list(world: World, request: Request) -> Answer:
    tickets = [_shown(ticket) for ticket in world.tickets["halopsa"].values()]
    found = [ticket for ticket in tickets if ticket["lastactiondate"] > request.query.get("startdate", "")]
    return Answer.of_json(200, {"record_count": len(found), "tickets": _page_of(found, request)})


def _actions(world: World, request: Request) -> Answer:
    ticket = world.find("halopsa", request.query.get("ticket_id"))
    notes = ticket.notes if ticket else []
    actions = [
        {"id": note.id, "note": note.text, "note_html": note.text, "hiddenfromuser": note.is_internal} for note in notes
    ]
    return Answer.of_json(200, {"record_count": len(actions), "actions": _page_of(actions, request)})


def _page_of(rows: list[dict[str, Any]], request: Request) -> list[dict[str, Any]]:
    size, page = int(request.query.get("page_size", 50)), int(request.query.get("page_no", 1))
    return rows[(page - 1) * size : page * size]


def _shown(ticket: Ticket) -> dict[str, Any]:
    return {
        "id": ticket.id,
        "summary": ticket.summary,
        "details": ticket.description,
        "status_id": STATUS_IDS["halopsa"][ticket.status],
        "tickettype_id": 1,
        "priority_id": 1,
        "client_id": 37,
        "client_name": ticket.company,
        "user_name": ticket.contact,
        "agent_id": ticket.owner_id or 1,
        "lastactiondate": ticket.updated_at.removesuffix("Z"),
        "hasbeenclosed": ticket.status == "Closed",
    }
