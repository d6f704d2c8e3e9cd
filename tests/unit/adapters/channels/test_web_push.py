"""The signature of push messages (VAPID, RFC 8292), as the library makes it and services check it."""

import time
from typing import Any

import jwt
import pytest

from chalicelib.adapters.channels import web_push
from chalicelib.adapters.channels.web_push import SIGNED_FOR_S, Sender
from chalicelib.domain.deliveries.device import Device
from chalicelib.domain.deliveries.push_message import LARGEST_TEXT
from infra.local.post_office.push_service import LARGEST_BODY
from tests.support.builders import minute
from tests.support.push import SUBSCRIPTION, key_pair

ENDPOINT = "https://push.example.net/send/1?x=y"


def claims_of(contact: str) -> dict[str, Any]:
    signed = web_push._signature(ENDPOINT, Sender(key_pair()["private_key"], contact))
    token = signed["Authorization"].removeprefix("vapid t=").partition(",")[0]
    claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return claims


def test_longest_text_is_the_last_that_a_push_service_takes() -> None:
    keys: dict[str, Any] = dict(SUBSCRIPTION["keys"])  # type: ignore[call-overload]
    device = Device(id="d", name="Phone", endpoint=ENDPOINT, added_at=minute(0), **keys)

    sizes = [len(web_push.encrypted(b"x" * size, device)) for size in (LARGEST_TEXT, LARGEST_TEXT + 1)]

    assert sizes == [LARGEST_BODY, LARGEST_BODY + 1]


@pytest.mark.parametrize("contact", ["mailto:flowpilot@msp.example", "https://pilot.example.com"])
def test_signature_is_for_the_service_by_a_bare_contact_for_twelve_hours(contact: str) -> None:
    before = int(time.time())
    claims = claims_of(contact)
    after = int(time.time())

    assert (claims["aud"], claims["sub"]) == ("https://push.example.net", contact)
    assert before + 12 * 3600 <= claims["exp"] <= after + 12 * 3600
    assert SIGNED_FOR_S < 24 * 3600  # npm's web-push refuses a whole day, which is the library's default
