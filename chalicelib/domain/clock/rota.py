"""Rotas: who is on call at an instant, and until when.

People take turns in order. A shift begins at the handover's local time; a time that clocks skip counts as if they had
not been moved yet, and a shift that a skipped day leaves without any length is left out. Overrides put somebody else
on call for a span; of several at one instant, the last one counts.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    Field,
    PlainSerializer,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from chalicelib.domain.clock.weekly_hours import WEEKDAYS, LocalDate, TimeOfDay, minute_of_day
from chalicelib.domain.clock.zones import TimeZoneName, to_utc, zone_named
from chalicelib.domain.errors import InvalidRequest, NotFound
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.instants import Instant, format_instant, to_milliseconds

LONGEST_SPAN = timedelta(days=400)
"""The longest span that shifts are listed for, and the longest override."""

MOST_OVERRIDES = 500

YEARS = range(2000, 3000)
"""The years that a rota may begin in."""

PersonId = Annotated[str, Field(pattern=r"^\S{1,128}$")]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Handover(FrozenModel):
    """When shifts begin: at a local time of a weekday, or of every day when `weekday` is None."""

    weekday: Weekday | None = None
    time: TimeOfDay


def _to_milliseconds(at: datetime) -> datetime:
    return at.replace(microsecond=0) if at.tzinfo is None else to_milliseconds(at)


RotaTime = Annotated[
    datetime,
    AfterValidator(_to_milliseconds),
    PlainSerializer(format_instant, when_used="json"),
    WithJsonSchema({"type": "string", "description": "RFC 3339; without an offset, a local time of the rota's zone."}),
]


class Override(FrozenModel):
    """Somebody who is on call from `begins_at` until just before `ends_at`, whatever the order says."""

    person: PersonId
    begins_at: RotaTime
    ends_at: RotaTime

    def resolved(self, zone: ZoneInfo) -> Self:
        """Return it with times that were written without an offset as instants. Raises ValueError as the model does."""
        if self.begins_at.tzinfo and self.ends_at.tzinfo:
            return self
        begins_at, ends_at = (at if at.tzinfo else _to_utc(at, zone) for at in (self.begins_at, self.ends_at))
        return type(self)(person=self.person, begins_at=begins_at, ends_at=ends_at)

    @model_validator(mode="after")
    def _require_span(self) -> Self:
        if not (self.begins_at.tzinfo and self.ends_at.tzinfo):
            return self
        if self.ends_at <= self.begins_at:
            raise ValueError("an override ends after it begins")
        if self.ends_at - self.begins_at > LONGEST_SPAN:
            raise ValueError(f"an override lasts {LONGEST_SPAN.days} days at most")
        return self

    def covers(self, at: datetime) -> bool:
        """Whether it counts at `at`."""
        return self.begins_at <= at < self.ends_at


class Shift(FrozenModel):
    """A span of one person on call, [begins_at, ends_at)."""

    person: str
    begins_at: Instant
    ends_at: Instant
    is_override: bool


class Rota(FrozenModel):
    """People in order, from the first handover on or after `starts_on`. `length` counts days or, by weekday, weeks."""

    time_zone: TimeZoneName
    people: Annotated[tuple[PersonId, ...], Field(min_length=1, max_length=100)]
    handover: Handover
    length: Annotated[int, Field(strict=True, ge=1, le=52)] = 1
    starts_on: LocalDate
    overrides: Annotated[tuple[Override, ...], Field(max_length=MOST_OVERRIDES)] = ()

    @cached_property
    def first_day(self) -> date:
        """The local day of the first handover."""
        weekday = self.handover.weekday
        wait = 0 if weekday is None else (WEEKDAYS.index(weekday) - self.starts_on.weekday()) % 7
        return self.starts_on + timedelta(days=wait)

    @property
    def period_days(self) -> int:
        """How many local days a shift lasts."""
        return self.length if self.handover.weekday is None else self.length * 7

    @field_validator("overrides")
    @classmethod
    def _resolve_local_times(cls, sent: tuple[Override, ...], known: ValidationInfo) -> tuple[Override, ...]:
        """Resolve times without an offset in the rota's zone; without a zone, the zone is what is refused."""
        time_zone = known.data.get("time_zone")
        return tuple(each.resolved(zone_named(time_zone)) for each in sent) if time_zone else sent

    @model_validator(mode="after")
    def _require_year(self) -> Self:
        if self.starts_on.year not in YEARS:
            raise ValueError(f"a rota starts in the years {YEARS[0]} to {YEARS[-1]}")
        return self


def _to_utc(local: datetime, zone: ZoneInfo) -> datetime:
    try:
        return to_utc(local, zone)
    except OverflowError as error:
        raise ValueError(f"the time {local} is outside the years 1 to 9999 in UTC") from error


def on_call(rota: Rota, at: datetime) -> tuple[str | None, datetime | None]:
    """Return the id of the person on call at `at`, and when that shift ends.

    Nobody is before the rota starts, unless by an override; then the instant is when somebody will be. It is None only
    outside the years of rotas.
    """
    shift = shift_at(rota, at)
    return (shift.person, shift.ends_at) if shift else (None, _next_begin(rota, at))


def shift_at(rota: Rota, at: datetime) -> Shift | None:
    """Return the shift that `at` lies in, with overrides in force, None when nobody is on call."""
    overrides = list(enumerate(rota.overrides))
    place, override = next(((i, each) for i, each in reversed(overrides) if each.covers(at)), (-1, None))
    shift = _turn_at(rota, at) if override is None else _as_shift(override)
    if shift is None:
        return None
    later = rota.overrides[place + 1 :]
    begins = max([shift.begins_at, *(each.ends_at for each in later if each.ends_at <= at)])
    ends = min([shift.ends_at, *(each.begins_at for each in later if each.begins_at > at)])
    return shift.model_copy(update={"begins_at": begins, "ends_at": ends})


def shifts(rota: Rota, begin: datetime, end: datetime) -> tuple[Shift, ...]:
    """Return the shifts that have a part in [begin, end), whole and in order. They leave no gap once the rota started.

    Raises InvalidRequest when `end` is not after `begin`, more than 400 days later, or outside the years of rotas.
    """
    if begin.year not in YEARS or not begin < end <= begin + LONGEST_SPAN:
        years = f"in the years {YEARS[0]} to {YEARS[-1]}"
        raise InvalidRequest(
            "/to", f"The span has to end after it begins, at most {LONGEST_SPAN.days} days later, {years}."
        )
    return tuple(_shifts_from(rota, begin, end))


def take_shift(rota: Rota, begins_at: datetime, by: str, now: datetime) -> tuple[Rota, Shift]:
    """Return the rota with what is left of the shift that begins at `begins_at` taken by `by`, and the shift as it was.

    Raises NotFound when no shift begins then, InvalidRequest when it is over, is the taker's own, or when the rota has
    as many overrides as it can hold; those that ended over a year ago are dropped.
    """
    shift = shift_at(rota, begins_at)
    if shift is None or shift.begins_at != begins_at:
        raise NotFound("shift")
    if shift.ends_at <= now:
        raise InvalidRequest("/begins_at", "The shift is over.")
    if shift.person == by:
        raise InvalidRequest("/begins_at", "The shift is yours already.")
    kept = tuple(each for each in rota.overrides if each.ends_at > now - LONGEST_SPAN)
    if len(kept) >= MOST_OVERRIDES:
        raise InvalidRequest("/begins_at", f"The rota has {MOST_OVERRIDES} overrides, as many as it can hold.")
    taken = Override(person=by, begins_at=max(shift.begins_at, now), ends_at=shift.ends_at)
    return rota.model_copy(update={"overrides": (*kept, taken)}), shift


def _shifts_from(rota: Rota, begin: datetime, end: datetime) -> Iterator[Shift]:
    at: datetime | None = begin
    while at is not None and at < end:
        shift = shift_at(rota, at)
        if shift:
            yield shift
        at = shift.ends_at if shift else _next_begin(rota, at)


def _next_begin(rota: Rota, at: datetime) -> datetime | None:
    """Return when somebody is on call next, at an instant at which nobody is."""
    begins = [_handover(rota, 0), *(each.begins_at for each in rota.overrides)]
    return min((each for each in begins if each > at), default=None)


def _turn_at(rota: Rota, at: datetime) -> Shift | None:
    """Return the turn of the order that `at` lies in, None before the first."""
    if at < _handover(rota, 0) or at.year not in YEARS:
        return None
    turn = (at.date() - rota.first_day).days // rota.period_days + 2
    while _handover(rota, turn) > at:
        turn -= 1
    following = turn + 1
    begins = _handover(rota, turn)
    while (ends := _handover(rota, following)) <= at:
        following += 1
    person = rota.people[turn % len(rota.people)]
    return Shift(person=person, begins_at=begins, ends_at=ends, is_override=False)


def _as_shift(override: Override) -> Shift:
    return Shift(person=override.person, begins_at=override.begins_at, ends_at=override.ends_at, is_override=True)


def _handover(rota: Rota, turn: int) -> datetime:
    """Return when the turn number `turn` begins, 0 being the first."""
    day, minute = rota.first_day + timedelta(days=turn * rota.period_days), minute_of_day(rota.handover.time)
    local = datetime(day.year, day.month, day.day, minute // 60, minute % 60)
    return to_utc(local, zone_named(rota.time_zone))
