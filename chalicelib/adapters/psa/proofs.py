"""What the proofs of all systems share: HMACs over the bytes as they came, and comparisons in constant time."""

import base64
import hmac
import re
from collections.abc import Iterable, Sequence

from chalicelib.domain.webhook_delivery import RejectionReason, WebhookRejected

SHA256_IN_BASE64 = re.compile(r"[A-Za-z0-9+/]{43}=", re.ASCII)


def hmac_in_base64(key: bytes, message: bytes, algorithm: str) -> str:
    """Return the HMAC of `message` in base64."""
    return base64.b64encode(hmac.digest(key, message, algorithm)).decode()


def require_match(
    given: Iterable[str], expected: Sequence[str], reason: RejectionReason = RejectionReason.SIGNATURE_MISMATCH
) -> None:
    """Raise WebhookRejected unless one of `given` is one of `expected`. All are compared, whichever matches."""
    if not expected:
        raise WebhookRejected(RejectionReason.NO_SECRET)
    if not matches(given, expected):
        raise WebhookRejected(reason)


def matches(given: Iterable[str], expected: Sequence[str]) -> bool:
    """Tell whether one of `given` is one of `expected`, in a time that does not depend on which."""
    return any([_is_same(one, other) for one in given for other in expected])  # a list, so that none is skipped


def _is_same(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), expected.encode())
