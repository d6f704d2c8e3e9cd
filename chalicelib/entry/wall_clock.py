"""The time, read here and nowhere else in the app (ADR 0060).

Tokens are checked, and push messages signed, by `time.time()` instead, as the other side has a clock of its own.
"""

from datetime import UTC, datetime

from chalicelib.domain.instants import to_milliseconds


def now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


def current_instant() -> datetime:
    """Return the time as the API knows times: in whole milliseconds."""
    return to_milliseconds(now())
