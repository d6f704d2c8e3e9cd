"""The proof of a Standard Webhooks message (specification 1.0.0)."""

import re
from collections.abc import Iterable, Mapping

from chalicelib.adapters.psa.proofs import SHA256_IN_BASE64, hmac_in_base64, require_match
from chalicelib.domain.credentials import standard_key
from chalicelib.domain.webhook_delivery import RejectionReason, WebhookRejected

TOLERANCE_S = 300
"""How far a timestamp may be from now, in seconds, either way."""

_MOST_SIGNATURES = 20


def verify_message(headers: Mapping[str, str], secrets: Iterable[str], body: bytes, now_s: int) -> str:
    """Prove a message by its symmetric signature (v1); return its id. Raises WebhookRejected.

    Only whole seconds are a timestamp. As the official libraries for JavaScript, Go, Java, PHP and Rust do, this passes
    over a signature that cannot match and goes on to the next. Svix signs under names of its own (`svix-id`).
    """
    message_id, timestamp, signatures = _signed_headers(headers)
    _require_recent(timestamp, now_s)
    signed = f"{message_id}.{timestamp}.".encode("utf-8", "surrogatepass") + body
    expected = [hmac_in_base64(standard_key(secret), signed, "sha256") for secret in secrets]
    require_match(_signatures(signatures), expected)
    return message_id


def _signed_headers(headers: Mapping[str, str]) -> tuple[str, str, str]:
    for sender in ("webhook", "svix"):
        message_id, timestamp = headers.get(f"{sender}-id"), headers.get(f"{sender}-timestamp")
        signatures = headers.get(f"{sender}-signature")
        if message_id and timestamp and signatures:
            return message_id, timestamp, signatures
    raise WebhookRejected(RejectionReason.MISSING_HEADER)


def _require_recent(timestamp: str, now_s: int) -> None:
    if not re.fullmatch(r"[0-9]{1,12}", timestamp, re.ASCII):
        raise WebhookRejected(RejectionReason.MALFORMED_TIMESTAMP)
    if now_s - int(timestamp) > TOLERANCE_S:
        raise WebhookRejected(RejectionReason.TIMESTAMP_TOO_OLD)
    if int(timestamp) - now_s > TOLERANCE_S:
        raise WebhookRejected(RejectionReason.TIMESTAMP_TOO_NEW)


def _signatures(header: str) -> list[str]:
    """Return the symmetric signatures in a header. Raises WebhookRejected when there is none in it that could match."""
    tokens = [token.partition(",") for token in header.split(" ", _MOST_SIGNATURES)[:_MOST_SIGNATURES]]
    found = [text for version, _, text in tokens if version == "v1" and SHA256_IN_BASE64.fullmatch(text)]
    if not found:
        raise WebhookRejected(RejectionReason.MALFORMED_SIGNATURE)
    return found
