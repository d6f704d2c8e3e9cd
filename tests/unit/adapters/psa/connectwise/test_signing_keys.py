import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx2
import pytest

from chalicelib.adapters.psa.connectwise.signing_keys import KEPT_S, MOST_KEPT, KeyRing
from chalicelib.adapters.ssrf_guard import PublicTransport
from chalicelib.domain.webhook_delivery import WebhookRejected
from tests.support.servers.key_server import KeyServer, a_key_server

ADDRESS = "https://na.myconnectwise.net/v2025_1//system/callbackkey/index.rails?companyName=northwindmsp&id="


@pytest.fixture(scope="module")
def _keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KeyServer]:
    with a_key_server(tmp_path_factory.mktemp("keys")) as server:
        yield server


@pytest.fixture
def keys(_keys: KeyServer) -> KeyServer:
    _keys.restart()
    return _keys


def test_key_is_kept_for_minutes_and_then_asked_for_again(keys: KeyServer) -> None:
    now = [0.0]
    ring = keys.key_ring(clock=lambda: now[0])
    ring.find(ADDRESS)
    now[0] = KEPT_S
    ring.find(ADDRESS)
    assert len(keys.asked) == 1

    now[0] = KEPT_S + 1
    ring.find(ADDRESS)

    assert len(keys.asked) == 2


def test_each_address_has_a_key_of_its_own(keys: KeyServer) -> None:
    ring = keys.key_ring()

    found = []
    for number in range(2):
        keys.answers(200, f'{{"signing_key": "key-{number}"}}')
        found.append(ring.find(f"{ADDRESS}{number}"))

    assert found == ["key-0", "key-1"]


def test_key_ring_keeps_a_bounded_number_of_keys(keys: KeyServer) -> None:
    ring = keys.key_ring()
    for number in range(MOST_KEPT + 1):
        ring.find(f"{ADDRESS}{number}")

    ring.find(f"{ADDRESS}0")

    assert len(keys.asked) == MOST_KEPT + 2


def test_failed_key_fetch_is_repeated(keys: KeyServer) -> None:
    ring = keys.key_ring()
    keys.answers(503, "")
    with pytest.raises(WebhookRejected):
        ring.find(ADDRESS)
    keys.restart()

    assert ring.find(ADDRESS) == "test-signing-key-7f1c2a"


def test_answer_too_large_to_be_a_key_is_none(keys: KeyServer) -> None:
    keys.answers(200, '{"signing_key": "' + "x" * 20_000 + '"}')

    with pytest.raises(WebhookRejected, match="key_fetch_failed"):
        keys.key_ring().find(ADDRESS)


def test_certificate_for_another_name_is_not_trusted(keys: KeyServer) -> None:
    with pytest.raises(WebhookRejected, match="key_fetch_failed"):
        keys.key_ring().find(ADDRESS.replace("na.", "eu."))

    assert keys.asked == []


class Drip(BaseHTTPRequestHandler):
    """Sends a byte now and then, so that no single read is ever late."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        try:
            while not self.server.is_over.wait(0.2):  # type: ignore[attr-defined]
                self.wfile.write(b" ")
        except OSError:
            return

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_key_fetch_ends_after_two_seconds() -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), Drip) as server:
        server.is_over = threading.Event()  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        port, begun = server.server_address[1], time.monotonic()

        async def elsewhere(_: str) -> list[str]:
            return ["20.112.250.133"]

        class Detour(httpx2.AsyncBaseTransport):
            async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
                request.url = request.url.copy_with(scheme="http", host="127.0.0.1", port=port)
                return await httpx2.AsyncHTTPTransport().handle_async_request(request)

        with pytest.raises(WebhookRejected, match="key_fetch_failed"):
            KeyRing(lambda: PublicTransport(resolve=elsewhere, beneath=Detour())).find(ADDRESS)

        took_s = time.monotonic() - begun
        server.is_over.set()  # type: ignore[attr-defined]
        server.shutdown()
    assert took_s < 3
