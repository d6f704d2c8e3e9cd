"""An account's policy: its deadlines, ladder and working hours. The defaults serve an account that has set nothing."""

from collections.abc import Callable, Collection, Iterator
from typing import Annotated, Any, Self, TypeVar

from pydantic import Field, model_validator

from chalicelib.domain.clock.client_key import ClientKey
from chalicelib.domain.clock.client_rules import ClientRules, Switch
from chalicelib.domain.clock.cover import Cover
from chalicelib.domain.clock.ladder import (
    ADMINS,
    ON_CALL,
    SENIORS,
    SKILLED,
    Ladder,
    LadderStep,
    PositiveMinutes,
    person_in,
    steps_for,
)
from chalicelib.domain.clock.weekly_hours import WeeklyHours
from chalicelib.domain.clock.working_time import Holidays, WorkingCalendar
from chalicelib.domain.clock.zones import TimeZoneName
from chalicelib.domain.errors import InvalidRequest
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.handoff import Priority

_T = TypeVar("_T")


class PriorityRules(FrozenModel):
    """The rules of one priority. Without `idle_after_min` a claim that is quiet is left alone."""

    around_the_clock: Annotated[bool, Field(strict=True)] = False
    ladder: Ladder
    repeat: Annotated[int, Field(strict=True, ge=0, le=20)] = 0
    idle_after_min: PositiveMinutes | None = None
    return_after_min: PositiveMinutes | None = None

    @model_validator(mode="after")
    def _require_both_or_neither(self) -> Self:
        if (self.idle_after_min is None) != (self.return_after_min is None):
            raise ValueError("idle_after_min and return_after_min are set together, or neither is")
        return self


def _rules(*after_min: int, **rules: Any) -> Callable[[], PriorityRules]:
    """Return what makes the rules with steps after `after_min`: the people on call or skilled, all seniors, admins."""
    groups = ((ON_CALL, SKILLED), (SENIORS,), (ADMINS,))
    pairs = tuple(zip(after_min, groups, strict=False))
    return lambda: PriorityRules(ladder=tuple(LadderStep(after_min=at, tell=tell) for at, tell in pairs), **rules)


_URGENT = _rules(0, 5, 15, around_the_clock=True, repeat=2, idle_after_min=30, return_after_min=15)
_HIGH = _rules(0, 15, 60, repeat=1, idle_after_min=60, return_after_min=30)
_NORMAL = _rules(0, 60, 240, repeat=1, idle_after_min=240, return_after_min=60)
_LOW = _rules(0, 480)


class PrioritiesRules(FrozenModel):
    """The rules of each priority."""

    urgent: PriorityRules = Field(default_factory=_URGENT)
    high: PriorityRules = Field(default_factory=_HIGH)
    normal: PriorityRules = Field(default_factory=_NORMAL)
    low: PriorityRules = Field(default_factory=_LOW)


def _office_hours() -> WeeklyHours:
    day = (("08:00", "18:00"),)
    return WeeklyHours(mon=day, tue=day, wed=day, thu=day, fri=day)


class Policy(FrozenModel):
    """Deadlines, ladder and working hours of an account; `clients` says what differs, the first that matches counts."""

    time_zone: TimeZoneName = "Europe/Brussels"
    working_hours: WeeklyHours = Field(default_factory=_office_hours)
    holidays: Holidays = ()
    direct_for_min: PositiveMinutes = 10
    priorities: PrioritiesRules = Field(default_factory=PrioritiesRules)
    clients: Annotated[tuple[ClientRules, ...], Field(max_length=500)] = ()
    ai: Switch = "on"

    def rules_for(self, client: ClientKey | None) -> ClientRules | None:
        """Return the first rules that match `client`, None for a client without any and while it is not known."""
        return next((rules for rules in self.clients if client and rules.match.is_met_by(client)), None)

    def for_client(self, client: ClientKey | None, priority: Priority) -> Cover:
        """Return the rules that hold for a handoff of `priority` for `client`, which is None while it is not known."""
        return self.cover_by(self.rules_for(client), priority)

    def cover_by(self, own: ClientRules | None, priority: Priority) -> Cover:
        """Return what holds for a handoff of `priority` where the rules `own` of its client do; None: the account's."""
        account = getattr(self.priorities, priority.value)
        ladder = _first(own and own.ladder, account.ladder)
        return Cover(
            calendar=WorkingCalendar(
                time_zone=self.time_zone,
                hours=_first(own and own.working_hours, self.working_hours),
                holidays=_first(own and own.holidays, self.holidays),
                around_the_clock=_first(own and own.around_the_clock, account.around_the_clock),
            ),
            ladder=steps_for(ladder, own.senior if own else None),
            repeat=account.repeat,
            idle_after_min=account.idle_after_min,
            return_after_min=account.return_after_min,
            direct_for_min=self.direct_for_min,
        )

    def require_known_people(self, known: Collection[str]) -> None:
        """Raise InvalidRequest, naming the place, when a ladder or a client names a person that is not in `known`."""
        for pointer, person in self._people():
            if person not in known:
                raise InvalidRequest(pointer, f"There is no engineer with the id {person[:40]} in this account.")

    def _people(self) -> Iterator[tuple[str, str]]:
        for name in PrioritiesRules.model_fields:
            yield from _named(f"/priorities/{name}/ladder", getattr(self.priorities, name).ladder)
        for index, rules in enumerate(self.clients):
            yield from _named(f"/clients/{index}/ladder", rules.ladder or ())
            if rules.senior:
                yield f"/clients/{index}/senior", rules.senior

    @model_validator(mode="after")
    def _require_distinct_clients(self) -> Self:
        seen: dict[ClientKey, int] = {}
        for index, rules in enumerate(self.clients):
            if (earlier := seen.setdefault(rules.match.key, index)) != index:
                raise ValueError(f"clients {earlier} and {index} have the same match, and only the first would count")
        return self


def _named(pointer: str, ladder: tuple[LadderStep, ...]) -> Iterator[tuple[str, str]]:
    for index, step in enumerate(ladder):
        for place, target in enumerate(step.tell):
            if person := person_in(target):
                yield f"{pointer}/{index}/tell/{place}", person


def _first(own: _T | None, account: _T) -> _T:
    return account if own is None else own
