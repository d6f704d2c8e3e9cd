"""Signatures as the official Standard Webhooks libraries take them."""

import base64
import hmac

import pytest

from chalicelib.adapters.psa.standard_webhooks.signature import verify_message
from chalicelib.domain.webhook_delivery import WebhookRejected

NOW = 1787019247
KEY = bytes(range(24))
SECRET = "whsec_" + base64.b64encode(KEY).decode()
BODY = b'{"type":"ticket.updated","data":{"id":"5005"}}'


def signed(key: bytes = KEY) -> str:
    return "v1," + base64.b64encode(hmac.digest(key, f"msg_1.{NOW}.".encode() + BODY, "sha256")).decode()


def headers(signature: str, sender: str = "webhook") -> dict[str, str]:
    return {f"{sender}-id": "msg_1", f"{sender}-timestamp": str(NOW), f"{sender}-signature": signature}


@pytest.mark.parametrize(
    "beside", ["", "v1", "v1,", "v1,AAAA", "v1,%%%", "v1a,AAAA", "v2,x,y", ",", "nonsense", "v1," + "A" * 43 + "="]
)
def test_standard_signature_is_found_beside_one_that_cannot_match(beside: str) -> None:
    assert verify_message(headers(f"{beside} {signed()}"), [SECRET], BODY, NOW) == "msg_1"
    assert verify_message(headers(f"{signed()} {beside}"), [SECRET], BODY, NOW) == "msg_1"


@pytest.mark.parametrize("beside", ["v1,AAAA", "v1", "nonsense", "v1," + "A" * 43 + "="])
def test_standard_signature_that_does_not_match_proves_nothing_whatever_stands_beside_it(beside: str) -> None:
    with pytest.raises(WebhookRejected):
        verify_message(headers(f"{beside} {signed(b'another key of some length')}"), [SECRET], BODY, NOW)


def test_standard_signature_of_another_version_is_not_taken_for_one_of_v1() -> None:
    with pytest.raises(WebhookRejected):
        verify_message(headers(signed().replace("v1,", "v1a,")), [SECRET], BODY, NOW)


@pytest.mark.parametrize("key", [bytes(range(16)), bytes(range(25)), bytes(range(26)), KEY])
@pytest.mark.parametrize("prefix", ["whsec_", ""])
@pytest.mark.parametrize("is_padded", [True, False])
def test_standard_secret_counts_without_prefix_and_padding(key: bytes, prefix: str, *, is_padded: bool) -> None:
    text = base64.b64encode(key).decode()
    secret = prefix + (text if is_padded else text.rstrip("="))

    assert verify_message(headers(signed(key)), [secret], BODY, NOW) == "msg_1"


def test_standard_message_may_be_signed_under_the_names_of_svix() -> None:
    assert verify_message(headers(signed(), "svix"), [SECRET], BODY, NOW) == "msg_1"


def test_standard_headers_of_two_senders_are_not_mixed() -> None:
    mixed = {**headers(signed(), "svix"), "webhook-id": "msg_2"}
    del mixed["svix-id"]

    with pytest.raises(WebhookRejected):
        verify_message(mixed, [SECRET], BODY, NOW)
