"""A model that answers nobody before everybody has asked: proof that the questions are put side by side."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from infra.local.fake_http import Answer
from infra.local.rehearsal_model.answers import assess
from infra.local.rehearsal_model.case import Case
from infra.local.rehearsal_model.protocol import api_error, message, read_request
from tests.support.servers.serving import serving

PATIENCE_S = 20


class _Guest(BaseHTTPRequestHandler):
    def __init__(self, meeting: threading.Barrier, *connection: Any) -> None:
        self._meeting = meeting
        super().__init__(*connection)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        asked = read_request({name.lower(): value for name, value in self.headers.items()}, body, None)
        answer = Answer.of_json(200, message(json.dumps(assess(Case.found_in(asked.last_text))), len(body)))
        try:
            self._meeting.wait(PATIENCE_S)
        except threading.BrokenBarrierError:
            answer = api_error(400, "Somebody did not come.")
        self.wfile.write(answer.on_the_wire)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def a_meeting_of(guests: int) -> Iterator[str]:
    """Yield the address of a model that waits until that many have asked."""
    handler = partial(_Guest, threading.Barrier(guests))
    with serving(ThreadingHTTPServer(("127.0.0.1", 0), handler)) as server:
        yield f"http://127.0.0.1:{server.server_address[1]}"
