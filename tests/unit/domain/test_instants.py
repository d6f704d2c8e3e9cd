from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from chalicelib.domain.instants import Instant, format_instant, parse_instant, to_milliseconds, up_to_second
from tests.support.builders import START

offsets = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(lambda minutes: timezone(timedelta(minutes=minutes)))
times = st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=offsets)
INSTANT = TypeAdapter(Instant)


@given(times)
def test_written_time_reads_back_to_the_millisecond(at: datetime) -> None:
    assert parse_instant(format_instant(at)) == to_milliseconds(at)


@given(times)
def test_cut_time_lies_less_than_a_millisecond_before(at: datetime) -> None:
    assert timedelta(0) <= at - to_milliseconds(at) < timedelta(milliseconds=1)


@given(times)
def test_second_for_the_clock_is_whole_and_less_than_one_later(at: datetime) -> None:
    second = up_to_second(at)

    assert second.microsecond == 0
    assert timedelta(0) <= second - at < timedelta(seconds=1)


@given(times)
def test_cutting_twice_changes_nothing(at: datetime) -> None:
    assert to_milliseconds(to_milliseconds(at)) == to_milliseconds(at)


@given(times, times | st.just(START))
def test_written_times_sort_as_the_times_do(one: datetime, other: datetime) -> None:
    assert (format_instant(one) < format_instant(other)) == (to_milliseconds(one) < to_milliseconds(other))


@given(times)
def test_every_written_time_has_the_same_shape(at: datetime) -> None:
    assert len(format_instant(at)) == len("2026-11-23T15:04:05.678Z")


def test_time_is_written_in_utc_with_milliseconds_and_z() -> None:
    at = datetime(2026, 11, 23, 16, 4, 5, 678_999, tzinfo=timezone(timedelta(hours=1)))

    assert format_instant(at) == "2026-11-23T15:04:05.678Z"


def test_time_with_another_offset_is_read_as_utc() -> None:
    assert parse_instant("2026-11-23T10:00:00+01:00") == START


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now",
        "1763888645",
        "2026-11-23",
        "2026-11-23T09:00:00",
        "2026-11-23T09:00Z",
        "20261123T090000Z",
        "2026-W48-1T09:00:00Z",
        "2026-13-01T09:00:00Z",
        "2026-11-23T25:00:00Z",
        "2026-11-23T09:00:00Z\n",
        "٢٠٢٦-11-23T09:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
    ],
)
def test_text_that_is_no_rfc_3339_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"time|month|hour"):
        parse_instant(text)


def test_time_without_offset_is_not_guessed_at() -> None:
    with pytest.raises(ValueError, match="offset"):
        format_instant(START.replace(tzinfo=None))


def test_value_refuses_a_time_without_offset() -> None:
    with pytest.raises(ValidationError, match="timezone"):
        INSTANT.validate_python(START.replace(tzinfo=None))


def test_value_refuses_a_time_that_utc_cannot_name() -> None:
    with pytest.raises(ValidationError, match="time"):
        INSTANT.validate_python("0001-01-01T00:00:00+14:00")


def test_value_keeps_the_time_in_utc_to_the_millisecond() -> None:
    at = INSTANT.validate_python("2026-11-23T10:00:00.000999+01:00")

    assert (at, at.tzinfo) == (START, UTC)


def test_value_writes_its_time_as_we_do() -> None:
    assert INSTANT.dump_json(START) == b'"2026-11-23T09:00:00.000Z"'
