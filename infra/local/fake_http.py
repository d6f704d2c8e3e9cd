"""The HTTP server that the fakes of outside systems share, with requests and answers as values."""

import json
import threading
import traceback
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

from pydantic import BaseModel, ValidationError
from pydantic_core import from_json

MAX_BODY_BYTES = 16 * 2**20
ModelT = TypeVar("ModelT", bound=BaseModel)


class BadRequest(Exception):
    """The request is invalid; the text says why. It had no effect."""

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


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
        """The body as JSON; nothing when there is none. Raises BadRequest for what is no JSON, or no Unicode."""
        try:
            return from_json(self.raw, allow_inf_nan=False) if self.raw else None
        except ValueError as error:
            raise BadRequest(f"The body is no JSON: {error}") from error

    @property
    def fields(self) -> dict[str, Any]:
        """The body as a JSON object. Raises BadRequest for any other."""
        body = self.body
        if not isinstance(body, dict):
            raise BadRequest("The body is to be a JSON object.")
        return body

    def as_a(self, model: type[ModelT]) -> ModelT:
        """Return the body as a `model`. Raises BadRequest with what is wrong, and with what would be right."""
        return checked(model, self.body)

    @property
    def form(self) -> dict[str, str]:
        """The body as a form. Raises BadRequest when it is no text."""
        try:
            return {name: values[0] for name, values in parse_qs(self.raw.decode()).items()}
        except ValueError as error:
            raise BadRequest("The body is no form.") from error

    def number(self, name: str, default: int) -> int:
        """The query's number of that name. Raises BadRequest for one below 1 and for other words."""
        number = whole_number(self.query.get(name, default))
        if not number:
            raise BadRequest(f"{name} is to be a number from 1 on.")
        return number

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
    """One connection of one client. Each fake implements `respond`."""

    protocol_version = "HTTP/1.1"
    server: FakeServer

    def do_GET(self) -> None:
        """Answer a call, whatever it is."""
        try:
            self._serve()
        except ConnectionError:  # the client has gone
            self.close_connection = True

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET  # noqa: N815  named by http.server

    @abstractmethod
    def respond(self, request: Request) -> None:
        """Send what the fake answers, or close the connection without a word. BadRequest is answered 400."""

    def send(self, answer: Answer) -> None:
        """Write the answer."""
        self.log_request(answer.status)
        self.wfile.write(answer.on_the_wire)

    def _serve(self) -> None:
        try:
            self.respond(self._read())
        except BadRequest as refusal:
            self.send(Answer.of_json(refusal.status, {"error": str(refusal)}))
        except ConnectionError:
            raise
        except Exception as fault:  # noqa: BLE001  in a test a fault of the fake must not look like an outage
            self.log_error("%s", traceback.format_exc())
            self.send(Answer(500, f"The fake failed: {fault!r}".encode()))

    def _read(self) -> Request:
        headers = {name.lower(): value for name, value in self.headers.items()}
        raw = self._read_body(headers)
        try:
            address = urlsplit(self.path)
        except ValueError as error:
            raise BadRequest(f"The address cannot be read: {error}") from error
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        return Request(self.command, address.path, query, headers, raw)

    def _read_body(self, headers: Mapping[str, str]) -> bytes:
        """After a body of unknown length nothing else on the connection can be understood, so it is closed."""
        is_last, self.close_connection = self.close_connection, True
        if "transfer-encoding" in headers:
            raise BadRequest("A length is required.", 411)
        length = whole_number(headers.get("content-length", 0))
        if length is None:
            raise BadRequest("content-length is to be a number.")
        if length > MAX_BODY_BYTES:
            raise BadRequest("The body is too large.", 413)
        self.close_connection = is_last
        return self.rfile.read(length)


def whole_number(word: object) -> int | None:
    """The number that the word is, as digits or as JSON has it; None for any other."""
    text = str(word)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def checked(model: type[ModelT], value: object) -> ModelT:
    """Return the value as a `model`. Raises BadRequest with what is wrong, and with what would be right."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise BadRequest("; ".join(_complaint(fault) for fault in error.errors())) from error


def _complaint(fault: Mapping[str, Any]) -> str:
    return f"{'.'.join(map(str, fault['loc'])) or 'body'}: {fault['msg']}"
