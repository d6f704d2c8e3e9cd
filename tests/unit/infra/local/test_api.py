"""The client of the demo: what it makes of a busy API."""

from collections.abc import Iterator

import pytest

from infra.local import api
from infra.local.api import Api, Refused
from infra.local.fake_http import Answer
from tests.support.servers.scripted_server import ScriptedServer, a_scripted_server

BUSY = Answer(503, b'{"code": "unavailable"}', {"content-type": "application/problem+json"})


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedServer]:
    monkeypatch.setattr(api, "BUSY_PAUSE_S", 0.01)
    with a_scripted_server({}) as found:
        yield found


def test_read_is_made_again_while_the_api_is_busy(server: ScriptedServer) -> None:
    answers = iter([BUSY, BUSY, {"id": "1"}])
    server.answers["GET /me"] = lambda _: next(answers)

    with Api(server.url, "token") as jane:
        assert jane.get("/me") == {"id": "1"}


def test_read_that_the_api_stays_too_busy_for_is_refused(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "BUSY_S", 0.03)
    server.answers["GET /me"] = BUSY

    with Api(server.url, "token") as jane, pytest.raises(Refused, match="503 unavailable"):
        jane.get("/me")
    assert len(server.received) > 1


@pytest.mark.parametrize("status", [403, 404, 500])
def test_other_answers_are_final(server: ScriptedServer, status: int) -> None:
    server.answers["GET /me"] = Answer(status, b"{}")

    with Api(server.url, "token") as jane, pytest.raises(Refused) as refused:
        jane.get("/me")
    assert (refused.value.status, len(server.received)) == (status, 1)


def test_write_is_made_once(server: ScriptedServer) -> None:
    server.answers["POST /sessions"] = BUSY

    with Api(server.url, "token") as jane, pytest.raises(Refused, match="503"):
        jane.post("/sessions")
    assert len(server.received) == 1
