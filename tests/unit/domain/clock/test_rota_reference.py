"""Shifts against turns that are found day by day on a clock on the wall, near changes of clocks in all zones."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import strategies as st

from chalicelib.domain.clock.rota import Handover, Override, Rota, on_call, shifts
from chalicelib.domain.clock.weekly_hours import WEEKDAYS
from tests.unit.domain.clock.calendars import clock_changes, zones_that_shifted
from tests.unit.domain.clock.exploring import explore
from tests.unit.domain.clock.minute_by_minute import MINUTE, WallClock, minute_before

DAY = timedelta(days=1)
TIMES = ("00:00", "00:30", "02:00", "02:30", "03:00", "09:00", "23:30", "23:59")
SPAN = timedelta(days=9)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@st.composite
def rotas(draw: st.DrawFn) -> tuple[Rota, datetime]:
    """A rota of any zone, and an instant near a change of its clocks."""
    zone = draw(st.sampled_from(zones_that_shifted()))
    change = draw(st.sampled_from(clock_changes(zone, 2011, 2036) or (at("2026-06-01T00:00"),)))
    begin = change - timedelta(minutes=draw(st.integers(0, 5 * 1440)))
    spans = draw(
        st.lists(st.tuples(st.integers(-3000, 9000), st.integers(1, 6000), st.sampled_from("xyz")), max_size=4)
    )
    rota = Rota(
        time_zone=zone,
        people=tuple(draw(st.lists(st.sampled_from("abc"), min_size=1, max_size=4))),
        handover=Handover(weekday=draw(st.sampled_from((None, *WEEKDAYS))), time=draw(st.sampled_from(TIMES))),
        length=draw(st.integers(1, 3)),
        starts_on=begin.date() - timedelta(days=draw(st.integers(-5, 40))),
        overrides=tuple(
            Override(person=who, begins_at=begin + first * MINUTE, ends_at=begin + (first + length) * MINUTE)
            for first, length, who in spans
        ),
    )
    return rota, begin


def handovers(rota: Rota, wall: WallClock) -> list[tuple[int, str]]:
    """The minute at which each turn begins that begins in what `wall` shows, and whose it is, found day by day."""
    found, turn, day = [], 0, rota.starts_on
    while rota.handover.weekday is not None and WEEKDAYS[day.weekday()] != rota.handover.weekday:
        day += DAY
    hour, minute = map(int, rota.handover.time.split(":"))
    while day <= wall.shown[-1].date():
        local = datetime(day.year, day.month, day.day, hour, minute)
        if local < wall.shown[0]:
            found = [(-1, rota.people[turn % len(rota.people)])]
        elif (begins := wall.minute_of(local)) < len(wall.shown):
            found.append((begins, rota.people[turn % len(rota.people)]))
        day, turn = day + rota.length * (DAY if rota.handover.weekday is None else 7 * DAY), turn + 1
    return found


def check(rota: Rota, begin: datetime) -> None:
    end = begin + SPAN
    turns = shifts(rota, begin, end)
    wall = WallClock(rota.time_zone, minute_before(begin) - 2 * DAY, 12 * 1440)
    begun = handovers(rota, wall)

    for before, after in pairwise(turns):
        assert before.ends_at <= after.begins_at, "no overlap"
        if before.ends_at < after.begins_at:
            assert on_call(rota, before.ends_at) == (None, after.begins_at), "no gap where anybody is on call"
    assert all(shift.begins_at < shift.ends_at for shift in turns)
    for minute in range(0, 9 * 1440, 13):
        instant = begin + minute * MINUTE
        place = (instant - wall.first) // MINUTE
        expected = next((who for first, who in reversed(begun) if first <= place), None)
        covering = [each.person for each in rota.overrides if each.begins_at <= instant < each.ends_at]
        expected = covering[-1] if covering else expected
        inside = [shift for shift in turns if shift.begins_at <= instant < shift.ends_at]
        assert [shift.person for shift in inside] == ([expected] if expected else [])
        person, until = on_call(rota, instant)
        assert person == expected
        assert until is None or until > instant
        assert not inside or until == inside[0].ends_at


@pytest.mark.parametrize("examples", [30, pytest.param(1000, marks=pytest.mark.prove)])
def test_shifts_tile_the_span_and_agree_with_a_clock_on_the_wall(examples: int) -> None:
    explore(check, rotas(), examples)


def test_daily_shifts_of_a_place_that_skipped_a_day_leave_no_gap() -> None:
    rota = Rota(
        time_zone="Pacific/Apia",
        people=("a", "b", "c"),
        handover=Handover(time="09:00"),
        starts_on=date(2011, 12, 28),
    )

    check(rota, at("2011-12-27T00:00"))
    turns = shifts(rota, at("2011-12-28T19:00"), at("2011-12-31T19:00"))
    assert [shift.person for shift in turns] == ["a", "b", "a"], "the day of c was skipped"
