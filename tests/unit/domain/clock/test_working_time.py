import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from chalicelib.domain.clock.cover import preview
from chalicelib.domain.clock.policy import Policy
from chalicelib.domain.clock.weekly_hours import WeeklyHours
from chalicelib.domain.clock.working_time import (
    MOST_MINUTES,
    WorkingCalendar,
    add_working_minutes,
    working_time_between,
)
from chalicelib.domain.handoff import Priority
from tests.unit.domain.clock.calendars import office

VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[3] / "vectors" / "clock" / "vectors.json").read_text()
)
NEVER = WorkingCalendar(time_zone="Europe/Brussels", hours=WeeklyHours())


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_vectors_are_all_there() -> None:
    assert len(VECTORS) >= 17


@pytest.mark.parametrize("vector", VECTORS, ids=[vector["name"] for vector in VECTORS])
def test_ladder_steps_are_due_when_the_vector_says(vector: dict[str, Any]) -> None:
    rules = {key: vector[key] for key in ("ladder", "repeat", "around_the_clock")}
    policy = Policy.model_validate({**vector["policy"], "priorities": {"normal": rules}})

    steps = preview(policy.for_client(None, Priority.NORMAL), datetime.fromisoformat(vector["start"]))

    expected = [(_maybe(step["at"]), step["round"], step["level"]) for step in vector["expect"]]
    assert [(step.at, step.round, step.level) for step in steps] == expected


def _maybe(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("start", "minutes", "reached"),
    [
        ("2026-12-04T16:55", 5, "2026-12-04T17:00"),
        ("2026-12-04T17:00", 0, "2026-12-07T07:00"),
        ("2026-12-04T16:59:59.999", 0, "2026-12-04T16:59:59.999"),
        ("2026-12-05T12:00", 600, "2026-12-07T17:00"),
        ("2026-12-05T12:00", 601, "2026-12-08T07:01"),
    ],
)
def test_added_minutes_end_at_closing_and_begin_at_opening(start: str, minutes: int, reached: str) -> None:
    assert add_working_minutes(office(), at(start), minutes) == at(reached)


def test_no_minutes_in_opening_hours_end_at_once() -> None:
    assert add_working_minutes(office(), at("2026-12-04T10:00:30"), 0) == at("2026-12-04T10:00:30")


def test_calendar_that_never_opens_reaches_nothing() -> None:
    assert add_working_minutes(NEVER, at("2026-12-04T10:00"), 0) is None
    assert working_time_between(NEVER, at("2026-12-04T10:00"), at("2030-01-01")) == timedelta(0)


def test_calendar_open_a_minute_a_week_is_searched_for_ten_years() -> None:
    calendar = WorkingCalendar(time_zone="UTC", hours=WeeklyHours(mon=(("09:00", "09:01"),)))

    assert add_working_minutes(calendar, at("2026-12-01"), 500) == at("2036-06-30T09:01")
    assert add_working_minutes(calendar, at("2026-12-01"), 530) is None


def test_minutes_around_the_clock_are_those_of_any_clock() -> None:
    calendar = office(around_the_clock=True)

    assert add_working_minutes(calendar, at("2026-12-05T02:00"), 61) == at("2026-12-05T03:01")
    assert working_time_between(calendar, at("2026-12-05T02:00"), at("2026-12-06T02:00:59")) == timedelta(
        days=1, seconds=59
    )


def test_interval_of_a_skipped_hour_lasts_as_long_as_it_says() -> None:
    calendar = WorkingCalendar(time_zone="Europe/Brussels", hours=WeeklyHours(sun=(("02:15", "02:45"),)))

    assert working_time_between(calendar, at("2027-03-28"), at("2027-03-29")) == timedelta(minutes=30)


def test_minutes_in_two_intervals_that_a_clock_change_lays_over_each_other_count_once() -> None:
    calendar = WorkingCalendar(
        time_zone="Europe/Brussels", hours=WeeklyHours(sun=(("02:00", "02:45"), ("03:00", "04:00")))
    )

    assert working_time_between(calendar, at("2027-03-28"), at("2027-03-29")) == timedelta(minutes=60)


def test_day_that_a_place_skipped_delays_no_interval_of_the_day_after() -> None:
    hours = WeeklyHours(fri=(("08:00", "22:00"),), sat=(("07:00", "07:30"),))
    calendar = WorkingCalendar(time_zone="Pacific/Apia", hours=hours)
    saturday_at_midnight = at("2011-12-30T10:00")

    assert add_working_minutes(calendar, saturday_at_midnight, 0) == at("2011-12-30T17:00")


def test_no_working_time_lies_between_an_instant_and_an_earlier_one() -> None:
    assert working_time_between(office(), at("2026-12-04T12:00"), at("2026-12-04T11:00")) == timedelta(0)


def test_instant_with_another_offset_counts_as_the_same_instant() -> None:
    local = datetime.fromisoformat("2026-12-04T17:55:00+01:00")

    assert add_working_minutes(office(), local, 10) == at("2026-12-07T07:05")


@pytest.mark.parametrize("minutes", [-1, MOST_MINUTES + 1, 10**18])
def test_minutes_beyond_ten_years_or_below_zero_are_refused(minutes: int) -> None:
    with pytest.raises(ValueError, match="minutes"):
        add_working_minutes(office(), at("2026-12-04T12:00"), minutes)


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00+00:00", "1969-12-31T23:59+00:00", "9999-12-31T23:59-10:00", "2026-12-04T12:00"]
)
def test_start_without_offset_or_beyond_the_years_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="offset"):
        add_working_minutes(office(), datetime.fromisoformat(text), 5)


def test_count_over_more_than_ten_years_is_refused() -> None:
    with pytest.raises(ValueError, match="ten years"):
        working_time_between(office(), at("2026-12-04T12:00"), at("2046-12-04T12:00"))
