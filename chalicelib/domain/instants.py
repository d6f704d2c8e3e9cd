"""Points in time as the product writes them: RFC 3339, UTC, milliseconds, `Z`."""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, PlainSerializer, WithJsonSchema

_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", re.ASCII)


def to_milliseconds(at: datetime) -> datetime:
    """Return `at` in UTC with everything finer than a millisecond cut off, so that it survives a round trip.

    Raises ValueError when `at` has no offset, which would mean to guess, or lies outside the years 1 to 9999 in UTC.
    """
    if at.utcoffset() is None:
        raise ValueError(f"the time {at} has no offset from UTC")
    try:
        utc = at.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"the time {at} is outside the years 1 to 9999 in UTC") from error
    return utc.replace(microsecond=utc.microsecond // 1000 * 1000)


def format_instant(at: datetime) -> str:
    """Format `at` as `2026-11-23T15:04:05.678Z`; the strings sort by time."""
    return to_milliseconds(at).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def up_to_second(at: datetime) -> datetime:
    """Return the first whole second at or after `at`, so that what is due then is never done early."""
    return at if at.microsecond == 0 else at.replace(microsecond=0) + timedelta(seconds=1)


def parse_instant(text: str) -> datetime:
    """Parse an RFC 3339 time with an offset. Raises ValueError for anything else."""
    if not _RFC_3339.fullmatch(text):
        raise ValueError(f"{text!r} is no RFC 3339 time with an offset")
    return to_milliseconds(datetime.fromisoformat(text))


Instant = Annotated[
    AwareDatetime,
    AfterValidator(to_milliseconds),
    PlainSerializer(format_instant, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
