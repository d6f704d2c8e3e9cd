"""Classify a failure as transient or permanent."""

from chalicelib.domain.errors import Unavailable
from chalicelib.store.transient_errors import is_outage


def classify_failure(failure: Exception) -> Unavailable | None:
    """Return the error for a transient failure, None for a permanent one. The request may have taken effect."""
    if not is_outage(failure):
        return None
    detail = "Our database is busy or out of reach. Try again; with an Idempotency-Key, use the same one."
    return Unavailable(detail, retry_after_s=1)
