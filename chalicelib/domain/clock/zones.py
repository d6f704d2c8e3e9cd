"""Time zones by their IANA name, read from the zone data that the project pins.

`zoneinfo` reads the machine's own files first and the `tzdata` package only where they lack a zone, and the machine's
may be a year behind. Every process therefore runs with `PYTHONTZPATH=""`, which leaves the pinned package alone.
"""

import re
import zoneinfo
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){0,2}", re.ASCII)
_LONGEST_NAME = 64
_HOUR, _SECOND = timedelta(hours=1), timedelta(seconds=1)
_NO_PLACE = frozenset({"Factory", "localtime", "posixrules"})
_OTHER_SETS = ("posix/", "right/")
"""Copies of all zones beside the real ones; those under `right/` count leap seconds."""


@lru_cache(maxsize=1024)
def zone_named(name: str) -> ZoneInfo:
    """Return the zone with the IANA name `name`. Raises ValueError when there is none."""
    is_place = name not in _NO_PLACE and not name.startswith(_OTHER_SETS)
    if is_place and len(name) <= _LONGEST_NAME and _NAME.fullmatch(name):
        try:
            return ZoneInfo(name)
        except (zoneinfo.ZoneInfoNotFoundError, OSError):  # OSError: the name of a folder, such as Europe
            pass
    raise ValueError(f"{name[:_LONGEST_NAME]!r} is no time zone of the IANA database")


def _require_zone(name: str) -> str:
    zone_named(name)
    return name


TimeZoneName = Annotated[str, AfterValidator(_require_zone)]
"""An IANA name such as `Europe/Brussels`."""


def to_utc(local: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant at which clocks of `zone` show `local`, a time without a zone.

    Of a time that they show twice, the first. A time that they skip counts as if they had not been moved yet.
    """
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)


def instants_of(local: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """Return the instants that `local`, a time without a zone, may stand for: one, or two where clocks are moved."""
    both = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return tuple(dict.fromkeys(both))


def clock_changes(zone: ZoneInfo, begin: datetime, end: datetime) -> tuple[datetime, ...]:
    """Return the instants in [begin, end) at which clocks of `zone` are moved, to the second, up to one an hour."""
    found, at = [], begin
    while at < end:
        after = min(at + _HOUR, end)
        if _offset(zone, at) != _offset(zone, after):
            before = at
            while after - before > _SECOND:
                middle = before + (after - before) // 2
                before, after = (middle, after) if _offset(zone, middle) == _offset(zone, at) else (before, middle)
            found.append(after.replace(microsecond=0))
            after = min(at + _HOUR, end)
        at = after
    return tuple(found)


def _offset(zone: ZoneInfo, at: datetime) -> timedelta | None:
    return at.astimezone(zone).utcoffset()


def zone_data_version() -> str:
    """Return the IANA release of the pinned data, such as `2026f`; `system` when the machine's files come first."""
    if zoneinfo.TZPATH:
        return "system"
    import tzdata  # lazy: only the health check asks (ADR 0015)

    return str(tzdata.IANA_VERSION)
