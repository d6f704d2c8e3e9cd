"""The rehearsal model over HTTP: its routes, its answers and their delays."""

import json
import math
import select
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from infra.local.fake_http import Answer, FakeConversation, Request
from infra.local.fault_switch import FaultSwitch
from infra.local.rehearsal_model.answers import assess, chat
from infra.local.rehearsal_model.case import Case
from infra.local.rehearsal_model.faults import Fault
from infra.local.rehearsal_model.protocol import AskedFor, Refused, api_error, message, read_request

KEPT_REQUESTS = 1000
POLL_S = 0.05


@dataclass(frozen=True)
class Received:
    """A request that was understood, and the fault it met."""

    asked: AskedFor
    headers: dict[str, str]
    fault: str | None

    @property
    def without_text(self) -> dict[str, str | None]:
        """What may be told of it to anyone."""
        kind = "assessment" if self.asked.schema_ else "chat"
        return {"model": self.asked.model, "kind": kind, "fault": self.fault}


@dataclass(frozen=True)
class Rehearsal:
    """What all conversations share. `received` keeps the newest requests whole, for tests in the same process."""

    faults: FaultSwitch[Fault] = field(default_factory=lambda: FaultSwitch(Fault))
    received: deque[Received] = field(default_factory=lambda: deque(maxlen=KEPT_REQUESTS))
    abandoned: threading.Event = field(default_factory=threading.Event)
    """Set once a client has gone away before it had its answer."""


class Conversation(FakeConversation):
    """One connection of one client."""

    def __init__(self, rehearsal: Rehearsal, *connection: Any) -> None:
        self._rehearsal = rehearsal
        super().__init__(*connection)  # this holds the whole conversation

    def respond(self, request: Request) -> None:
        """Answer a question, switch a fault on or off, or report what came in."""
        match [request.method, *request.path.split("/")[1:]]:
            case ["POST", "v1", "messages"]:
                self._answer(request, None)
            case ["POST", "model", model, "invoke"]:
                self._answer(request, model)
            case ["POST" | "DELETE", "faults"]:
                self.send(self._rehearsal.faults.serve(request))
            case ["GET", "health"]:
                self.send(Answer.of_json(200, {"status": "ok"}))
            case ["GET", "requests"]:
                requests = [received.without_text for received in self._rehearsal.received]
                self.send(Answer.of_json(200, {"count": len(requests), "requests": requests}))
            case _:
                self.send(api_error(404, "Not found"))

    def _answer(self, request: Request, bedrock_model: str | None) -> None:
        try:
            asked = read_request(request.headers, request.raw, bedrock_model)
        except Refused as refused:
            self.send(api_error(refused.status, str(refused)))
            return
        was_switched_off = self._rehearsal.faults.times_switched_off
        fault = self._rehearsal.faults.take()
        self._rehearsal.received.append(Received(asked, dict(request.headers), fault.kind if fault else None))
        case = Case.found_in(asked.last_text)
        sound = message(json.dumps(assess(case)) if asked.schema_ else chat(case), asked_bytes=len(request.raw))
        if fault:
            self._show(fault, sound, lambda: self._rehearsal.faults.times_switched_off > was_switched_off)
        else:
            self.send(Answer.of_json(200, sound))

    def _show(self, fault: Fault, sound: dict[str, Any], is_switched_off: Callable[[], bool]) -> None:
        match fault.kind:
            case "hang":
                self._still_there_after(math.inf)
            case "drop":
                self.close_connection = True
            case "slow":
                if self._still_there_after(fault.pause_s):
                    self.send(Answer.of_json(200, sound))
            case "held":
                if self._still_there_after(fault.pause_s, is_switched_off):
                    self.send(Answer.of_json(200, sound))
            case "drip":
                self._drip(Answer.of_json(200, sound).on_the_wire, fault.pause_s)
            case _:
                self.send(fault.answer_instead(sound))

    def _drip(self, wire: bytes, pause_s: float) -> None:
        for position in range(len(wire)):
            if not self._still_there_after(pause_s):
                return
            self.wfile.write(wire[position : position + 1])

    def _still_there_after(self, pause_s: float, is_over: Callable[[], bool] = lambda: False) -> bool:
        """Wait; return False, and end the conversation, as soon as the client has gone or the server stops.

        The wait ends before `pause_s` once it `is_over`.
        """
        until = time.monotonic() + pause_s
        while (left := until - time.monotonic()) > 0 and not is_over() and not self.server.stopping.is_set():
            readable, _, _ = select.select([self.connection], [], [], min(left, POLL_S))
            if readable and self._has_gone():
                self._rehearsal.abandoned.set()
                self.close_connection = True
                return False
        self.close_connection = self.server.stopping.is_set()
        return not self.close_connection

    def _has_gone(self) -> bool:
        try:
            return not self.connection.recv(1, socket.MSG_PEEK)
        except ConnectionResetError:
            return True
