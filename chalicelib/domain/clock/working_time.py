"""Working time: adding minutes to an instant, and counting those between two, in a calendar's opening hours.

An interval of opening hours is half-open and belongs to the local day it begins on, also when it crosses midnight. A
holiday drops the intervals that begin on it. Instants that lie in two intervals, as a change of clocks can bring
about, count once.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache
from heapq import heappop, heappush
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field

from chalicelib.domain.clock.weekly_hours import DAY_MIN, LocalDate, WeeklyHours
from chalicelib.domain.clock.zones import TimeZoneName, to_utc, zone_named
from chalicelib.domain.frozen_model import FrozenModel

HORIZON = timedelta(days=3660)
"""How far ahead is looked, ten years and a little: what does not come by then does not come."""

MOST_MINUTES = HORIZON // timedelta(minutes=1)

YEARS = range(1970, 3000)
"""The years that an instant may lie in; before them zones had offsets of odd seconds."""

_LOOK_BACK_DAYS = 3
"""An interval that is open now began at most two local days ago, and local days differ from those of UTC by one."""


def _sorted_dates(dates: Any) -> Any:
    return tuple(sorted(set(dates))) if isinstance(dates, list | tuple) and _are_alike(dates) else dates


def _are_alike(dates: list[Any] | tuple[Any, ...]) -> bool:
    return all(type(each) is date for each in dates) or all(isinstance(each, str) for each in dates)


Holidays = Annotated[tuple[LocalDate, ...], BeforeValidator(_sorted_dates), Field(max_length=1000)]
"""Local dates, kept in order and each once."""


class WorkingCalendar(FrozenModel):
    """When working time passes: in the week's hours but for holidays, or always."""

    time_zone: TimeZoneName
    hours: WeeklyHours
    holidays: Holidays = ()
    around_the_clock: bool = False

    @cached_property
    def holiday_ordinals(self) -> frozenset[int]:
        """The holidays as proleptic Gregorian ordinals."""
        return frozenset(day.toordinal() for day in self.holidays)


def add_working_minutes(calendar: WorkingCalendar, start: datetime, minutes: int) -> datetime | None:
    """Return the first instant, in UTC, at which `minutes` of working time have passed since `start`.

    For 0 minutes that is the first working instant at or after `start`. None when it does not come within ten years,
    as in a calendar that never opens. Raises ValueError for a negative number of minutes, for more than ten years, and
    for a start without an offset or outside the years 1970 to 2999.
    """
    if not 0 <= minutes <= MOST_MINUTES:
        raise ValueError(f"{minutes} is not from 0 to {MOST_MINUTES} minutes")
    start = _in_range(start)
    left = timedelta(minutes=minutes)
    if calendar.around_the_clock:
        return start + left
    for opening, closing in _working_spans(calendar, start):
        if closing - opening >= left:
            reached = opening + left
            return reached if reached - start <= HORIZON else None
        left -= closing - opening
    return None


def working_spans(calendar: WorkingCalendar, begin: datetime, end: datetime) -> tuple[tuple[datetime, datetime], ...]:
    """Return the spans of working time in [begin, end), in UTC, in order; spans that touch are one."""
    begin, end = _in_range(begin), _in_range(end)
    if calendar.around_the_clock:
        return ((begin, end),)
    found: list[tuple[datetime, datetime]] = []
    for opening, closing in _working_spans(calendar, begin):
        if opening >= end:
            break
        begins_at = found.pop()[0] if found and found[-1][1] == opening else opening
        found.append((begins_at, min(closing, end)))
    return tuple(found)


def working_time_between(calendar: WorkingCalendar, start: datetime, end: datetime) -> timedelta:
    """Return how much working time lies in [start, end); none when `end` is not after `start`.

    Raises ValueError for more than ten years, and for instants that `add_working_minutes` refuses.
    """
    start, end = _in_range(start), _in_range(end)
    if end - start > HORIZON:
        raise ValueError("the two instants are more than ten years apart")
    if calendar.around_the_clock:
        return max(end - start, timedelta(0))
    total = timedelta(0)
    for opening, closing in _working_spans(calendar, start):
        if opening >= end:
            break
        total += min(closing, end) - opening
    return total


def _in_range(at: datetime) -> datetime:
    if at.utcoffset() is None or at.year not in YEARS:
        raise ValueError(f"{at} has no offset from UTC, or lies outside the years {YEARS[0]} to {YEARS[-1]}")
    return at.astimezone(UTC)


def _working_spans(calendar: WorkingCalendar, start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield the spans of working time from `start` on, in UTC, in order, none of them empty, no two overlapping.

    Where clocks skip a day or a midnight, a day's interval may begin before one of the day before. So a span is
    yielded once no later day can begin one before it: offsets from UTC are less than a day.
    """
    zone, week, holidays = zone_named(calendar.time_zone), calendar.hours.minutes, calendar.holiday_ordinals
    if not any(week):
        return
    first = start.toordinal() - _LOOK_BACK_DAYS
    waiting: list[tuple[datetime, datetime]] = []
    reach = start
    for day in range(first, first + HORIZON.days + 2 * _LOOK_BACK_DAYS):
        intervals = week[(day - 1) % 7]  # ordinal 1 is a Monday
        if intervals and day not in holidays:
            for span in _day_spans(zone, day, intervals):
                if span[1] > reach:
                    heappush(waiting, span)
        while waiting and waiting[0][0].toordinal() < day:
            opening, closing = heappop(waiting)
            if closing > reach:
                yield max(opening, reach), closing
                reach = closing


@lru_cache(maxsize=8192)
def _day_spans(
    zone: ZoneInfo, day: int, intervals: tuple[tuple[int, int], ...]
) -> tuple[tuple[datetime, datetime], ...]:
    """Return in UTC the intervals that begin on the local day with the ordinal `day`, less those that clocks skip."""
    spans = [(_resolve(zone, day, opening), _resolve(zone, day, closing)) for opening, closing in intervals]
    return tuple((opening, closing) for opening, closing in spans if opening < closing)


def _resolve(zone: ZoneInfo, day: int, minute: int) -> datetime:
    extra_days, minute = divmod(minute, DAY_MIN)
    return to_utc(datetime.fromordinal(day + extra_days).replace(hour=minute // 60, minute=minute % 60), zone)
