"""How the PSA sandbox talks HTTP: which system is called, what goes wrong, and the switches beside them."""

from collections import deque
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from infra.local.fake_http import Answer, FakeConversation, FaultSwitch, Request
from infra.local.psa_sandbox import autotask, connectwise, halopsa
from infra.local.psa_sandbox.faults import PsaFault
from infra.local.psa_sandbox.page import page
from infra.local.psa_sandbox.webhooks import CALLBACK_KEY_PATH, SIGNING_KEY, Delivered, Hook, delivery_of
from infra.local.psa_sandbox.world import STATUS_IDS, SYSTEMS, World

ANSWERS = {
    "connectwise": connectwise.answer,
    "autotask": autotask.answer,
    "halopsa": halopsa.answer,
}
NOTHING = Answer.of_json(404, {"error": "Not found"})


@dataclass
class Sandbox:
    """What all conversations share. `received` keeps the newest calls, for tests in the same process."""

    world: World
    faults: FaultSwitch[PsaFault] = field(default_factory=lambda: FaultSwitch(PsaFault))
    hooks: dict[str, Hook] = field(default_factory=dict)
    received: deque[tuple[str, Request]] = field(default_factory=lambda: deque(maxlen=1000))
    url: str = ""

    def address(self, system: str) -> str:
        """Where one of the systems is."""
        return f"{self.url}/{system}"

    def change(
        self,
        system: str,
        ticket_id: int,
        *,
        status: str | None = None,
        owner_id: int | None = None,
        is_told: bool = True,
    ) -> Delivered | None:
        """Change a ticket as the PSA's own people would, and send its webhook unless it is to get lost."""
        ticket = self.world.tickets[system][ticket_id]
        ticket.status, ticket.owner_id = status or ticket.status, owner_id or ticket.owner_id
        self.world.touch(ticket, "dispatcher")
        return self.send_webhook(system, ticket_id) if is_told else None

    def send_webhook(self, system: str, ticket_id: int) -> Delivered | None:
        """Tell of the ticket's latest change, whoever made it; None when nobody is to be told."""
        hook, ticket = self.hooks.get(system), self.world.tickets[system][ticket_id]
        return delivery_of(system, hook, self.address(system), ticket).send() if hook else None


class Conversation(FakeConversation):
    """One connection of one client."""

    def __init__(self, sandbox: Sandbox, *connection: Any) -> None:
        self._sandbox = sandbox
        super().__init__(*connection)  # this holds the whole conversation

    def respond(self, request: Request) -> None:
        """Answer as the system that is called, or work a switch."""
        _, system, *rest = request.path.split("/", 2)
        if system not in SYSTEMS:
            self.send(self._switch(request))
            return
        headers = {**request.headers, "x-sandbox-address": self._sandbox.address(system)}
        self._play(system, replace(request, path="/" + "".join(rest), headers=headers))

    def log_message(self, format: str, *told: Any) -> None:
        """Keep quiet."""

    def _play(self, system: str, request: Request) -> None:
        if request.path == CALLBACK_KEY_PATH:
            self.send(Answer.of_json(200, {"signing_key": SIGNING_KEY}, {"content-type": "text/plain"}))
            return
        self._sandbox.received.append((system, request))
        fault = self._sandbox.faults.take(lambda fault: fault.strikes(system, request))
        kind = fault.kind if fault else ""
        if fault and kind == "slow":
            self.server.stopping.wait(fault.delay_s)
        if kind == "drop":
            self.close_connection = True
        elif fault and kind not in ("slow", "drop_after_accept", "slow_after_accept"):
            self.send(fault.answer_instead(system))
        else:
            made = ANSWERS[system](self._sandbox.world, request)
            if fault and kind == "slow_after_accept":
                self.server.stopping.wait(fault.delay_s)
            self.close_connection = kind == "drop_after_accept"
            if not self.close_connection:
                self.send(made)

    def _switch(self, request: Request) -> Answer:
        match [request.method, *request.parts]:
            case ["GET"]:
                content = page(self._sandbox.world, self._sandbox.faults.current)
                return Answer(200, content.encode(), {"content-type": "text/html; charset=utf-8"})
            case ["GET", "health"]:
                return Answer.of_json(200, {"status": "ok"})
            case ["GET", "tickets"]:
                return Answer.of_json(200, self._tickets())
            case ["POST" | "PUT" | "DELETE", *_]:
                return self._change(request)
        return NOTHING

    def _change(self, request: Request) -> Answer:
        match [request.method, *request.parts]:
            case ["POST" | "DELETE", "faults"]:
                return self._sandbox.faults.serve(request)
            case ["PUT", "hooks", system] if system in SYSTEMS:
                self._sandbox.hooks[system] = Hook(**request.body)
                return Answer.of_json(200, {"system": system})
            case ["POST", "tickets", system, *place] if system in SYSTEMS:
                return self._work(system, place, request.body)
            case ["POST", "page", *place]:
                return self._press(place, request.form)
        return NOTHING

    def _work(self, system: str, place: list[str], wanted: Any) -> Answer:
        if not place:
            return Answer.of_json(201, asdict(self._sandbox.world.open_ticket(system, **wanted)))
        ticket = self._sandbox.world.find(system, place[0])
        match place[1:]:
            case [] if ticket:
                delivered = self._sandbox.change(system, ticket.id, **wanted)
            case ["webhook"] if ticket:
                delivered = self._sandbox.send_webhook(system, ticket.id)
            case _:
                return NOTHING
        return Answer.of_json(200, asdict(delivered) if delivered else {"status": None})

    def _press(self, place: list[str], form: dict[str, str]) -> Answer:
        match place:
            case ["fault"] if form.get("kind"):
                self._sandbox.faults.switch_on(PsaFault(kind=form["kind"]))
            case ["fault"]:
                self._sandbox.faults.switch_off()
            case [system, ticket_id] if form.get("status") in STATUS_IDS.get(system, {}):
                self._sandbox.change(system, int(ticket_id), status=form["status"])
        return Answer(303, b"", {"location": "/"})

    def _tickets(self) -> dict[str, Any]:
        tickets = self._sandbox.world.tickets
        return {system: [asdict(ticket) for ticket in found.values()] for system, found in tickets.items()}
