"""The proof of a ConnectWise callback."""

import hashlib

from chalicelib.adapters.psa.proofs import SHA256_IN_BASE64, hmac_in_base64, require_match
from chalicelib.domain.webhook_delivery import RejectionReason, WebhookRejected


def require_signature_form(signature: str | None) -> None:
    """Raise WebhookRejected for what cannot be a signature, before its key is fetched from anywhere."""
    if not signature:
        raise WebhookRejected(RejectionReason.MISSING_SIGNATURE)
    if not SHA256_IN_BASE64.fullmatch(signature):
        raise WebhookRejected(RejectionReason.MALFORMED_SIGNATURE)


def verify_signature(signature: str | None, signing_key: str, body: bytes) -> None:
    """`x-content-signature`: base64 of HMAC-SHA256, keyed with the SHA-256 of the key that the PSA publishes.

    Source: the vendor's developer guide, "Verifying the callback". Raises WebhookRejected.
    """
    require_signature_form(signature)
    expected = hmac_in_base64(hashlib.sha256(signing_key.encode()).digest(), body, "sha256")
    require_match([signature or ""], [expected])
