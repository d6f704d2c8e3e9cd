"""Push messages to browsers: encrypted (RFC 8291), signed (VAPID, RFC 8292) and sent to a push service (RFC 8030)."""

import time
from base64 import urlsafe_b64decode
from typing import NamedTuple
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02

from chalicelib.adapters.channels.posting import post
from chalicelib.domain.deliveries.device import Device
from chalicelib.domain.deliveries.outcome import SendOutcome, SendResult
from chalicelib.domain.deliveries.push_message import LARGEST_TEXT, TTL_S, PushMessage

SIGNED_FOR_S = 12 * 3600
"""How long a signature holds. RFC 8292 allows 24 hours, at which clocks that differ are refused."""


class Sender(NamedTuple):
    """Who sends: the private key in base64url, and a contact for the push service, `mailto:` or an https origin."""

    private_key: str
    contact: str


def send_push(device: Device, message: PushMessage, sender: Sender) -> SendOutcome:
    """Send `message` to `device`, and return how that ended.

    Source of the meaning of answers: RFC 8030, sections 5 and 7.3 (404 and 410: the subscription is gone), and the
    services' own pages (401 and 403: the signature or its key was refused; 413: too large).
    """
    if len(message.text) > LARGEST_TEXT:
        return SendOutcome(SendResult.REFUSED, "The message is too large for a push service.")
    headers = {
        **_signature(device.endpoint, sender),
        "content-type": "application/octet-stream",
        "content-encoding": "aes128gcm",
        "ttl": str(TTL_S),
        "urgency": message.urgency,
        "topic": message.topic,
    }
    answer = post(device.endpoint, headers, encrypted(message.text, device))
    if isinstance(answer, SendOutcome):
        return answer
    if answer.status in (200, 201, 202):
        return SendOutcome(SendResult.ACCEPTED)
    return _failure(answer.status, answer.retry_after_s)


def encrypted(text: bytes, device: Device) -> bytes:
    """Return `text` as only `device` can read it, under a key that is used this once."""
    body: bytes = http_ece.encrypt(
        text,
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=_decoded(device.p256dh),
        auth_secret=_decoded(device.auth),
        version="aes128gcm",
    )
    return body


def _signature(endpoint: str, sender: Sender) -> dict[str, str]:
    address = urlsplit(endpoint)
    claims = {
        "aud": f"{address.scheme}://{address.netloc}",
        "exp": int(time.time()) + SIGNED_FOR_S,
        "sub": sender.contact,
    }
    signed: dict[str, str] = Vapid02.from_raw(sender.private_key.encode()).sign(claims)
    return signed


def _failure(status: int, retry_after_s: float | None) -> SendOutcome:
    if status in (404, 410):
        return SendOutcome(SendResult.GONE, f"The device no longer takes messages ({status}); it was removed.")
    if status == 413:
        return SendOutcome(SendResult.REFUSED, "The push service found the message too large (413).")
    if status in (401, 403):
        return SendOutcome(SendResult.REFUSED, f"The push service refused the signature ({status}).")
    if status == 429 or status >= 500:
        return SendOutcome(SendResult.RETRY, f"The push service takes nothing right now ({status}).", retry_after_s)
    if 300 <= status < 400:
        return SendOutcome(
            SendResult.REFUSED, f"The push service answered {status}, a redirect, which is not followed."
        )
    return SendOutcome(SendResult.REFUSED, f"The push service refused the message ({status}).")


def _decoded(text: str) -> bytes:
    bare = text.rstrip("=")
    return urlsafe_b64decode(bare + "=" * (-len(bare) % 4))
