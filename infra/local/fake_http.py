"""What the fakes of outside systems share: an HTTP server, requests and answers as values, and a switch for faults."""

import json
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Generic, TypeVar
from urllib.parse import parse_qs, urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError


@dataclass(frozen=True)
class Request:
    """A call. Header names are in small letters."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    raw: bytes

    @property
    def body(self) -> Any:
        """The body as JSON; nothing when there is none."""
        return json.loads(self.raw) if self.raw else None

    @property
    def form(self) -> dict[str, str]:
        """The body as a form."""
        return {name: values[0] for name, values in parse_qs(self.raw.decode()).items()}

    @property
    def parts(self) -> list[str]:
        """The path in pieces, in small letters."""
        return [part for part in self.path.lower().split("/") if part]


@dataclass(frozen=True)
class Answer:
    """What goes back over the wire."""

    status: int
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def on_the_wire(self) -> bytes:
        """The answer as HTTP/1.1 writes it."""
        lines = [f"HTTP/1.1 {self.status} Rehearsed", *(f"{name}: {value}" for name, value in self.headers.items())]
        return "\r\n".join([*lines, f"content-length: {len(self.body)}", "", ""]).encode() + self.body

    @classmethod
    def of_json(cls, status: int, body: object, headers: Mapping[str, str] | None = None) -> "Answer":
        """An answer with a JSON body."""
        content = {"content-type": "application/json", **(headers or {})}
        return cls(status, json.dumps(body, ensure_ascii=False).encode(), content)


class FakeServer(ThreadingHTTPServer):
    """Serves conversations on `port`, or on a free one. `stopping` is set when it closes, and ends every wait."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, host: str, port: int, conversation: Callable[..., "FakeConversation"]) -> None:
        self.stopping = threading.Event()
        super().__init__((host, port), conversation)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://localhost:{self.server_address[1]}"

    def server_close(self) -> None:
        """Stop listening, and let no conversation wait any longer."""
        self.stopping.set()
        super().server_close()


class FakeConversation(BaseHTTPRequestHandler, ABC):
    """One connection of one client. A fake says in `respond` what it answers."""

    protocol_version = "HTTP/1.1"
    server: FakeServer

    def do_GET(self) -> None:
        """Answer a call."""
        self.respond(self._read())

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET  # noqa: N815  named by http.server

    @abstractmethod
    def respond(self, request: Request) -> None:
        """Send what the fake answers, or close the connection without a word."""

    def send(self, answer: Answer) -> None:
        """Write the answer."""
        self.log_request(answer.status)
        self.wfile.write(answer.on_the_wire)

    def _read(self) -> Request:
        address = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        headers = {name.lower(): value for name, value in self.headers.items()}
        raw = self.rfile.read(int(headers.get("content-length", 0)))
        return Request(self.command, address.path, query, headers, raw)


class SwitchedFault(BaseModel):
    """A fault by its kind, shown `count` times or until it is switched off. The fakes add what theirs can do."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    count: int | None = Field(default=None, ge=1)


FaultT = TypeVar("FaultT", bound=SwitchedFault)


class FaultSwitch(Generic[FaultT]):
    """The fault that is on, if any; each call that meets it takes it once."""

    def __init__(self, kind: type[FaultT]) -> None:
        self._kind = kind
        self._lock = threading.Lock()
        self._fault: FaultT | None = None
        self._left: int | None = None

    @property
    def current(self) -> FaultT | None:
        """The fault that is on."""
        return self._fault

    def switch_on(self, fault: FaultT) -> None:
        """Show `fault` from now on, in place of any other."""
        with self._lock:
            self._fault, self._left = fault, fault.count

    def switch_off(self) -> None:
        """Answer soundly again."""
        with self._lock:
            self._fault = None

    def take(self, meets: Callable[[FaultT], bool] = lambda _: True) -> FaultT | None:
        """Return the fault for one call, if the call meets it."""
        with self._lock:
            fault = self._fault
            if fault is None or not meets(fault):
                return None
            if self._left is not None:
                self._left -= 1
                self._fault = fault if self._left else None
            return fault

    def serve(self, request: Request) -> Answer:
        """Answer `POST /faults`, which switches a fault on, and `DELETE /faults`. 400 for a fault that is unknown."""
        if request.method == "DELETE":
            self.switch_off()
            return Answer.of_json(200, {"fault": None})
        try:
            fault = self._kind.model_validate_json(request.raw)
        except ValidationError as error:
            return Answer.of_json(400, {"error": str(error)})
        self.switch_on(fault)
        return Answer.of_json(200, {"fault": fault.model_dump()})
