"""A fake of an outside system in the test's own process, spoken to over HTTP."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx2

from infra.local.fake_http import FakeServer


@dataclass(frozen=True)
class Fake:
    """A fake, a client of it, and everything that it keeps."""

    server: FakeServer
    client: httpx2.Client
    kept_at: str

    def kept(self) -> Any:
        return self.client.get(self.kept_at).raise_for_status().json()

    def send(self, method: str, path: str, body: object, headers: dict[str, str] | None = None) -> httpx2.Response:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.client.request(method, path, content=raw, headers=headers)


@contextmanager
def talking_to(server: FakeServer, kept_at: str) -> Iterator[Fake]:
    with httpx2.Client(base_url=server.url, timeout=10) as client:
        yield Fake(server, client, kept_at)
