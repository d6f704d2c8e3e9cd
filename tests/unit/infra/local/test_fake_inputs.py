"""No input makes a fake drop the connection, and none that is refused leaves anything behind."""

import socket
from collections.abc import Iterator

import pytest

from infra.local.fake_http import MAX_BODY_BYTES
from infra.local.psa_sandbox import PsaSandbox
from infra.local.rehearsal_model import RehearsalModel
from tests.support.servers.fakes import Fake, talking_to
from tests.support.servers.psa_sandbox import SYSTEMS, ticket_of
from tests.support.servers.rehearsal_model import a_rehearsal_model

LONE_SURROGATE = b'{"summary": "\\ud800"}'


@pytest.fixture(scope="module")
def model() -> Iterator[Fake]:
    with a_rehearsal_model() as server, talking_to(server, "/requests") as fake:
        yield fake


@pytest.mark.parametrize("system", SYSTEMS)
def test_psa_sandbox_refuses_an_unknown_status_and_lists_the_known(psa: Fake, sandbox: PsaSandbox, system: str) -> None:
    before = psa.kept()

    answer = psa.send("POST", f"/tickets/{system}/{ticket_of(sandbox, system).id}", {"status": "Complete"})

    assert answer.status_code == 400
    assert all(status in answer.json()["error"] for status in ("New", "In Progress", "Closed"))
    assert psa.kept() == before


CONTROL: list[tuple[str, str, object]] = [
    ("POST", "/tickets/autotask/128926", {"status": "Closed", "owner_id": 4711}),
    ("POST", "/tickets/autotask/128926", {"status": "Closed", "owner_id": "14"}),
    ("POST", "/tickets/autotask/128926", {"status": "Closed", "owner_id": True}),
    ("POST", "/tickets/autotask/128926", {"status": ["Closed"]}),
    ("POST", "/tickets/autotask/128926", {"status": "Closed", "priority": "Urgent"}),
    ("POST", "/tickets/connectwise/48213", {"status": "Closed", "board": "Sales"}),
    ("POST", "/tickets/autotask/128926", {"status": "Closed", "is_told": "perhaps"}),
    ("POST", "/tickets/autotask/128926", ["Closed"]),
    ("POST", "/tickets/autotask/128926", b""),
    ("POST", "/tickets/autotask/128926", b"{"),
    ("POST", "/tickets/autotask/128926", b"\xff"),
    ("POST", "/tickets/autotask/128926", b"[" * 5000),
    ("POST", "/tickets/autotask/4711", {"status": "Closed"}),
    ("POST", "/tickets/autotask/x", {"status": "Closed"}),
    ("POST", "/tickets/autotask/" + "9" * 5000, {"status": "Closed"}),
    ("POST", "/tickets/autotask/128926/webhooks", {}),
    ("POST", "/tickets/servicenow", {"summary": "No dial tone"}),
    ("POST", "/tickets/autotask", {}),
    ("POST", "/tickets/autotask", {"summary": ""}),
    ("POST", "/tickets/autotask", {"summary": 7}),
    ("POST", "/tickets/autotask", {"summary": "No dial tone", "priority": "Urgent"}),
    ("POST", "/tickets/autotask", LONE_SURROGATE),
    ("PUT", "/hooks/autotask", {}),
    ("PUT", "/hooks/autotask", {"url": "no address"}),
    ("PUT", "/hooks/autotask", {"url": "file:///etc/passwd"}),
    ("PUT", "/hooks/autotask", {"url": "http://localhost:99999/"}),
    ("PUT", "/hooks/autotask", {"url": "http://localhost:1/", "secret": "sécret"}),
    ("PUT", "/hooks/autotask", {"url": "http://localhost:1/", "secret": "a\r\nb: c"}),
    ("PUT", "/hooks/autotask", {"url": "http://localhost:1/", "color": "red"}),
    ("PUT", "/hooks/servicenow", {"url": "http://localhost:1/"}),
    ("POST", "/faults", {"kind": "sulk"}),
    ("POST", "/faults", {"kind": "4٠٤"}),
    ("POST", "/faults", {"kind": "slow", "delay_s": 1e300}),
    ("POST", "/faults", b'{"kind": "slow", "delay_s": NaN}'),
    ("POST", "/faults", {"kind": "429", "retry_after_s": -1}),
    ("POST", "/faults", {"kind": "500", "system": "servicenow"}),
    ("POST", "/faults", b""),
    ("POST", "/page/fault", b"kind=sulk"),
    ("POST", "/page/fault", b"kind=\xff"),
    ("POST", "/page/autotask/128926", b"status=Complete"),
    ("POST", "/page/autotask/x", b"status=Closed"),
    ("POST", "/page/autotask/4711", b"status=Closed"),
    ("POST", "/page/servicenow/1", b"status=Closed"),
]


@pytest.mark.parametrize(("method", "path", "body"), CONTROL)
def test_psa_sandbox_refuses_a_switch_that_it_does_not_know(
    psa: Fake, sandbox: PsaSandbox, method: str, path: str, body: object
) -> None:
    before = psa.kept()

    answer = psa.send(method, path, body)

    assert answer.status_code in {400, 404}, answer.text
    assert psa.kept() == before
    assert sandbox.sandbox.faults.current is None
    assert sandbox.sandbox.hooks == {}


QUESTION = {"model": "any", "max_tokens": 9, "messages": [{"role": "user", "content": "Outlook does not connect"}]}
MODEL_HEADERS = {"x-api-key": "rehearsal", "anthropic-version": "2026-10-21"}
QUESTIONS: list[tuple[str, object]] = [
    ("/v1/messages", b"[" * 100_000),
    ("/v1/messages", b'{"model": "any", "max_tokens": 9, "messages": [{"role": "user", "content": "\\ud800"}]}'),
    (
        "/v1/messages",
        b'{"model": "any", "max_tokens": 9, "messages": [{"role": "user", "content": [{"text": "\\ud800"}]}]}',
    ),
    ("/v1/messages", QUESTION | {"max_tokens": "many"}),
    ("/v1/messages", QUESTION | {"output_config": {"format": {"type": "json_schema", "schema": [7]}}}),
    ("/model//invoke", {"max_tokens": 9, "messages": QUESTION["messages"]}),
    ("/faults", {"kind": "slow", "delay_s": 1e300}),
    ("/faults", b'{"kind": "slow", "delay_s": NaN}'),
    ("/faults", {"kind": "429", "retry_after_s": -1}),
    ("/faults", {"kind": "304"}),
    ("/faults", {"kind": "4٠٤"}),
    ("/faults", []),
]


@pytest.mark.parametrize(("path", "body"), QUESTIONS)
def test_rehearsal_model_refuses_what_it_does_not_understand(model: Fake, path: str, body: object) -> None:
    before = model.kept()

    answer = model.send("POST", path, body, MODEL_HEADERS)

    assert answer.status_code == 400, answer.text
    assert model.kept() == before
    assert isinstance(model.server, RehearsalModel)
    assert model.server.rehearsal.faults.current is None


HEADS = [
    (b"POST /faults HTTP/1.1\r\ncontent-length: many\r\n\r\n", 400),
    (b"POST /faults HTTP/1.1\r\ncontent-length: -1\r\n\r\n", 400),
    (f"POST /faults HTTP/1.1\r\ncontent-length: {MAX_BODY_BYTES + 1}\r\n\r\n".encode(), 413),
    (b"POST /faults HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n", 411),
    (b"GET http://[/ HTTP/1.1\r\n\r\n", 400),
]


@pytest.mark.parametrize(("head", "status"), HEADS)
@pytest.mark.parametrize("name", ["psa", "model"])
def test_request_that_cannot_be_read_is_answered(
    name: str, head: bytes, status: int, request: pytest.FixtureRequest
) -> None:
    fake: Fake = request.getfixturevalue(name)

    with socket.create_connection(("127.0.0.1", fake.server.server_port), timeout=60) as connection:
        connection.sendall(head)
        first_line = connection.makefile("rb").readline()

    assert first_line.startswith(f"HTTP/1.1 {status} ".encode())


@pytest.mark.parametrize("name", ["psa", "model"])
@pytest.mark.parametrize("line", [b"GET /health HTTP/1.0\r\n", b"GET /health HTTP/1.1\r\nconnection: close\r\n"])
def test_connection_is_closed_after_the_answer_when_the_client_wants_it(
    name: str, line: bytes, request: pytest.FixtureRequest
) -> None:
    fake: Fake = request.getfixturevalue(name)

    with socket.create_connection(("127.0.0.1", fake.server.server_port), timeout=60) as connection:
        connection.sendall(line + b"\r\n")
        answered = connection.makefile("rb").read()

    assert answered.startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize("name", ["psa", "model"])
def test_fault_of_the_fake_itself_is_answered_as_one(
    name: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake: Fake = request.getfixturevalue(name)

    def fail(*_: object) -> None:
        raise KeyError("Complete")

    monkeypatch.setattr("infra.local.fake_http.Answer.of_json", fail)
    answer = fake.client.get("/health")

    assert (answer.status_code, answer.text) == (500, "The fake failed: KeyError('Complete')")
