"""Working time against a reference that looks at every minute, in all zones whose clocks were ever moved."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import strategies as st

from chalicelib.domain.clock.weekly_hours import WEEKDAYS, WeeklyHours
from chalicelib.domain.clock.working_time import WorkingCalendar, add_working_minutes, working_time_between
from tests.unit.domain.clock.calendars import (
    WEEKS,
    clock_changes,
    holidays_around,
    office,
    weeks_around,
    zones_that_shifted,
)
from tests.unit.domain.clock.exploring import explore
from tests.unit.domain.clock.minute_by_minute import MINUTE, MinuteByMinute, WallClock, minute_before

BEFORE, SPAN = timedelta(days=4), 11 * 1440
ODD_ZONES = (
    "Africa/Casablanca",
    "America/Havana",
    "America/Nuuk",
    "America/Santiago",
    "America/Vancouver",
    "Asia/Beirut",
    "Atlantic/Azores",
    "Australia/Lord_Howe",
    "Europe/Brussels",
    "Europe/Dublin",
    "Pacific/Apia",
    "Pacific/Chatham",
)
NIGHTS = WeeklyHours(**{day: (("22:00", "06:00"), ("09:00", "12:30")) for day in WEEKDAYS})


def check(calendar: WorkingCalendar, start: datetime, minutes: int) -> None:
    """Compare both functions with the reference, on the days around `start`."""
    wall = WallClock(calendar.time_zone, minute_before(start) - BEFORE, SPAN)
    reference = MinuteByMinute(calendar, wall)
    span_end = wall.first + (SPAN - 1440) * MINUTE  # the last day's intervals may not all be seen

    reached, expected = add_working_minutes(calendar, start, minutes), reference.add(start, minutes)

    if expected is None or expected > span_end:
        assert reached is None or reached > span_end
    else:
        assert reached == expected
        assert working_time_between(calendar, start, expected) == minutes * MINUTE
    end = start + minutes * MINUTE
    assert working_time_between(calendar, start, end) == reference.between(start, end)


@st.composite
def cases(draw: st.DrawFn) -> tuple[WorkingCalendar, datetime, int]:
    """A calendar of any zone, a start within days of a change of its clocks or on any day, and minutes to be added."""
    zone = draw(st.sampled_from(zones_that_shifted()))
    anchors = clock_changes(zone, 2010, 2036) or (datetime(2026, 6, 1, tzinfo=UTC),)
    anchor = draw(st.sampled_from(anchors))
    hours, is_near = draw(WEEKS | weeks_around(anchor, zone)), draw(st.booleans())
    seconds = st.integers(-4 * 3600, 3600) if is_near else st.integers(-2 * 86_400, 86_400)
    start = anchor + timedelta(seconds=draw(seconds))
    holidays = draw(holidays_around(start.date()))
    calendar = WorkingCalendar(time_zone=zone, hours=hours, holidays=holidays)
    return calendar, start, draw(st.integers(0, 300) if is_near else st.integers(0, 4000))


@pytest.mark.parametrize("examples", [60, pytest.param(6000, marks=pytest.mark.prove)])
def test_working_time_agrees_with_every_minute(examples: int) -> None:
    explore(check, cases(), examples)


@pytest.mark.prove
def test_working_time_agrees_at_every_clock_change_of_ten_years_in_all_zones() -> None:
    zones, seen = zones_that_shifted(), 0
    for zone in zones:
        for change in clock_changes(zone, 2026, 2036):
            for hours in (office().hours, NIGHTS):
                calendar = WorkingCalendar(time_zone=zone, hours=hours, holidays=(change.date(),))
                check(calendar, change - timedelta(minutes=700, seconds=20), 1200)
            seen += 1
    assert seen > 2000


@pytest.mark.prove
@pytest.mark.parametrize("zone", ODD_ZONES)
def test_working_time_agrees_through_ten_years_in_odd_zones(zone: str) -> None:
    """A year at a time, so that the minutes fit into memory."""
    years = [datetime(year, 1, 1, 0, 0, 17, tzinfo=UTC) for year in range(2026, 2037)]
    holidays = tuple((years[0] + timedelta(days=37 * count)).date() for count in range(98))
    calendar = WorkingCalendar(time_zone=zone, hours=NIGHTS, holidays=holidays)
    total = timedelta(0)

    for start, end in pairwise(years):
        wall = WallClock(zone, minute_before(start) - BEFORE, 380 * 1440)
        reference = MinuteByMinute(calendar, wall)
        for minutes in (0, 1, 1440, 200_000):
            assert add_working_minutes(calendar, start, minutes) == reference.add(start, minutes)
        total += reference.between(start, end)
        assert working_time_between(calendar, years[0], end) == total
    reached = add_working_minutes(calendar, years[0], total // MINUTE)
    assert reached is not None
    assert working_time_between(calendar, years[0], reached) == total // MINUTE * MINUTE


def test_more_minutes_never_end_earlier() -> None:
    def check_order(case: tuple[WorkingCalendar, datetime, int], more: int) -> None:
        calendar, start, minutes = case
        sooner, later = (add_working_minutes(calendar, start, count) for count in (minutes, minutes + more))
        assert later is None or (sooner is not None and sooner <= later)

    explore(check_order, st.tuples(cases(), st.integers(0, 4000)), 100)
