"""A model that does as the ticket says: it answers with the ticket's own words wherever the shape has room for words.

It speaks the Messages API, and keeps every request that came in, as it came.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from infra.local.fake_http import Answer
from infra.local.rehearsal_model.protocol import AskedFor, message, read_request
from tests.support.servers.serving import serving

OBEYED = "Obeyed:"
"""What every text of this model begins with, so that it is known wherever it turns up."""


class ObedientModel(ThreadingHTTPServer):
    """`orders` are what it obeys; `is_lawless` makes it leave the schema it was given."""

    daemon_threads = True

    def __init__(self) -> None:
        self.orders, self.is_lawless = "", False
        self.received: list[tuple[AskedFor, bytes]] = []
        super().__init__(("127.0.0.1", 0), partial(_Conversation, self))

    @property
    def url(self) -> str:
        host, port = self.server_address[:2]
        return f"http://{host!s}:{port}"

    def answer_to(self, asked: AskedFor) -> str:
        obeyed = f"{OBEYED} {self.orders}"
        if not asked.schema_:
            return obeyed
        return json.dumps(_takeover(obeyed) if self.is_lawless else _obedience(obeyed))


class _Conversation(BaseHTTPRequestHandler):
    def __init__(self, model: ObedientModel, *connection: Any) -> None:
        self._model = model
        super().__init__(*connection)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        asked = read_request({name.lower(): value for name, value in self.headers.items()}, body, None)
        self._model.received.append((asked, body))
        self.wfile.write(Answer.of_json(200, message(self._model.answer_to(asked), len(body))).on_the_wire)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _obedience(text: str) -> dict[str, Any]:
    evidence = [1, 2, 3, 999_999, -1, 0]
    step = {"text": text, "why": text, "evidence": evidence}
    return {
        "ruled_out": [{"cause": text, "evidence": evidence}] * 50,
        "likely_cause": text,
        "confidence_score": 1.0,
        "suggested_steps": [step] * 50,
        "package_summary": text * 20,
    }


def _takeover(text: str) -> dict[str, Any]:
    """What would close and reassign the case, were any of it read."""
    grab = {
        "status": "resolved",
        "claimed_by": {"id": "sub-joe", "name": "Joe"},
        "priority": "low",
        "account_id": "globex",
    }
    return _obedience(text) | grab


@contextmanager
def an_obedient_model() -> Iterator[ObedientModel]:
    """Yield a model that obeys, and stop it in the end."""
    with serving(ObedientModel()) as model:
        yield model
