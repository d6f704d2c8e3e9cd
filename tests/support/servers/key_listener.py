"""A host that a forged delivery may name: it serves keys or redirects, and counts requests."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.support.servers.serving import serving

API = "/v4_6_release/apis/"


@dataclass
class KeyListener:
    """Keeps the path of every request in `asked`; with `sends_on_to` it answers with a redirect there.

    There is no API of ConnectWise's here. Who asks for a ticket is the worker of some earlier delivery, at the address
    that the integration has by now: that is not kept.
    """

    port: int = 0
    sends_on_to: str = ""
    key: str = "a-real-key-of-somebody"
    asked: list[str] = field(default_factory=list)


class _Conversation(BaseHTTPRequestHandler):
    def __init__(self, listener: KeyListener, *connection: Any) -> None:
        self._listener = listener
        super().__init__(*connection)

    def do_GET(self) -> None:
        if self.path.startswith(API):
            self.send_error(404)
            return
        self._listener.asked.append(self.path)
        content = json.dumps({"signing_key": self._listener.key}).encode()
        self.send_response(302 if self._listener.sends_on_to else 200)
        if self._listener.sends_on_to:
            self.send_header("Location", self._listener.sends_on_to)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def a_key_listener() -> Iterator[KeyListener]:
    """Yield a listener on a port of its own, and stop it in the end."""
    listener = KeyListener()
    with serving(ThreadingHTTPServer(("127.0.0.1", 0), partial(_Conversation, listener))) as server:
        listener.port = server.server_address[1]
        yield listener
