"""What two processes that start from one snapshot share: nothing but code."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

import pytest

from chalicelib.domain.people import Role
from infra.dependencies import ROOT
from tests.support.builders import a_caller
from tests.support.servers.identity_provider import an_identity_provider
from tests.support.servers.serving import serving


class Request(NamedTuple):
    """One request to DynamoDB: from which connection, and signed with which key."""

    client_port: int
    access_key: str


class Runs(NamedTuple):
    """What two copies of one process image did, and what their neighbors saw of it."""

    copies: list[dict[str, Any]]
    requests: list[Request]
    key_fetches: int


class DynamoDbStub(ThreadingHTTPServer):
    """Takes every write and knows no item."""

    daemon_threads = True

    def __init__(self) -> None:
        self.requests: list[Request] = []
        super().__init__(("127.0.0.1", 0), partial(_Conversation, self))


class _Conversation(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, stub: DynamoDbStub, *connection: Any) -> None:
        self._stub = stub
        super().__init__(*connection)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        signed_with = re.search(r"Credential=([\w-]+)/", self.headers["Authorization"])
        assert signed_with
        self._stub.requests.append(Request(self.client_address[1], signed_with[1]))
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def runs() -> Iterator[Runs]:
    with an_identity_provider() as provider, serving(DynamoDbStub()) as stub:
        environment = {
            "PYTHONPATH": str(ROOT),
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{stub.server_address[1]}",
            **provider.environment,
        }
        image = subprocess.run(  # noqa: S603  a program of ours
            [sys.executable, "-m", "tests.unit.infra.snapshot_image", provider.token_of(a_caller(role=Role.ENGINEER))],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert image.returncode == 0, image.stderr
        copies = [json.loads(line) for line in image.stdout.splitlines() if line.startswith('{"status"')]
        yield Runs(copies, stub.requests, provider.fetches)


def test_each_copy_of_a_snapshot_answers(runs: Runs) -> None:
    assert [copy["status"] for copy in runs.copies] == [201, 201]


def test_each_copy_of_a_snapshot_draws_its_own_random_numbers(runs: Runs) -> None:
    assert len({copy["drawn"] for copy in runs.copies}) == 2


def test_each_copy_of_a_snapshot_makes_its_own_ids(runs: Runs) -> None:
    assert len({copy["id"] for copy in runs.copies}) == 2


def test_each_copy_of_a_snapshot_reads_the_clock_after_its_restore(runs: Runs) -> None:
    assert [copy["is_later"] for copy in runs.copies] == [True, True]


def test_each_copy_of_a_snapshot_signs_with_the_credentials_it_was_restored_with(runs: Runs) -> None:
    assert {request.access_key for request in runs.requests} == {"KEY-OF-FIRST", "KEY-OF-SECOND"}


def test_each_copy_of_a_snapshot_opens_its_own_connections(runs: Runs) -> None:
    ports = {request.access_key: set[int]() for request in runs.requests}
    for request in runs.requests:
        ports[request.access_key].add(request.client_port)

    assert ports["KEY-OF-FIRST"].isdisjoint(ports["KEY-OF-SECOND"])


def test_each_copy_of_a_snapshot_fetches_the_signing_keys_itself(runs: Runs) -> None:
    assert runs.key_fetches == 2


FROZEN = """
import gc, os, socket, sys, threading
files = set(os.listdir("/proc/self/fd"))
import app
from pydantic import BaseModel
from chalicelib.entry.routing import routes_of_modules
from snapshot_restore_py import get_before_snapshot
assert "jwt" not in sys.modules
for hook, arguments, named in get_before_snapshot():
    hook(*arguments, **named)
print("libraries", {"jwt", "cryptography", "aws_lambda_powertools"} - set(sys.modules))
print("files", set(os.listdir("/proc/self/fd")) - files)
print("threads", set(threading.enumerate()) - {threading.main_thread()})
print("sockets", {item for item in gc.get_objects() if isinstance(item, socket.socket)})
ours = [module for name, module in sys.modules.items() if name.partition(".")[0] == "chalicelib"]
caches = [item for module in ours for item in vars(module).values() if hasattr(item, "cache_info")]
assert caches
print("validators", {model.__name__ for module in ours for model in vars(module).values()
    if isinstance(model, type) and issubclass(model, BaseModel) and model.__module__ == module.__name__
    and not model.__pydantic_complete__})
print("routes", {name for name in routes_of_modules() if f"chalicelib.entry.{name}" not in sys.modules})
print("caches", {item for item in caches if item.cache_info().currsize})
"""


def test_snapshot_holds_what_requests_need_and_nothing_that_was_opened_or_read() -> None:
    seen = subprocess.run(  # noqa: S603  a program of this file
        [sys.executable, "-c", FROZEN], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert seen.stdout.split("\n")[:-1] == [
        f"{kind} set()" for kind in ("libraries", "files", "threads", "sockets", "validators", "routes", "caches")
    ]
