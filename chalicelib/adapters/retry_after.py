"""The `Retry-After` header (RFC 9110, section 10.2.3)."""

import math
import time
from contextlib import suppress
from email.utils import parsedate_to_datetime


def asked_pause_s(text: str) -> float | None:
    """Return the pause that a header asks for, in seconds, be it a number or a date; None when it names none.

    A date that has passed asks for a negative pause.
    """
    with suppress(ValueError):
        pause_s = float(text)
        return None if math.isnan(pause_s) else pause_s
    with suppress(ValueError, TypeError):
        return parsedate_to_datetime(text).timestamp() - time.time()
    return None
