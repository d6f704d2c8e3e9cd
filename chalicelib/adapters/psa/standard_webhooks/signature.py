"""The proof of a Standard Webhooks message (specification 1.0.0)."""

import base64
import re
from collections.abc import Iterable, Mapping

from chalicelib.adapters.psa.proofs import SHA256_IN_BASE64, hmac_in_base64, require_match
from chalicelib.domain.webhook_delivery import RejectionReason, WebhookRejected

TOLERANCE_S = 300
"""How far a timestamp may be from now, in seconds, either way."""

_MOST_SIGNATURES = 20


def verify_message(headers: Mapping[str, str], secrets: Iterable[str], body: bytes, now_s: int) -> str:
    """Prove a message by its symmetric signature (v1); return its id. Raises WebhookRejected.

    Only whole seconds are a timestamp, and a signature that cannot be read is refused, whatever stands beside it.
    """
    message_id, timestamp = headers.get("webhook-id"), headers.get("webhook-timestamp")
    signatures = headers.get("webhook-signature")
    if not message_id or not timestamp or not signatures:
        raise WebhookRejected(RejectionReason.MISSING_HEADER)
    _require_recent(timestamp, now_s)
    signed = f"{message_id}.{timestamp}.".encode("utf-8", "surrogatepass") + body
    expected = [hmac_in_base64(_key(secret), signed, "sha256") for secret in secrets]
    require_match([text for version, text in _signatures(signatures) if version == "v1"], expected)
    return message_id


def _require_recent(timestamp: str, now_s: int) -> None:
    if not re.fullmatch(r"[0-9]{1,12}", timestamp, re.ASCII):
        raise WebhookRejected(RejectionReason.MALFORMED_TIMESTAMP)
    if now_s - int(timestamp) > TOLERANCE_S:
        raise WebhookRejected(RejectionReason.TIMESTAMP_TOO_OLD)
    if int(timestamp) - now_s > TOLERANCE_S:
        raise WebhookRejected(RejectionReason.TIMESTAMP_TOO_NEW)


def _signatures(header: str) -> list[tuple[str, str]]:
    tokens = header.split(" ")
    if len(tokens) > _MOST_SIGNATURES or not all(re.fullmatch(r"\w+,[^,]+", token) for token in tokens):
        raise WebhookRejected(RejectionReason.MALFORMED_SIGNATURE)
    found = [(version, text) for version, _, text in (token.partition(",") for token in tokens)]
    if not all(SHA256_IN_BASE64.fullmatch(text) for version, text in found if version == "v1"):
        raise WebhookRejected(RejectionReason.MALFORMED_SIGNATURE)
    return found


def _key(secret: str) -> bytes:
    return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
