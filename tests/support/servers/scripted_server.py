"""A server that answers each path as a test says, for answers that no sandbox gives by itself."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

from infra.local.fake_http import Answer, FakeConversation, FakeServer, Request
from tests.support.servers.serving import serving

HALO_LOGIN = {
    "GET /api/authinfo": {"tenant_id": "northwind"},
    "POST /auth/token": {"access_token": "t", "expires_in": 3600},
}


class ScriptedServer(FakeServer):
    """`answers` are JSON bodies, answers, or functions of the request, by method and path; all else is 404."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self.answers = dict(answers)
        self.received: list[Request] = []
        super().__init__("127.0.0.1", 0, partial(_Conversation, self))

    def bodies(self, call: str) -> list[Any]:
        """The bodies that were sent with a call."""
        return [json.loads(request.raw) for request in self.received if _named(request) == call]

    def queries(self, call: str) -> list[Mapping[str, str]]:
        """The queries of a call."""
        return [request.query for request in self.received if _named(request) == call]


def _named(request: Request) -> str:
    return f"{request.method} /{'/'.join(request.parts)}"


class _Conversation(FakeConversation):
    def __init__(self, script: ScriptedServer, *connection: Any) -> None:
        self._script = script
        super().__init__(*connection)

    def respond(self, request: Request) -> None:
        self._script.received.append(request)
        found = self._script.answers.get(_named(request), Answer(404, b""))
        found = found(request) if callable(found) else found
        self.send(found if isinstance(found, Answer) else Answer.of_json(200, found))

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def a_scripted_server(answers: Mapping[str, Any]) -> Iterator[ScriptedServer]:
    """Yield a server with these answers, and stop it in the end."""
    with serving(ScriptedServer(answers)) as server:
        yield server
