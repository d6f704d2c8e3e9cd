"""The secret that signs an outgoing webhook."""

from chalicelib.domain.credentials import GOOD_SECRET_BYTES, standard_key
from chalicelib.domain.errors import InvalidRequest

MOST_SECRET_BYTES = 64


def require_signing_secret(secret: str, pointer: str = "/secret") -> None:
    """Raise InvalidRequest unless `secret` is what Standard Webhooks 1.0.0 asks for: 24 to 64 bytes, in base64."""
    try:
        size = len(standard_key(secret))
    except ValueError:
        size = 0
    if not secret.startswith("whsec_") or not GOOD_SECRET_BYTES <= size <= MOST_SECRET_BYTES:
        detail = f"A signing secret is whsec_ and {GOOD_SECRET_BYTES} to {MOST_SECRET_BYTES} random bytes in base64."
        raise InvalidRequest(pointer, detail)
