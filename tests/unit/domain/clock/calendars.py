"""Calendars, zones and changes of clocks for tests of working time."""

import zoneinfo
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from chalicelib.domain.clock.weekly_hours import WEEKDAYS, WeeklyHours
from chalicelib.domain.clock.working_time import WorkingCalendar
from chalicelib.domain.clock.zones import zone_named

OFFICE_DAYS: dict[str, Any] = {day: (("08:00", "18:00"),) for day in ("mon", "tue", "wed", "thu", "fri")}


def office(time_zone: str = "Europe/Brussels", **changes: Any) -> WorkingCalendar:
    return WorkingCalendar(time_zone=time_zone, hours=WeeklyHours(**OFFICE_DAYS), **changes)


@cache
def zones_that_shifted() -> tuple[str, ...]:
    """All zones whose distance from UTC was not the same all the time from 1970 to 2037."""
    days = [datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=30 * count) for count in range(68 * 12)]
    places = sorted(name for name in zoneinfo.available_timezones() if name != "Factory")
    return tuple(name for name in places if len({day.astimezone(zone_named(name)).utcoffset() for day in days}) > 1)


@cache
def clock_changes(name: str, first_year: int, last_year: int) -> tuple[datetime, ...]:
    """The minutes in UTC at which clocks of the zone are moved, from `first_year` to `last_year`."""
    zone, changes = zone_named(name), []
    low = datetime(first_year, 1, 1, tzinfo=UTC)
    while low.year <= last_year:
        high = low + timedelta(days=2)
        if low.astimezone(zone).utcoffset() != high.astimezone(zone).utcoffset():
            changes.append(_change_between(zone, low, high))
        low = high
    return tuple(changes)


def _change_between(zone: zoneinfo.ZoneInfo, low: datetime, high: datetime) -> datetime:
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(minutes=1):
        middle = low + (high - low) // timedelta(minutes=2) * timedelta(minutes=1)
        low, high = (middle, high) if middle.astimezone(zone).utcoffset() == before else (low, middle)
    return high


def _week_from(minutes: list[int], shift: int, *, crosses_midnight: bool) -> WeeklyHours:
    """Cut a week that begins `shift` minutes after Monday's midnight, and open in every other piece."""
    days: list[list[tuple[str, str]]] = [[] for _ in WEEKDAYS]
    for start, end in zip(minutes[::2], minutes[1::2], strict=False):
        day, opening = divmod(start + shift, 1440)
        longest = 1439 if crosses_midnight else 1440 - opening
        closing = opening + min(end - start, longest)
        days[day % 7].append((_written(opening), "24:00" if closing == 1440 else _written(closing % 1440)))
    return WeeklyHours(**dict(zip(WEEKDAYS, (tuple(day) for day in days), strict=True)))


def _written(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


_MINUTES = st.lists(
    st.integers(0, 7 * 1440) | st.integers(0, 7 * 96).map(lambda quarter: quarter * 15), max_size=16, unique=True
).map(sorted)

WEEKS = st.builds(
    lambda minutes, shift, crosses: _week_from(minutes, shift, crosses_midnight=crosses),
    _MINUTES,
    st.integers(0, 7 * 1440 - 1),
    st.booleans(),
) | st.just(WeeklyHours(**{day: (("00:00", "24:00"),) for day in WEEKDAYS}))
"""Weeks of any intervals: some cross midnight, from Sunday to Monday too, and some end at 24:00."""


def weeks_around(change: datetime, zone: str) -> st.SearchStrategy[WeeklyHours]:
    """Weeks whose intervals begin and end within hours of what clocks show when they are moved."""
    local = change.astimezone(zone_named(zone))
    shift = (local.weekday() * 1440 + local.hour * 60 + local.minute - 240) % (7 * 1440)
    minutes = st.lists(st.integers(0, 32).map(lambda quarter: quarter * 15), min_size=2, max_size=6, unique=True)
    return st.builds(
        lambda chosen, crosses: _week_from(sorted(chosen), shift, crosses_midnight=crosses), minutes, st.booleans()
    )


def holidays_around(day: date) -> st.SearchStrategy[tuple[date, ...]]:
    return st.lists(st.integers(-3, 9).map(lambda days: day + timedelta(days=days)), max_size=4).map(tuple)
