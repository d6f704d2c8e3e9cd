"""What the PSA sandbox answers to the calls of FlowPilot, body by body, with the kind of record that each one holds."""

import json
from typing import Any

from infra.local.fake_http import Answer, Request
from infra.local.psa_sandbox import autotask, connectwise, halopsa
from infra.local.psa_sandbox.ticket_store import CLOSED, FABRIKAM, TicketStore
from tests.support.builders import SUMMARY

Record = tuple[str, dict[str, Any]]
"""A kind of record, as `connectwise ticket`, and one that was answered."""

CONNECTWISE = "/v4_6_release/apis/3.0"
AUTOTASK = "/atservicesrest/v1.0"


def a_ticket_store() -> tuple[TicketStore, int, int, int]:
    """Three systems with a ticket each that has an owner and a note, and the tickets' ids; that of Halo is closed."""
    store = TicketStore()
    store.open_tickets([("T20261123.0041", SUMMARY, FABRIKAM)])
    found = [store.all(system)[0] for system in ("connectwise", "autotask", "halopsa")]
    for system, ticket in zip(("connectwise", "autotask", "halopsa"), found, strict=True):
        ticket.owner_id = 14
        store.add_note(system, ticket, "Handed off", "Picked up by Sam", is_internal=True)
    found[2].status = CLOSED
    store.touch(found[2], "dispatcher")
    return store, found[0].id, found[1].id, found[2].id


def records_of_connectwise() -> list[Record]:
    """What ConnectWise answers: to reads, to what is written, and as a refusal."""
    store, ticket, _, _ = a_ticket_store()
    headers = {"authorization": connectwise._LOGIN, "clientid": connectwise.CLIENT_ID}

    def call(method: str, path: str, raw: bytes = b"") -> list[dict[str, Any]]:
        return _rows(connectwise.answer(store, Request(method, CONNECTWISE + path, {}, headers, raw)))

    named = {
        "ticket": call("GET", "/service/tickets") + call("GET", f"/service/tickets/{ticket}"),
        "note": call("GET", f"/service/tickets/{ticket}/notes")
        + call("POST", f"/service/tickets/{ticket}/notes", b'{"text": "Resolved", "internalAnalysisFlag": true}'),
        "board": call("GET", "/service/boards"),
        "status": call("GET", "/service/boards/12/statuses"),
        "member": call("GET", "/system/members") + call("GET", "/system/members/14"),
        "error": call("PATCH", f"/service/tickets/{ticket}", b'[{"op": "replace", "path": "nothing", "value": 1}]')
        + call("GET", "/service/tickets/1"),
    }
    return [(f"connectwise {kind}", row) for kind, rows in named.items() for row in rows]


def records_of_autotask() -> list[Record]:
    """What Autotask answers to queries, by entity."""
    store, _, _, _ = a_ticket_store()
    store.webhook_url = "https://flowpilot.example/webhooks/acme/psa"
    secrets = autotask.SECRETS
    headers = {
        "username": autotask.USER_NAME,
        "secret": secrets["api_secret"],
        "apiintegrationcode": secrets["api_integration_code"],
        "x-sandbox-address": "https://sandbox.example",
    }
    entities = ("tickets", "ticketnotes", "resources", "companies", "contacts", "contracts", "ticketwebhooks")
    found: list[Record] = []
    for entity in entities:
        every = b'{"filter": [{"op": "exist", "field": "id"}]}'
        answer = autotask.answer(store, Request("POST", f"{AUTOTASK}/{entity}/query", {}, headers, every))
        [page] = _rows(answer)
        found += [("page", page["pageDetails"]), *((entity, row) for row in page["items"])]
    return found


def records_of_halopsa() -> list[Record]:
    """What HaloPSA answers of tickets and actions."""
    store, _, _, ticket = a_ticket_store()
    headers = {"authorization": f"Bearer {halopsa.TOKEN}"}

    def call(method: str, path: str, query: dict[str, str], raw: bytes = b"") -> list[dict[str, Any]]:
        return _rows(halopsa.answer(store, Request(method, f"/api{path}", query, headers, raw)))

    written = b'[{"ticket_id": %d, "outcome_id": 7, "hiddenfromuser": true, "note_html": "Resolved"}]' % ticket
    [tickets], [actions] = call("GET", "/tickets", {}), call("GET", "/actions", {"ticket_id": str(ticket)})
    shown = [*tickets["tickets"], *call("GET", f"/tickets/{ticket}", {"includedetails": "true"})]
    changed = call("POST", "/tickets", {}, b'[{"id": %d, "status_id": 2}]' % ticket)
    made = call("POST", "/actions", {}, written)
    named = {"ticket": shown + changed, "action": actions["actions"] + made}
    return [(f"halopsa {kind}", row) for kind, rows in named.items() for row in rows]


def _rows(answer: Answer) -> list[dict[str, Any]]:
    body = json.loads(answer.body)
    return body if isinstance(body, list) else [body]
