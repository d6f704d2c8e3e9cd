"""The sandbox's own API: what its people do in place of the PSAs' people. Every word is checked before any is kept."""

import re
from dataclasses import asdict
from typing import Annotated

import httpx2
from pydantic import AfterValidator, AnyHttpUrl, BaseModel, ConfigDict, Field, TypeAdapter

from infra.local.fake_http import Answer, BadRequest, Request, checked
from infra.local.psa_sandbox.faults import PsaFault
from infra.local.psa_sandbox.page import page
from infra.local.psa_sandbox.sandbox import Sandbox
from infra.local.psa_sandbox.ticket_store import PEOPLE, SYSTEMS, Status, Ticket
from infra.local.psa_sandbox.webhooks import Hook

Secret = Annotated[str, Field(pattern="^[!-~]*$")]
"""It is sent in a header, as it is."""


def _http_url(text: str) -> str:
    TypeAdapter(AnyHttpUrl).validate_python(text)
    try:
        httpx2.URL(text)
    except httpx2.InvalidURL as error:
        raise ValueError(str(error)) from error
    return text


def _person(number: int) -> int:
    if number not in PEOPLE:
        raise ValueError(f"the people are {', '.join(map(str, PEOPLE))}")
    return number


def _instant_or_none(text: str) -> str:
    if text and not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", text, re.ASCII):
        raise ValueError("a time is written as 2026-11-30T16:00:00.000Z, no time as an empty text")
    return text


class _Order(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class NewTicket(_Order):
    """A ticket to be opened."""

    summary: str = Field(min_length=1, max_length=250)


class TicketChange(_Order):
    """A change of a ticket, or an answer of the customer's. An empty `due_at` takes its SLA time away.

    Without `is_told` its webhook gets lost.
    """

    status: Status | None = None
    owner_id: Annotated[int, AfterValidator(_person)] | None = None
    due_at: Annotated[str, AfterValidator(_instant_or_none)] | None = None
    is_answered: bool = False
    is_told: bool = True


class HookOrder(_Order):
    """Where a system is to send its webhooks."""

    url: Annotated[str, AfterValidator(_http_url)]
    secret: Secret = ""
    username: Secret | None = None


def switch(sandbox: Sandbox, request: Request) -> Answer:
    """Answer a call to the sandbox itself. Raises BadRequest for a word that it does not know, having kept nothing."""
    if request.method == "GET":
        return _shown(sandbox, request.parts)
    match [request.method, *request.parts]:
        case ["POST" | "DELETE", "faults"]:
            return sandbox.faults.serve(request)
        case ["PUT", "hooks", system] if system in SYSTEMS:
            sandbox.hooks[system] = Hook(**request.as_a(HookOrder).model_dump())
            if system == "autotask":
                sandbox.store.webhook_url, sandbox.store.is_webhook_active = sandbox.hooks[system].url, True
            return Answer.of_json(200, {"system": system})
        case ["POST", "tickets", system, *place] if system in SYSTEMS:
            return _work(sandbox, system, place, request)
        case ["POST", "page", *place]:
            _press(sandbox, place, request.form)
            return Answer(303, b"", {"location": "/"})
    raise _unknown()


def _shown(sandbox: Sandbox, parts: list[str]) -> Answer:
    match parts:
        case []:
            content = page(sandbox.store, sandbox.faults.current)
            return Answer(200, content.encode(), {"content-type": "text/html; charset=utf-8"})
        case ["health"]:
            return Answer.of_json(200, {"status": "ok"})
        case ["tickets"]:
            return Answer.of_json(200, {name: list(map(asdict, sandbox.store.all(name))) for name in SYSTEMS})
    raise _unknown()


def _work(sandbox: Sandbox, system: str, place: list[str], request: Request) -> Answer:
    match place:
        case []:
            opened = sandbox.store.open_ticket(system, request.as_a(NewTicket).summary)
            return Answer.of_json(201, asdict(opened))
        case [ticket_id]:
            ticket = _ticket(sandbox, system, ticket_id)
            delivered = sandbox.change(system, ticket.id, **request.as_a(TicketChange).model_dump())
        case [ticket_id, "webhook"]:
            delivered = sandbox.send_webhook(system, _ticket(sandbox, system, ticket_id).id)
        case _:
            raise _unknown()
    return Answer.of_json(200, asdict(delivered) if delivered else {"status": None})


def _press(sandbox: Sandbox, place: list[str], form: dict[str, str]) -> None:
    """A button of the page."""
    match place:
        case ["fault"] if form.get("kind"):
            sandbox.faults.switch_on(checked(PsaFault, {"kind": form["kind"]}))
        case ["fault"]:
            sandbox.faults.switch_off()
        case [system, ticket_id] if system in SYSTEMS:
            ticket = _ticket(sandbox, system, ticket_id)
            sandbox.change(system, ticket.id, **checked(TicketChange, {"status": form.get("status")}).model_dump())
        case _:
            raise _unknown()


def _ticket(sandbox: Sandbox, system: str, ticket_id: str) -> Ticket:
    ticket = sandbox.store.find(system, ticket_id)
    if ticket is None:
        raise _unknown()
    return ticket


def _unknown() -> BadRequest:
    return BadRequest("Not found", 404)
