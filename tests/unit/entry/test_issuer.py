"""The API while its identity provider is not there, or changes its keys."""

from collections.abc import Iterator

import pytest

from tests.support.api.client import Answer, ApiClient
from tests.support.api.problems import assert_problem
from tests.support.builders import JANE
from tests.support.dynamodb.recorder import Recorder
from tests.support.environment import configure
from tests.support.servers.identity_provider import IdentityProvider, SigningKey, an_identity_provider


@pytest.fixture
def own_provider(tables: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[IdentityProvider]:
    """An issuer that nobody has asked for keys yet."""
    with an_identity_provider() as provider:
        configure(monkeypatch, **provider.environment)
        yield provider


def read_profile(provider: IdentityProvider) -> Answer:
    return ApiClient(provider).call("GET", "/me", by=JANE)


def test_issuer_that_is_down_lets_nobody_in_and_says_when_to_come_back(
    own_provider: IdentityProvider, recorder: Recorder
) -> None:
    own_provider.answer = 500, ""

    answer = read_profile(own_provider)

    assert_problem(answer, 503, "unavailable")
    assert int(answer.headers["retry-after"]) > 0
    assert recorder.operations == []


def test_known_key_is_used_while_the_issuer_is_down(own_provider: IdentityProvider) -> None:
    read_profile(own_provider)
    own_provider.answer = 500, ""

    assert read_profile(own_provider).status == 200


def test_keys_are_not_fetched_for_every_request(own_provider: IdentityProvider) -> None:
    for _ in range(5):
        read_profile(own_provider)

    assert own_provider.fetches == 1


def test_token_signed_right_after_the_keys_were_fetched_by_a_new_key_is_refused_not_a_mistake(
    own_provider: IdentityProvider,
) -> None:
    read_profile(own_provider)
    own_provider.key = SigningKey.new("key-2")
    own_provider.answer = 200, own_provider.key_set(own_provider.key)

    answer = read_profile(own_provider)

    assert_problem(answer, 401, "unauthenticated")
    assert own_provider.fetches == 1
