"""The proof of an Autotask callout."""

from collections.abc import Iterable

from chalicelib.adapters.psa.proofs import hmac_in_base64, require_match
from chalicelib.domain.webhook_delivery import RejectionReason, WebhookRejected


def verify_signature(signature: str | None, secrets: Iterable[str], body: bytes) -> None:
    """`X-Hook-Signature: sha1=` and base64 of HMAC-SHA1. Source: the vendor's page on verifying payloads.

    Raises WebhookRejected.
    """
    if not signature:
        raise WebhookRejected(RejectionReason.MISSING_SIGNATURE)
    require_match([signature], ["sha1=" + hmac_in_base64(secret.encode(), body, "sha1") for secret in secrets])
