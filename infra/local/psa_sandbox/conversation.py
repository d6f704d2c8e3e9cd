"""The PSA sandbox over HTTP: which system is called, and which fault is injected."""

from dataclasses import replace
from typing import Any

from infra.local.fake_http import Answer, BadRequest, FakeConversation, Request
from infra.local.psa_sandbox import autotask, connectwise, halopsa
from infra.local.psa_sandbox.control import switch
from infra.local.psa_sandbox.faults import ERRORS
from infra.local.psa_sandbox.sandbox import Sandbox
from infra.local.psa_sandbox.ticket_store import SYSTEMS
from infra.local.psa_sandbox.webhooks import CALLBACK_KEY_PATH, SIGNING_KEY

ANSWERS = {
    "connectwise": connectwise.answer,
    "autotask": autotask.answer,
    "halopsa": halopsa.answer,
}


class Conversation(FakeConversation):
    """One connection of one client."""

    def __init__(self, sandbox: Sandbox, *connection: Any) -> None:
        self._sandbox = sandbox
        super().__init__(*connection)  # this holds the whole conversation

    def respond(self, request: Request) -> None:
        """Answer as the system that is called, or work a switch."""
        _, system, *rest = ["", *request.path.removeprefix("/").split("/", 1)]
        if system not in SYSTEMS:
            self.send(switch(self._sandbox, request))
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
            made = self._made(system, request)
            if fault and kind == "slow_after_accept":
                self.server.stopping.wait(fault.delay_s)
            self.close_connection = kind == "drop_after_accept"
            if not self.close_connection:
                self.send(made)

    def _made(self, system: str, request: Request) -> Answer:
        """The system's answer; of a call that makes no sense, in the form that its errors have."""
        try:
            return ANSWERS[system](self._sandbox.store, request)
        except BadRequest as refusal:
            return ERRORS[system](refusal.status, str(refusal))
