"""The proof of a HaloPSA webhook."""

import base64
from collections.abc import Iterable

from chalicelib.adapters.psa.proofs import require_match
from chalicelib.domain.webhook_delivery import RejectionReason, WebhookRejected


def verify_header(header: str | None, username: str | None, name: str, secrets: Iterable[str]) -> None:
    """Prove the header that was configured in Halo: it signs nothing. `name` is the header's, in small letters.

    Raises WebhookRejected.
    """
    if not header:
        raise WebhookRejected(RejectionReason.MISSING_AUTH)
    expected = [_header(username, name, secret) for secret in secrets]
    require_match([header], expected, RejectionReason.AUTH_MISMATCH)


def _header(username: str | None, name: str, secret: str) -> str:
    if username is not None:
        return "Basic " + base64.b64encode(f"{username}:{secret}".encode()).decode()
    return f"Bearer {secret}" if name == "authorization" else secret
