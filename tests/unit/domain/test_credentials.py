import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.credentials import changed_secrets, webhook_secrets
from chalicelib.domain.errors import InvalidRequest
from chalicelib.domain.integration import PsaKind

KEYS = st.binary(min_size=24, max_size=64).map(lambda raw: "whsec_" + base64.b64encode(raw).decode())
CHANGES = st.dictionaries(st.sampled_from(["webhook_secret", "previous_webhook_secret"]), st.none() | KEYS, max_size=2)


def standard(current: dict[str, str], **changes: str | None) -> dict[str, str]:
    return changed_secrets(PsaKind.STANDARD, current, changes)


@given(KEYS)
def test_every_key_of_the_specification_is_taken(key: str) -> None:
    assert standard({}, webhook_secret=key) == {"webhook_secret": key}


@given(st.binary(max_size=15) | st.binary(min_size=67, max_size=80))
def test_key_too_short_or_too_long_is_refused(raw: bytes) -> None:
    with pytest.raises(InvalidRequest):
        standard({}, webhook_secret="whsec_" + base64.b64encode(raw).decode())


@given(st.lists(CHANGES, max_size=5), CHANGES)
def test_same_change_twice_is_one(history: list[dict[str, str | None]], change: dict[str, str | None]) -> None:
    current: dict[str, str] = {}
    for earlier in history:
        current = standard(current, **earlier)

    once = standard(current, **change)

    assert standard(once, **change) == once


@given(KEYS, KEYS)
def test_rotated_secrets_both_count_the_new_one_first(old: str, new: str) -> None:
    secrets = standard({"webhook_secret": old}, webhook_secret=new)

    assert webhook_secrets(secrets) == ([new, old] if new != old else [new])


@given(KEYS, KEYS)
def test_leaked_secret_can_be_dropped_in_the_same_change(old: str, new: str) -> None:
    secrets = standard({"webhook_secret": old}, webhook_secret=new, previous_webhook_secret=None)

    assert webhook_secrets(secrets) == [new]


@given(st.text(max_size=30))
def test_refusal_never_repeats_the_value(text: str) -> None:
    canary = f"\n{text}canary-4f1d"

    with pytest.raises(InvalidRequest) as refused:
        standard({}, webhook_secret=canary)

    assert "canary" not in str(refused.value)


def test_required_secret_cannot_be_removed() -> None:
    with pytest.raises(InvalidRequest) as refused:
        changed_secrets(PsaKind.HALOPSA, {"client_secret": "x"}, {"client_secret": None})

    assert refused.value.pointer == "/secrets/client_secret"
