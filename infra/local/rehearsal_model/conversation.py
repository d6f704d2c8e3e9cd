"""How the rehearsal model talks HTTP: what it answers to whom, and how slowly."""

import json
import math
import select
import socket
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

from pydantic import ValidationError

from infra.local.rehearsal_model.answers import assess, chat
from infra.local.rehearsal_model.case import Case
from infra.local.rehearsal_model.faults import Fault, Faults
from infra.local.rehearsal_model.protocol import Answer, AskedFor, Refused, message, read_request

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

    faults: Faults = field(default_factory=Faults)
    received: deque[Received] = field(default_factory=lambda: deque(maxlen=KEPT_REQUESTS))
    abandoned: threading.Event = field(default_factory=threading.Event)
    """Set once a client has gone away before it had its answer."""
    stopping: threading.Event = field(default_factory=threading.Event)


class Conversation(BaseHTTPRequestHandler):
    """One connection of one client."""

    protocol_version = "HTTP/1.1"

    def __init__(self, rehearsal: Rehearsal, *connection: Any) -> None:
        self._rehearsal = rehearsal
        super().__init__(*connection)  # this holds the whole conversation

    def do_GET(self) -> None:
        """Tell how the server is, or what came in."""
        if self.path == "/health":
            self._send(Answer.of_json(200, {"status": "ok"}))
        elif self.path == "/requests":
            requests = [request.without_text for request in self._rehearsal.received]
            self._send(Answer.of_json(200, {"count": len(requests), "requests": requests}))
        else:
            self._send(Answer.of_error(404, "Not found"))

    def do_DELETE(self) -> None:
        """Switch the fault off."""
        self._rehearsal.faults.switch_off()
        self._send(Answer.of_json(200, {"fault": None}))

    def do_POST(self) -> None:
        """Answer a question, or switch a fault on."""
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        match self.path.split("/")[1:]:
            case ["faults"]:
                self._send(self._switch_on(body))
            case ["v1", "messages"]:
                self._answer(body, None)
            case ["model", model, "invoke"]:
                self._answer(body, model)
            case _:
                self._send(Answer.of_error(404, "Not found"))

    def _switch_on(self, body: bytes) -> Answer:
        try:
            fault = Fault.model_validate_json(body)
        except ValidationError as error:
            return Answer.of_error(400, str(error))
        self._rehearsal.faults.switch_on(fault)
        return Answer.of_json(200, {"fault": fault.model_dump()})

    def _answer(self, body: bytes, bedrock_model: str | None) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        try:
            asked = read_request(headers, body, bedrock_model)
        except Refused as refused:
            self._send(Answer.of_error(refused.status, str(refused)))
            return
        fault = self._rehearsal.faults.take()
        self._rehearsal.received.append(Received(asked, headers, fault.kind if fault else None))
        case = Case.found_in(asked.last_text)
        sound = message(json.dumps(assess(case)) if asked.schema_ else chat(case), asked_bytes=len(body))
        if fault:
            self._show(fault, sound)
        else:
            self._send(Answer.of_json(200, sound))

    def _show(self, fault: Fault, sound: dict[str, Any]) -> None:
        match fault.kind:
            case "hang":
                self._still_there_after(math.inf)
            case "drop":
                self.close_connection = True
            case "slow":
                if self._still_there_after(fault.pause_s):
                    self._send(Answer.of_json(200, sound))
            case "drip":
                self._drip(Answer.of_json(200, sound).on_the_wire, fault.pause_s)
            case _:
                self._send(fault.answer_instead(sound))

    def _send(self, answer: Answer) -> None:
        self.log_request(answer.status)
        self.wfile.write(answer.on_the_wire)

    def _drip(self, wire: bytes, pause_s: float) -> None:
        for position in range(len(wire)):
            if not self._still_there_after(pause_s):
                return
            self.wfile.write(wire[position : position + 1])

    def _still_there_after(self, pause_s: float) -> bool:
        """Wait; return False, and end the conversation, as soon as the client has gone or the server stops."""
        until = time.monotonic() + pause_s
        while (left := until - time.monotonic()) > 0 and not self._rehearsal.stopping.is_set():
            readable, _, _ = select.select([self.connection], [], [], min(left, POLL_S))
            if readable and self._has_gone():
                self._rehearsal.abandoned.set()
                self.close_connection = True
                return False
        self.close_connection = self._rehearsal.stopping.is_set()
        return not self.close_connection

    def _has_gone(self) -> bool:
        try:
            return not self.connection.recv(1, socket.MSG_PEEK)
        except ConnectionResetError:
            return True
