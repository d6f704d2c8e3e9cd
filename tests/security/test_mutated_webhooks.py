"""Webhooks that were tampered with, and junk that is signed as it should be: answered 2xx or 4xx, and never by failing.

A failure of ours is answered 429, so that the sender comes again; here none may happen, whatever is sent.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from chalicelib.adapters.psa.connectwise import signing_keys
from tests.support.api.webhook_setup import Bench, a_bench, at_second, vector
from tests.support.integrations import WHSEC
from tests.support.servers.identity_provider import IdentityProvider

AT = 1787019247
GENUINE = {
    "connectwise": vector("connectwise", "ticket_added"),
    "autotask": vector("autotask", "ticket_create"),
    "halopsa": vector("halopsa", "default_new_ticket"),
    "standard": vector("standard", "ticket_created"),
}
PROOFS = {
    "connectwise": "x-content-signature",
    "autotask": "x-hook-signature",
    "halopsa": "authorization",
    "standard": "webhook-signature",
}

of_each_system = pytest.mark.parametrize("system", GENUINE)
with_examples = pytest.mark.parametrize("examples", [50, pytest.param(1000, marks=pytest.mark.prove)])

Edit = Callable[[bytes], bytes]


def cut(start: int, length: int) -> Edit:
    return lambda body: body[: start % len(body)] + body[start % len(body) + length :]


def put(start: int, what: bytes) -> Edit:
    return lambda body: body[: start % len(body)] + what + body[start % len(body) :]


def replace(start: int, byte: int) -> Edit:
    return lambda body: body[: start % len(body)] + bytes([byte]) + body[start % len(body) + 1 :]


PLACES = st.integers(0, 5_000)
EDITS = (
    st.builds(cut, PLACES, st.integers(1, 50))
    | st.builds(put, PLACES, st.binary(min_size=1, max_size=20))
    | st.builds(replace, PLACES, st.integers(0, 255))
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=10,
)
HEADER_TEXTS = st.text(st.characters(min_codepoint=1, max_codepoint=0x10FFFF), max_size=80)


@pytest.fixture(scope="module")
def bench(provider: IdentityProvider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with a_bench(provider, tmp_path_factory.mktemp("keys")) as bench:
        ring = bench.keys.key_ring()
        with signing_keys.found_on(ring), at_second(AT):
            yield bench


@pytest.fixture
def keeps_nothing(bench: Bench) -> Iterator[None]:
    """Nothing of all that a test sends is kept."""
    bench.restart()
    yield
    assert (bench.marks(), bench.queued()) == ([], [])


def explore(check: Callable[..., None], examples: int, **cases: st.SearchStrategy[Any]) -> None:
    settings(max_examples=examples, suppress_health_check=list(HealthCheck))(given(**cases)(check))()


@pytest.mark.parametrize("system", [each for each in GENUINE if each != "halopsa"])  # Halo signs nothing
@with_examples
def test_body_that_was_tampered_with_is_refused(bench: Bench, keeps_nothing: None, system: str, examples: int) -> None:
    genuine = GENUINE[system]["request"]

    def is_refused(edits: list[Edit]) -> None:
        body = genuine["body_raw"].encode()
        for edit in edits:
            body = edit(body) or b" "
        assume(body != genuine["body_raw"].encode())

        answer = bench.send(system, body, genuine["headers"])

        assert answer.status in (400, 401)

    explore(is_refused, examples, edits=st.lists(EDITS, min_size=1, max_size=3))


@of_each_system
@with_examples
def test_proof_that_was_made_up_is_refused(bench: Bench, keeps_nothing: None, system: str, examples: int) -> None:
    genuine = GENUINE[system]["request"]

    def is_refused(text: str) -> None:
        answer = bench.send(system, genuine["body_raw"].encode(), {**genuine["headers"], PROOFS[system]: text})

        assert answer.status == 401

    explore(is_refused, examples, text=HEADER_TEXTS)


@of_each_system
@with_examples
def test_junk_that_is_signed_as_it_should_be_is_never_a_failure(bench: Bench, system: str, examples: int) -> None:
    genuine = json.loads(GENUINE[system]["request"]["body_raw"])

    def is_no_failure(found: Any) -> None:
        payload = genuine | {found.draw(st.sampled_from(sorted(genuine))): found.draw(JSON)}
        body = json.dumps(found.draw(st.just(payload) | JSON)).encode()

        answer = bench.send(system, body, signed(system, body))

        assert answer.status in (202, 400, 401)
        assert answer.status == 202 or system in ("connectwise", "autotask")

    explore(is_no_failure, examples, found=st.data())


def signed(system: str, body: bytes) -> dict[str, str]:
    """The headers of a sender that knows the secret."""
    if system == "connectwise":
        key = hashlib.sha256(b"test-signing-key-7f1c2a").digest()
        return {"x-content-signature": base64.b64encode(hmac.digest(key, body, "sha256")).decode()}
    if system == "autotask":
        digest = hmac.digest(b"at-hook-secret-Zq8d2Lm1", body, "sha1")
        return {"x-hook-signature": "sha1=" + base64.b64encode(digest).decode()}
    if system == "halopsa":
        return {"authorization": GENUINE["halopsa"]["request"]["headers"]["authorization"]}
    key = base64.b64decode(WHSEC.removeprefix("whsec_"))
    digest = hmac.digest(key, f"msg_1.{AT}.".encode() + body, "sha256")
    signature = "v1," + base64.b64encode(digest).decode()
    return {"webhook-id": "msg_1", "webhook-timestamp": str(AT), "webhook-signature": signature}
