import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from chalicelib.adapters import oidc
from chalicelib.adapters.oidc import CLOCK_SKEW_S, KEYS_KEPT_S, REFRESH_PAUSE_S, RETRY_PAUSE_S, KeySet
from chalicelib.domain.errors import Unauthenticated, Unavailable
from tests.support.builders import JANE
from tests.support.servers.identity_provider import IdentityProvider, SigningKey, an_identity_provider

SECOND_KEY = SigningKey.new("key-2")

BROKEN_ANSWERS = [
    (500, "{}"),
    (200, ""),
    (200, "<html>"),
    (200, "[]"),
    (200, "null"),
    (200, "{}"),
    (200, '{"keys": null}'),
    (200, '{"keys": "key-1"}'),
    (200, '{"keys": []}'),
    (200, '{"keys": [null]}'),
    (200, '{"keys": [{"kty": "RSA", "kid": "key-1"}]}'),
    (200, '{"keys": [{"kty": "RSA", "kid": "key-1", "n": "!", "e": "AQAB"}]}'),
    (200, "[" * 100_000),
]


@dataclass
class Clock:
    """A clock that stands until it is moved, in seconds."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def _serving_provider() -> Iterator[IdentityProvider]:
    with an_identity_provider() as provider:
        yield provider


@pytest.fixture
def provider(_serving_provider: IdentityProvider) -> IdentityProvider:
    """An issuer with one key, whose keys nobody has asked for yet."""
    _serving_provider.fetches = 0
    _serving_provider.answer = 200, _serving_provider.key_set(_serving_provider.key)
    return _serving_provider


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def keys(provider: IdentityProvider, clock: Clock) -> KeySet:
    return KeySet(provider.jwks_url, clock)


@pytest.fixture
def signed_in(provider: IdentityProvider, configure: Callable[..., None]) -> IdentityProvider:
    """The issuer that the settings name."""
    configure(**provider.environment)
    return provider


def test_keys_are_fetched_once_and_kept(provider: IdentityProvider, keys: KeySet) -> None:
    found = [keys.find("key-1") for _ in range(3)]

    assert all(found)
    assert provider.fetches == 1


def test_expired_keys_are_fetched_again(provider: IdentityProvider, keys: KeySet, clock: Clock) -> None:
    keys.find("key-1")
    clock.now += KEYS_KEPT_S + 1

    keys.find("key-1")

    assert provider.fetches == 2


def test_key_that_the_issuer_has_withdrawn_is_forgotten(provider: IdentityProvider, keys: KeySet, clock: Clock) -> None:
    keys.find("key-1")
    provider.answer = 200, provider.key_set(SECOND_KEY)
    clock.now += KEYS_KEPT_S + 1

    assert keys.find("key-1") is None


def test_new_key_is_found_by_asking_again(provider: IdentityProvider, keys: KeySet, clock: Clock) -> None:
    keys.find("key-1")
    provider.answer = 200, provider.key_set(provider.key, SECOND_KEY)
    clock.now += REFRESH_PAUSE_S + 1

    assert keys.find("key-2")
    assert provider.fetches == 2


def test_forger_of_key_ids_does_not_make_us_ask_all_the_time(
    provider: IdentityProvider, keys: KeySet, clock: Clock
) -> None:
    keys.find("key-1")

    for attempt in range(100):
        clock.now += REFRESH_PAUSE_S / 40
        assert keys.find(f"forged-{attempt}") is None

    assert provider.fetches == 3


def test_known_keys_work_while_the_issuer_does_not(provider: IdentityProvider, keys: KeySet, clock: Clock) -> None:
    keys.find("key-1")
    provider.answer = 500, ""
    clock.now += KEYS_KEPT_S + 1

    assert keys.find("key-1")


@pytest.mark.parametrize("answer", BROKEN_ANSWERS, ids=[str(answer)[:60] for answer in BROKEN_ANSWERS])
def test_known_keys_outlast_an_answer_that_is_no_key_set(
    provider: IdentityProvider, keys: KeySet, clock: Clock, answer: tuple[int, str]
) -> None:
    keys.find("key-1")
    provider.answer = answer
    clock.now += KEYS_KEPT_S + 1

    assert keys.find("key-1")


def test_issuer_that_is_down_is_not_asked_by_every_request(
    provider: IdentityProvider, keys: KeySet, clock: Clock
) -> None:
    keys.find("key-1")
    provider.answer = 500, ""
    clock.now += KEYS_KEPT_S + 1

    for _ in range(10):
        keys.find("key-1")

    assert provider.fetches == 2


def test_unknown_key_is_not_called_forged_while_the_issuer_is_down(
    provider: IdentityProvider, keys: KeySet, clock: Clock
) -> None:
    keys.find("key-1")
    provider.answer = 500, ""
    clock.now += REFRESH_PAUSE_S + 1

    with pytest.raises(Unavailable):
        keys.find("key-2")
    with pytest.raises(Unavailable):
        keys.find("key-2")
    assert provider.fetches == 2


@pytest.mark.parametrize("answer", BROKEN_ANSWERS, ids=[str(answer)[:60] for answer in BROKEN_ANSWERS])
def test_token_is_refused_while_there_is_no_key(
    provider: IdentityProvider, keys: KeySet, answer: tuple[int, str]
) -> None:
    provider.answer = answer

    with pytest.raises(Unavailable) as refusal:
        keys.find("key-1")

    assert refusal.value.retry_after_s == RETRY_PAUSE_S


def test_unreachable_key_server_is_unavailable(clock: Clock) -> None:
    keys = KeySet("http://127.0.0.1:9/jwks.json", clock)

    with pytest.raises(Unavailable):
        keys.find("key-1")


def test_first_keys_are_asked_for_again_after_a_pause(provider: IdentityProvider, keys: KeySet, clock: Clock) -> None:
    provider.answer = 500, ""
    for _ in range(5):
        with pytest.raises(Unavailable):
            keys.find("key-1")
    asked_meanwhile = provider.fetches
    provider.answer = 200, provider.key_set(provider.key)
    clock.now += RETRY_PAUSE_S + 1

    assert keys.find("key-1")
    assert asked_meanwhile == 1


def test_only_keys_for_signatures_are_used(provider: IdentityProvider, keys: KeySet) -> None:
    for_encryption = {**SECOND_KEY.public, "use": "enc", "alg": "RSA-OAEP"}
    provider.answer = 200, json.dumps({"keys": [provider.key.public, for_encryption]})

    assert keys.find("key-2") is None


def test_key_set_may_hold_keys_we_know_nothing_of(provider: IdentityProvider, keys: KeySet) -> None:
    strangers = [{"kty": "AKP", "kid": "pq-1"}, {"kty": "EC", "kid": "ec-1"}, "key", {**SECOND_KEY.public, "kid": None}]
    provider.answer = 200, json.dumps({"keys": [*strangers, provider.key.public]})

    assert keys.find("key-1")


def test_token_of_our_issuer_tells_its_claims(signed_in: IdentityProvider) -> None:
    claims = oidc.verify(signed_in.token_of(JANE))

    assert (claims["sub"], claims["custom:account_id"]) == (JANE.id, JANE.account_id)


def test_token_without_token_use_is_an_id_token_of_another_kind_of_issuer(signed_in: IdentityProvider) -> None:
    claims = oidc.verify(signed_in.token_of(JANE, token_use=None))

    assert claims["sub"] == JANE.id


def test_token_for_several_audiences_is_for_us_too(signed_in: IdentityProvider) -> None:
    claims = oidc.verify(signed_in.token_of(JANE, aud=["somebody-else", "flowpilot-tests"]))

    assert claims["sub"] == JANE.id


@pytest.mark.parametrize("claim", ["iat", "nbf"])
def test_issuer_may_be_ahead_of_our_clock(signed_in: IdentityProvider, claim: str) -> None:
    claims = signed_in.claims_of(JANE)
    soon = int(time.time()) + CLOCK_SKEW_S - 10

    assert oidc.verify(signed_in.sign(claims | {claim: soon}))["sub"] == JANE.id


def test_token_that_has_ended_is_over_whatever_the_clocks_say(signed_in: IdentityProvider) -> None:
    ended = signed_in.sign(signed_in.claims_of(JANE) | {"exp": int(time.time()) - 1})

    with pytest.raises(Unauthenticated, match="expired"):
        oidc.verify(ended)


def test_expired_token_is_told_to_sign_in_again(signed_in: IdentityProvider) -> None:
    claims = signed_in.claims_of(JANE)
    late = signed_in.sign(claims | {"exp": claims["iat"]})

    with pytest.raises(Unauthenticated, match="expired"):
        oidc.verify(late)


def test_unknown_key_is_refused(signed_in: IdentityProvider) -> None:
    forged = signed_in.sign(signed_in.claims_of(JANE), SECOND_KEY)

    with pytest.raises(Unauthenticated):
        oidc.verify(forged)


@pytest.mark.parametrize(
    "text", ["", ".", "..", "a.b.c", "é.é.é", "\udc80", "Bearer x", "e30.e30.", "eyJhbGciOiJSUzI1NiJ9..", "x" * 9999]
)
def test_malformed_token_is_refused(signed_in: IdentityProvider, text: str) -> None:
    with pytest.raises(Unauthenticated):
        oidc.verify(text)
