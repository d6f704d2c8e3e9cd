"""Points in time as the product writes them: RFC 3339, UTC, milliseconds, `Z`."""

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, PlainSerializer


def to_milliseconds(at: datetime) -> datetime:
    """Return `at` in UTC with everything finer than a millisecond cut off, so that it survives a round trip."""
    return at.astimezone(UTC).replace(microsecond=at.microsecond // 1000 * 1000)


def format_instant(at: datetime) -> str:
    """Write `at` as `2026-11-23T15:04:05.678Z`; these strings sort in the order of the times they name."""
    return to_milliseconds(at).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse_instant(text: str) -> datetime:
    """Read what `format_instant` wrote. Raises ValueError for anything that is no RFC 3339 time with an offset."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError(f"{text!r} has no offset from UTC")
    return to_milliseconds(at)


Instant = Annotated[AwareDatetime, AfterValidator(to_milliseconds), PlainSerializer(format_instant, when_used="json")]
