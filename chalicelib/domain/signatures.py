"""Proofs that a webhook comes from the PSA: each function returns when there is one, and raises Refused when not.

All are over the bytes as they came, and all comparisons take as long for a near miss as for a far one.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping

from chalicelib.domain.webhook_delivery import RejectionReason, WebhookRejected

TOLERANCE_S = 300
"""How far a Standard Webhooks timestamp may be from now, in seconds, either way."""

_LARGEST_SIGNATURES = 20
_SHA256_IN_BASE64 = re.compile(r"[A-Za-z0-9+/]{43}=", re.ASCII)


def require_connectwise_form(signature: str | None) -> None:
    """Refuse what cannot be a signature, before its key is fetched from anywhere."""
    if not signature:
        raise WebhookRejected(RejectionReason.MISSING_SIGNATURE)
    if not _SHA256_IN_BASE64.fullmatch(signature):
        raise WebhookRejected(RejectionReason.MALFORMED_SIGNATURE)


def verify_connectwise(signature: str | None, signing_key: str, body: bytes) -> None:
    """`x-content-signature`: base64 of HMAC-SHA256, keyed with the SHA-256 of the key that the PSA publishes.

    Source: the vendor's developer guide, "Verifying the callback".
    """
    require_connectwise_form(signature)
    _require_match(signature or "", [_hmac(hashlib.sha256(signing_key.encode()).digest(), body, "sha256")])


def verify_autotask(signature: str | None, secrets: Iterable[str], body: bytes) -> None:
    """`X-Hook-Signature: sha1=` and base64 of HMAC-SHA1. Source: the vendor's page on verifying payloads."""
    if not signature:
        raise WebhookRejected(RejectionReason.MISSING_SIGNATURE)
    _require_match(signature, ["sha1=" + _hmac(secret.encode(), body, "sha1") for secret in secrets])


def verify_halo(header: str | None, username: str | None, name: str, secrets: Iterable[str]) -> None:
    """The header that was configured in Halo: it signs nothing. `name` is the header's, in small letters."""
    if not header:
        raise WebhookRejected(RejectionReason.MISSING_AUTH)
    expected = [_halo_header(username, name, secret) for secret in secrets]
    _require_match(header, expected, RejectionReason.AUTH_MISMATCH)


def verify_standard(headers: Mapping[str, str], secrets: Iterable[str], body: bytes, now_s: int) -> str:
    """Standard Webhooks 1.0.0, symmetric (v1); return the delivery's id.

    Only whole seconds are a timestamp, and a signature that cannot be read is refused, whatever stands beside it.
    """
    message_id, timestamp = headers.get("webhook-id"), headers.get("webhook-timestamp")
    signatures = headers.get("webhook-signature")
    if not message_id or not timestamp or not signatures:
        raise WebhookRejected(RejectionReason.MISSING_HEADER)
    _require_recent(timestamp, now_s)
    signed = f"{message_id}.{timestamp}.".encode("utf-8", "surrogatepass") + body
    expected = [_hmac(_standard_key(secret), signed, "sha256") for secret in secrets]
    given = [text for version, text in _standard_signatures(signatures) if version == "v1"]
    if not expected:
        raise WebhookRejected(RejectionReason.NO_SECRET)
    if not any([_is_same(one, other) for one in given for other in expected]):  # a list, so that none is skipped
        raise WebhookRejected(RejectionReason.SIGNATURE_MISMATCH)
    return message_id


def _require_recent(timestamp: str, now_s: int) -> None:
    if not re.fullmatch(r"[0-9]{1,12}", timestamp, re.ASCII):
        raise WebhookRejected(RejectionReason.MALFORMED_TIMESTAMP)
    if now_s - int(timestamp) > TOLERANCE_S:
        raise WebhookRejected(RejectionReason.TIMESTAMP_TOO_OLD)
    if int(timestamp) - now_s > TOLERANCE_S:
        raise WebhookRejected(RejectionReason.TIMESTAMP_TOO_NEW)


def _standard_signatures(header: str) -> list[tuple[str, str]]:
    tokens = header.split(" ")
    if len(tokens) > _LARGEST_SIGNATURES or not all(re.fullmatch(r"\w+,[^,]+", token) for token in tokens):
        raise WebhookRejected(RejectionReason.MALFORMED_SIGNATURE)
    found = [(version, text) for version, _, text in (token.partition(",") for token in tokens)]
    if not all(_SHA256_IN_BASE64.fullmatch(text) for version, text in found if version == "v1"):
        raise WebhookRejected(RejectionReason.MALFORMED_SIGNATURE)
    return found


def _standard_key(secret: str) -> bytes:
    return base64.b64decode(secret.removeprefix("whsec_"), validate=True)


def _halo_header(username: str | None, name: str, secret: str) -> str:
    if username is not None:
        return "Basic " + base64.b64encode(f"{username}:{secret}".encode()).decode()
    return f"Bearer {secret}" if name == "authorization" else secret


def _hmac(key: bytes, message: bytes, algorithm: str) -> str:
    return base64.b64encode(hmac.digest(key, message, algorithm)).decode()


def _require_match(
    given: str, expected: list[str], reason: RejectionReason = RejectionReason.SIGNATURE_MISMATCH
) -> None:
    if not expected:
        raise WebhookRejected(RejectionReason.NO_SECRET)
    if not any([_is_same(given, one) for one in expected]):
        raise WebhookRejected(reason)


def _is_same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode())
