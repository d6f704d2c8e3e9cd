"""The API as a client reaches it, in the test's own process."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from chalice.test import Client

from app import app
from chalicelib.domain.people import Caller
from tests.support.api.declared_errors import assert_declared
from tests.support.dynamodb.granted_calls import within_grants
from tests.support.servers.identity_provider import IdentityProvider


class Answer(NamedTuple):
    """What came back; the names of headers in small letters."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        """The body, read as JSON."""
        return json.loads(self.text)


class ApiClient:
    """Sends requests to the app as any caller.

    It checks that each error answer is declared, and that the function's policy grants what the app asks of DynamoDB.
    """

    def __init__(self, provider: IdentityProvider) -> None:
        self.http = Client(app).http
        self.provider = provider

    def call(
        self,
        method: str,
        path: str,
        *,
        by: Caller | None = None,
        body: object = None,
        raw: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send a request: `body` as JSON, or `raw` as it is; `by` adds a token."""
        sent = {"content-type": "application/json"}
        if by:
            sent["authorization"] = f"Bearer {self.provider.token_of(by)}"
        if raw is None:
            raw = b"" if body is None else json.dumps(body).encode()
        with within_grants("api"):
            response = self.http.request(method, path, headers={**sent, **(headers or {})}, body=raw)
        received = {name.lower(): value for name, value in response.headers.items()}
        assert_declared(method, path, response.status_code, response.body)
        return Answer(response.status_code, received, response.body.decode())
