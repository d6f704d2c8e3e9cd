"""Opening hours of a week, as people write them: half-open intervals of local time on the day they begin on."""

import re
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from chalicelib.domain.frozen_model import FrozenModel

DAY_MIN = 24 * 60
WEEK_MIN = 7 * DAY_MIN
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_TIME_OF_DAY = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def minute_of_day(text: str) -> int:
    """Return the minutes from midnight to a time written as `HH:MM`; 1,440 for `24:00`."""
    return int(text[:2]) * 60 + int(text[3:])


def _require_time_of_day(text: str) -> str:
    if not _TIME_OF_DAY.fullmatch(text):
        raise ValueError(f"{text[:16]!r} is no time of day from 00:00 to 23:59")
    return text


def _require_closing_time(text: str) -> str:
    return text if text == "24:00" else _require_time_of_day(text)


def _read_date(value: Any) -> date:
    if type(value) is date:
        return value
    if isinstance(value, str) and _DATE.fullmatch(value):
        return date.fromisoformat(value)
    raise ValueError("a date is written as YYYY-MM-DD")


TimeOfDay = Annotated[str, AfterValidator(_require_time_of_day)]
"""A local time from `00:00` to `23:59`."""

ClosingTime = Annotated[str, AfterValidator(_require_closing_time)]
"""A local time from `00:00` to `24:00`, the end of the day."""

LocalDate = Annotated[
    date,
    BeforeValidator(_read_date),
    PlainSerializer(date.isoformat, when_used="json"),
    WithJsonSchema({"type": "string", "format": "date"}),
]
"""A date, written as `2026-12-25`."""

Opening = Annotated[
    tuple[TimeOfDay, ClosingTime],
    WithJsonSchema({"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2}),
]
"""Described by `items`: linters and generators of API clients do not all read the `prefixItems` of a pair."""

DayHours = Annotated[tuple[Opening, ...], Field(max_length=24)]
"""The intervals that begin on one day. One that does not end after it begins crosses midnight."""


class WeeklyHours(FrozenModel):
    """The intervals of each weekday. Those that overlap are refused, also across midnight and from Sunday to Monday."""

    mon: DayHours = ()
    tue: DayHours = ()
    wed: DayHours = ()
    thu: DayHours = ()
    fri: DayHours = ()
    sat: DayHours = ()
    sun: DayHours = ()

    @cached_property
    def minutes(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """For each weekday from Monday on, its intervals in minutes from its midnight; an end may exceed 1,440."""
        return tuple(tuple(_to_minutes(*hours) for hours in getattr(self, day)) for day in WEEKDAYS)

    @model_validator(mode="after")
    def _require_no_overlap(self) -> Self:
        spans = sorted(
            (
                index * DAY_MIN + _to_minutes(*hours)[0],
                index * DAY_MIN + _to_minutes(*hours)[1],
                f"{day} {'-'.join(hours)}",
            )
            for index, day in enumerate(WEEKDAYS)
            for hours in getattr(self, day)
        )
        next_week = [(start + WEEK_MIN, end + WEEK_MIN, name) for start, end, name in spans[:1]]
        for (_, end, name), (start, _, other) in pairwise(spans + next_week):
            if start < end:
                raise ValueError(f"{name} overlaps {other}")
        return self


def _to_minutes(opening: str, closing: str) -> tuple[int, int]:
    """Return an interval in minutes. Raises ValueError when it ends where it begins: a day, or nothing?"""
    start, end = minute_of_day(opening), minute_of_day(closing)
    if start == end:
        raise ValueError(f"{opening}-{closing} ends where it begins; a whole day is 00:00-24:00")
    return start, end if end > start else end + DAY_MIN
