"""Tell an outage, which may pass, from a mistake of ours, which will not."""

from chalicelib.domain.errors import Unavailable
from chalicelib.store.transient_errors import is_outage


def classify_failure(failure: Exception) -> Unavailable | None:
    """Return what to say of a failure that may pass, None of one that will not; what was asked may have been done."""
    if not is_outage(failure):
        return None
    detail = "Our database is busy or out of reach. Try again; with an Idempotency-Key, use the same one."
    return Unavailable(detail, retry_after_s=1)
