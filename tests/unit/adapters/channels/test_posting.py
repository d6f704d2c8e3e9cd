"""What is posted to an address that an admin, or a browser, gave: public machines alone, whatever was saved."""

import pytest

from chalicelib.adapters.channels.posting import post
from chalicelib.domain.deliveries.outcome import SendOutcome, SendResult
from infra.local.fake_http import Answer
from tests.support.environment import configure
from tests.support.servers.scripted_server import ScriptedServer
from tests.support.servers.serving import serving


@pytest.mark.parametrize(
    "url",
    [
        "https://10.0.0.1/hook",
        "https://127.0.0.1/hook",
        "https://169.254.169.254/latest/meta-data",
        "https://100.64.0.1/hook",
        "https://localhost/hook",
        "http://hooks.example.com/hook",
        "https://hooks.example.com:8443/hook",
    ],
)
def test_address_that_is_not_public_is_refused_when_it_is_called(url: str) -> None:
    outcome = post(url, {}, b"{}")

    assert isinstance(outcome, SendOutcome)
    assert outcome.result is SendResult.REFUSED
    assert (outcome.detail or "").startswith("The address may not be called")


def test_this_machine_is_called_on_the_local_stage_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(ScriptedServer({"POST /hook": Answer(200, b"ok", {})})) as server:
        configure(monkeypatch, STAGE="prod")
        refused = post(f"{server.url}/hook", {}, b"{}")
        before = len(server.received)
        configure(monkeypatch, STAGE="local")
        taken = post(f"{server.url}/hook", {}, b"{}")

    assert isinstance(refused, SendOutcome)
    assert (before, isinstance(taken, SendOutcome), len(server.received)) == (0, False, 1)
