"""What may be behind the address of a PSA: nobody, or a server that answers anything but what a PSA does."""

import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle
from typing import Any

from tests.support.servers.serving import serving

INVALID_ANSWERS = (
    (200, b"<!doctype html><title>Maintenance</title>"),
    (200, b""),
    (200, b'{"access_token": {}, "items": 7, "id": [null]}'),
    (200, b'{"access_token": "\\u00e9\\n", "expires_in": "soon", "items": [[]], "tickets": [1]}'),
    (200, b'{"access_token": "a", "items": [{"id": 1e999}], "pageDetails": 1, "tickets": [{"id": 1e999}]}'),
    (200, b"[[[1e999, null"),
    (200, b"\xff\xfe\x00 no text at all"),
    (201, b'"a string"'),
    (204, b""),
    (302, b""),
    (401, b'{"message": ["not", "words"], "errors": [{}]}'),
    (400, b'{"message": 7, "errors": [1, null, "words"]}'),
    (404, b"null"),
    (429, b"Too many requests"),
    (500, b'{"errors": "none"}'),
    (503, b"Down"),
)
"""Statuses and bodies, sent in turn."""


class _Conversation(BaseHTTPRequestHandler):
    def __init__(self, answers: Iterator[tuple[int, bytes]], *connection: Any) -> None:
        self._answers = answers
        super().__init__(*connection)

    def do_GET(self) -> None:
        self._answer()

    def do_PATCH(self) -> None:
        self.do_POST()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._answer()

    def _answer(self) -> None:
        status, body = next(self._answers)
        self.send_response(status)
        self.send_header("Location", "/elsewhere")
        self.send_header("Retry-After", "1")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def a_broken_server(answers: Iterable[tuple[int, bytes]] = INVALID_ANSWERS) -> Iterator[str]:
    """Yield the address of a server that answers broken, and stop it in the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Conversation, cycle(answers)))
    with serving(server):
        yield f"http://localhost:{server.server_address[1]}"


@contextmanager
def a_deaf_port() -> Iterator[str]:
    """Yield an address that is reserved, but at which nothing listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield f"http://localhost:{held.getsockname()[1]}"
