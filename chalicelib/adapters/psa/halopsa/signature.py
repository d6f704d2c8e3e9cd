"""The proof of a HaloPSA webhook."""

import base64
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from chalicelib.adapters.psa.proofs import hmac_in_base64, matches, require_match
from chalicelib.domain.webhook_delivery import RejectionReason, WebhookRejected

SIGNATURE_HEADER = "token"
"""Where Halo puts the signature of a webhook with authentication type 3 and algorithm 0."""


class ConfiguredHeader(NamedTuple):
    """The header that was configured in Halo, its name in small letters; with a user name it is Basic."""

    name: str
    username: str | None


def verify_webhook(
    headers: Mapping[str, str], configured: ConfiguredHeader, secrets: Sequence[str], body: bytes
) -> None:
    """Prove a webhook by `Token: base64(HMAC-SHA256(secret, body))`, or by the configured header, which signs nothing.

    Source of the signature: django-psa, which verifies every delivery so, and the vendor's OpenAPI document. Raises
    WebhookRejected.
    """
    signature, header = headers.get(SIGNATURE_HEADER), headers.get(configured.name)
    if not signature and not header:
        raise WebhookRejected(RejectionReason.MISSING_AUTH)
    signed = [hmac_in_base64(secret.encode(), body, "sha256") for secret in secrets]
    if not matches([signature or ""], signed):
        shown = [_shown(configured, secret) for secret in secrets]
        require_match([header or ""], shown, RejectionReason.AUTH_MISMATCH)


def _shown(configured: ConfiguredHeader, secret: str) -> str:
    if configured.username is not None:
        return "Basic " + base64.b64encode(f"{configured.username}:{secret}".encode()).decode()
    return f"Bearer {secret}" if configured.name == "authorization" else secret
