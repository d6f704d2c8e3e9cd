from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from pydantic import ValidationError

from chalicelib.domain.clock.rota import (
    LONGEST_SPAN,
    MOST_OVERRIDES,
    Override,
    Rota,
    on_call,
    shifts,
    take_shift,
)
from chalicelib.domain.errors import InvalidRequest, NotFound
from tests.unit.domain.clock.minute_by_minute import MINUTE

DAY = timedelta(days=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def weekly(*people: str, **changes: Any) -> Rota:
    """People who take turns on Mondays at 09:00 in Brussels, from 2026-11-30 on."""
    facts: dict[str, Any] = {
        "time_zone": "Europe/Brussels",
        "people": people or ("sam", "ada", "max"),
        "handover": {"weekday": "mon", "time": "09:00"},
        "starts_on": "2026-11-30",
    }
    return Rota.model_validate({**facts, **changes})


def override(person: str, begins: str, ends: str) -> Override:
    return Override(person=person, begins_at=at(begins), ends_at=at(ends))


def test_people_take_turns_from_handover_to_handover() -> None:
    turns = shifts(weekly(), at("2026-11-30T08:00"), at("2026-12-22T00:00"))

    assert [(shift.person, shift.begins_at) for shift in turns] == [
        ("sam", at("2026-11-30T08:00")),
        ("ada", at("2026-12-07T08:00")),
        ("max", at("2026-12-14T08:00")),
        ("sam", at("2026-12-21T08:00")),
    ]


def test_person_on_call_changes_at_the_handover() -> None:
    handover = at("2026-12-07T08:00")

    assert on_call(weekly(), handover - MINUTE) == ("sam", handover)
    assert on_call(weekly(), handover) == ("ada", handover + 7 * DAY)


def test_nobody_is_on_call_before_the_first_handover() -> None:
    rota = weekly(starts_on="2026-12-01")

    assert on_call(rota, at("2026-12-02T00:00")) == (None, at("2026-12-07T08:00"))
    assert shifts(rota, at("2026-11-01T00:00"), at("2026-12-07T08:00")) == ()


@pytest.mark.parametrize(("length", "second"), [(1, "2026-12-01T08:00"), (3, "2026-12-03T08:00")])
def test_daily_handover_has_shifts_of_days(length: int, second: str) -> None:
    rota = weekly(handover={"time": "09:00"}, length=length)

    assert on_call(rota, at("2026-11-30T08:00")) == ("sam", at(second))


def test_weekly_handover_has_shifts_of_weeks() -> None:
    assert on_call(weekly(length=2), at("2026-12-07T08:00")) == ("sam", at("2026-12-14T08:00"))


def test_shift_over_a_clock_change_keeps_its_local_times() -> None:
    shift = shifts(weekly(starts_on="2026-10-19"), at("2026-10-20T00:00"), at("2026-10-21T00:00"))[0]

    assert (shift.begins_at, shift.ends_at) == (at("2026-10-19T07:00"), at("2026-10-26T08:00"))


def test_override_splits_the_shift_it_lies_in() -> None:
    rota = weekly(overrides=[override("eve", "2026-12-01T00:00", "2026-12-02T00:00")])

    turns = shifts(rota, at("2026-11-30T08:00"), at("2026-12-07T08:00"))

    assert [(shift.person, shift.ends_at, shift.is_override) for shift in turns] == [
        ("sam", at("2026-12-01T00:00"), False),
        ("eve", at("2026-12-02T00:00"), True),
        ("sam", at("2026-12-07T08:00"), False),
    ]


def test_last_override_counts_and_one_over_several_shifts_is_one() -> None:
    rota = weekly(
        overrides=[
            override("eve", "2026-12-01T00:00", "2026-12-20T00:00"),
            override("bob", "2026-12-03T00:00", "2026-12-04T00:00"),
        ]
    )

    turns = shifts(rota, at("2026-12-01T00:00"), at("2026-12-20T00:00"))

    assert [(shift.person, shift.ends_at) for shift in turns] == [
        ("eve", at("2026-12-03T00:00")),
        ("bob", at("2026-12-04T00:00")),
        ("eve", at("2026-12-20T00:00")),
    ]


def test_override_before_the_rota_starts_puts_somebody_on_call() -> None:
    rota = weekly(overrides=[override("eve", "2026-11-01T00:00", "2026-11-02T00:00")])

    assert on_call(rota, at("2026-10-31T00:00")) == (None, at("2026-11-01T00:00"))
    assert on_call(rota, at("2026-11-01T12:00")) == ("eve", at("2026-11-02T00:00"))
    assert on_call(rota, at("2026-11-02T00:00")) == (None, at("2026-11-30T08:00"))


def test_taken_shift_is_the_takers_and_the_rest_stays() -> None:
    rota, taken = take_shift(weekly(), at("2026-12-07T08:00"), "eve", at("2026-12-01T00:00"))

    assert taken.person == "ada"
    assert on_call(rota, at("2026-12-07T08:00")) == ("eve", at("2026-12-14T08:00"))
    assert on_call(rota, at("2026-12-07T07:59")) == ("sam", at("2026-12-07T08:00"))
    assert on_call(rota, at("2026-12-14T08:00")) == ("max", at("2026-12-21T08:00"))


def test_running_shift_is_taken_from_now_on() -> None:
    now = at("2026-12-09T10:00")
    rota, _ = take_shift(weekly(), at("2026-12-07T08:00"), "eve", now)

    assert on_call(rota, now - MINUTE) == ("ada", now)
    assert on_call(rota, now) == ("eve", at("2026-12-14T08:00"))


def test_taken_shift_can_be_taken_back() -> None:
    now, begins = at("2026-12-01T00:00"), at("2026-12-07T08:00")
    taken, _ = take_shift(weekly(), begins, "eve", now)

    rota, shift = take_shift(taken, begins, "ada", now)

    assert shift.person == "eve"
    assert on_call(rota, begins) == ("ada", at("2026-12-14T08:00"))


def test_shift_that_begins_at_another_time_cannot_be_taken() -> None:
    with pytest.raises(NotFound):
        take_shift(weekly(), at("2026-12-07T09:00"), "eve", at("2026-12-01T00:00"))


@pytest.mark.parametrize(
    ("by", "now", "said"),
    [("eve", "2026-12-14T08:00", "The shift is over."), ("ada", "2026-12-01T00:00", "The shift is yours already.")],
)
def test_shift_that_is_over_or_ones_own_cannot_be_taken(by: str, now: str, said: str) -> None:
    with pytest.raises(InvalidRequest, match=said):
        take_shift(weekly(), at("2026-12-07T08:00"), by, at(now))


def test_rota_full_of_overrides_refuses_another_until_the_old_ones_are_a_year_past() -> None:
    old = override("eve", "2026-12-08T00:00", "2026-12-08T01:00")
    rota, begins = weekly(overrides=[old] * MOST_OVERRIDES), at("2026-12-14T08:00")

    with pytest.raises(InvalidRequest, match="as many as it can hold"):
        take_shift(rota, begins, "eve", at("2026-12-10T00:00"))
    later = shifts(rota, begins + LONGEST_SPAN, begins + LONGEST_SPAN + DAY)[0].begins_at
    assert len(take_shift(rota, later, "eve", later)[0].overrides) == 1


BAD: list[tuple[dict[str, Any], str, str]] = [
    ({"people": []}, "people", "at least 1 item"),
    ({"people": ["a b"]}, "people.0", "pattern"),
    ({"time_zone": "Mars/Base"}, "time_zone", "no time zone"),
    ({"handover": {"weekday": "monday", "time": "09:00"}}, "handover.weekday", "'mon'"),
    ({"handover": {"time": "24:00"}}, "handover.time", "no time of day"),
    ({"length": 0}, "length", "greater than or equal to 1"),
    ({"length": 10**9}, "length", "less than or equal to 52"),
    ({"starts_on": "0001-01-01"}, "", "starts in the years"),
    ({"starts_on": "tomorrow"}, "starts_on", "YYYY-MM-DD"),
]


@pytest.mark.parametrize(("changes", "place", "said"), BAD)
def test_rota_that_is_wrong_is_refused_where_it_is_wrong(changes: dict[str, Any], place: str, said: str) -> None:
    with pytest.raises(ValidationError) as refused:
        weekly(**changes)

    errors = {".".join(map(str, error["loc"])): error["msg"] for error in refused.value.errors()}
    assert said in errors[place]


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ("2026-12-01T00:00", "ends after it begins"),
        ("2026-11-01T00:00", "ends after it begins"),
        ("2030-01-01T00:00", "at most"),
    ],
)
def test_override_that_ends_before_it_begins_or_lasts_years_is_refused(ends: str, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        override("eve", "2026-12-01T00:00", ends)


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("2026-12-02T00:00", "2026-12-01T00:00"),
        ("2026-12-01T00:00", "2026-12-01T00:00"),
        ("2026-12-01T00:00", "2028-12-01T00:00"),
        ("1999-12-01T00:00", "1999-12-02T00:00"),
    ],
)
def test_shifts_of_a_span_that_is_empty_or_too_long_are_refused(begin: str, end: str) -> None:
    with pytest.raises(InvalidRequest, match="span"):
        shifts(weekly(), at(begin), at(end))


def test_rota_reads_back_from_its_json() -> None:
    rota = weekly(overrides=[override("eve", "2026-12-01T00:00", "2026-12-02T00:00")])

    assert Rota.model_validate_json(rota.model_dump_json()) == rota


def test_shifts_of_a_year_with_many_overrides_are_whole() -> None:
    begin = at("2026-12-01T00:00")
    rota = weekly(
        overrides=[
            Override(person="eve", begins_at=begin + count * DAY, ends_at=begin + (count + 2) * DAY)
            for count in range(MOST_OVERRIDES)
        ]
    )

    turns = shifts(rota, begin, begin + LONGEST_SPAN)

    assert all(before.ends_at == after.begins_at for before, after in pairwise(turns))
