"""The post office as a push service: the example of RFC 8291, and messages that a real service or browser refuses."""

import json
import time
from base64 import urlsafe_b64decode
from typing import Any

import http_ece
import httpx2
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02

from chalicelib.adapters.channels import web_push
from chalicelib.adapters.channels.web_push import Sender, encrypted
from chalicelib.domain.deliveries.device import Device
from infra.local.post_office import PostOffice
from infra.local.post_office.rfc8291 import decrypt
from infra.push_keys import new_key_pair
from tests.support.builders import minute
from tests.support.push import a_subscription, key_pair

CONTENT = {
    "title": "Escalation from Jane",
    "body": "Priority: High",
    "waiting_since": None,
    "tag": "case",
    "path": "/pilot/1",
    "silent": False,
    "token": "t",
}
EXAMPLE = {
    "text": "When I grow up, I want to be a watermelon",
    "ua_private": "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94",
    "ua_public": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    "as_private": "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw",
    "auth": "BTBZMqHH6r4Tts7J_aSIgg",
    "salt": "DGv6ra1nlYgDCS1FRnbzlw",
    "body": "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK"
    "6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
}
"""RFC 8291, section 5."""


def octets(name: str) -> bytes:
    return urlsafe_b64decode(EXAMPLE[name] + "=" * (-len(EXAMPLE[name]) % 4))


def private_key(name: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(octets(name), "big"), ec.SECP256R1())


@pytest.fixture
def device(post_office: PostOffice) -> Device:
    subscribed = a_subscription(post_office)
    return Device(
        id="d", name="Phone", endpoint=subscribed.endpoint, added_at=minute(0), **subscribed.keys.model_dump()
    )


def post(
    device: Device, content: bytes | None = None, *, key: str = "", drop: str = "", claims: Any = None, **headers: str
) -> httpx2.Response:
    """Send a message that is right but for what the test says."""
    body = encrypted(json.dumps(CONTENT).encode(), device) if content is None else content
    sender = Sender(key or key_pair()["private_key"], "mailto:ops@msp.example")
    signed = web_push._signature(device.endpoint, sender)
    if claims:
        proper = {"aud": device.endpoint.partition("/push")[0], "sub": sender.contact}
        signed = Vapid02.from_raw(sender.private_key.encode()).sign(proper | claims)
    named = {"content-encoding": "aes128gcm", "ttl": "60", "urgency": "high", "topic": "abc", **headers}
    sent = {name: value for name, value in {**signed, **named}.items() if name != drop}
    return httpx2.post(device.endpoint, headers=sent, content=body)


def test_example_of_rfc_8291_is_decrypted() -> None:
    assert decrypt(octets("body"), private_key("ua_private"), octets("auth")) == EXAMPLE["text"].encode()


def test_library_encrypts_the_example_of_rfc_8291() -> None:
    encrypted_text = http_ece.encrypt(
        EXAMPLE["text"].encode(),
        salt=octets("salt"),
        private_key=private_key("as_private"),
        dh=octets("ua_public"),
        auth_secret=octets("auth"),
        version="aes128gcm",
    )

    assert encrypted_text == octets("body")


@pytest.mark.parametrize("place", [0, 15, 20, 60, 90, -1])
def test_changed_message_is_not_decrypted(place: int) -> None:
    changed = bytearray(octets("body"))
    changed[place] ^= 1

    with pytest.raises(ValueError, match=r"keys|key of 65 bytes|EC key"):
        decrypt(bytes(changed), private_key("ua_private"), octets("auth"))


def test_message_is_accepted_and_listed_as_the_browser_reads_it(post_office: PostOffice, device: Device) -> None:
    answer = post(device)

    (message,) = httpx2.get(f"{post_office.url}/messages").json()
    assert (answer.status_code, message["kind"], message["title"]) == (201, "push", "Escalation from Jane")
    assert json.loads(message["text"]) == CONTENT
    assert message["headers"] == {"content-encoding": "aes128gcm", "ttl": "60", "urgency": "high", "topic": "abc"}


@pytest.mark.parametrize("drop", ["ttl", "content-encoding", "urgency", "topic"])
def test_message_without_a_header_is_refused(device: Device, drop: str) -> None:
    assert post(device, drop=drop).status_code == 400


@pytest.mark.parametrize(
    ("header", "value"),
    [("ttl", "soon"), ("content-encoding", "aesgcm"), ("urgency", "urgent"), ("topic", "t" * 33), ("topic", "a b")],
)
def test_message_with_a_wrong_header_is_refused(device: Device, header: str, value: str) -> None:
    wrong: dict[str, Any] = {header: value}

    assert post(device, **wrong).status_code == 400


@pytest.mark.parametrize("contact", ["ops@msp.example", "mailto:", "http://pilot.example.com", None])
def test_signature_that_names_nobody_to_contact_is_refused(device: Device, contact: str | None) -> None:
    private_key = Vapid02.from_raw(key_pair()["private_key"].encode()).private_key
    claims = {"aud": device.endpoint.partition("/push")[0], "exp": int(time.time()) + 3600, "sub": contact}
    token = jwt.encode({name: value for name, value in claims.items() if value}, private_key, "ES256")

    signature = f"vapid t={token},k={key_pair()['public_key']}"

    assert post(device, drop="Authorization", authorization=signature).status_code == 403


def test_message_without_a_signature_is_refused(device: Device) -> None:
    assert post(device, drop="Authorization").status_code == 401


def test_signature_by_another_key_is_refused(device: Device) -> None:
    assert post(device, key=new_key_pair()["private_key"]).status_code == 403


@pytest.mark.parametrize("wrong", [{"aud": "https://push.example"}, {"exp": 1}, {"exp": 4_000_000_000}])
def test_signature_for_elsewhere_or_out_of_time_is_refused(device: Device, wrong: dict[str, Any]) -> None:
    assert post(device, claims=wrong).status_code == 403


def test_message_of_two_records_is_refused_as_too_large(device: Device) -> None:
    assert post(device, encrypted(b"x" * 3994, device)).status_code == 413


def test_message_for_another_browser_cannot_be_read(post_office: PostOffice, device: Device) -> None:
    other = a_subscription(post_office)
    foreign = device.model_copy(update={"auth": other.keys.auth})

    assert post(device, encrypted(json.dumps(CONTENT).encode(), foreign)).status_code == 400


def test_subscription_that_ended_is_gone_and_one_that_never_was_is_unknown(
    post_office: PostOffice, device: Device
) -> None:
    httpx2.delete(device.endpoint.replace("/push/", "/push/subscriptions/"))

    gone, unknown = post(device), post(device.model_copy(update={"endpoint": f"{post_office.url}/push/0"}))

    assert (gone.status_code, unknown.status_code) == (410, 404)
