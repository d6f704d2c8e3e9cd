"""Takes the place of `chalicelib.entry.wall_clock` in the code of a stack whose clock can be set: the time, moved."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from chalicelib.domain.instants import to_milliseconds

OFFSET_FILE = Path(__file__).with_name("clock_offset_s")
"""How far the time is moved, in seconds. Without the file it is not."""


def now() -> datetime:
    """Return the time, in UTC."""
    try:
        offset_s = float(OFFSET_FILE.read_text("ascii"))
    except FileNotFoundError:
        offset_s = 0.0
    return datetime.now(UTC) + timedelta(seconds=offset_s)


def current_instant() -> datetime:
    """Return the time as the API knows times: in whole milliseconds."""
    return to_milliseconds(now())
