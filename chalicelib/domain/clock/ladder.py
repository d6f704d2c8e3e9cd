"""The ladder of an escalation that nobody takes: its steps, when they are due, and whom they tell."""

import re
from itertools import pairwise
from typing import Annotated

from pydantic import AfterValidator, Field

from chalicelib.domain.frozen_model import FrozenModel

LONGEST_MIN = 30 * 24 * 60
"""The longest time that a policy may set, 30 days of minutes."""

SHORTEST_PAUSE_MIN = 5
"""The least time between the last step of a round and the first of the next."""

ON_CALL, SKILLED, SENIORS, ADMINS, SENDER = "on_call", "skilled", "seniors", "admins", "sender"
GROUPS = (ON_CALL, SKILLED, SENIORS, ADMINS, SENDER)
PERSON = "person:"

_PERSON = re.compile(r"person:\S{1,128}")


def _require_target(text: str) -> str:
    if text not in GROUPS and not _PERSON.fullmatch(text):
        raise ValueError(f"{text[:40]!r} is no target; there are {', '.join(GROUPS)} and person:ID")
    return text


Target = Annotated[str, AfterValidator(_require_target)]
"""Whom a step tells: one of `GROUPS`, or one person as `person:ID`."""

Minutes = Annotated[int, Field(strict=True, ge=0, le=LONGEST_MIN)]
"""Minutes of working time, from none to 30 days of 24 hours."""

PositiveMinutes = Annotated[int, Field(strict=True, ge=1, le=LONGEST_MIN)]
"""Minutes of working time, from one to 30 days of 24 hours."""


def person_in(target: str) -> str | None:
    """Return the id of the person whom a step's `target` names; None for a group."""
    return target.removeprefix(PERSON) if target.startswith(PERSON) else None


class LadderStep(FrozenModel):
    """One step of a policy's ladder: `tell` is told once `after_min` have passed."""

    after_min: Minutes
    tell: Annotated[tuple[Target, ...], Field(min_length=1, max_length=20)]


def _require_rising(steps: tuple[LadderStep, ...]) -> tuple[LadderStep, ...]:
    for before, after in pairwise(steps):
        if after.after_min <= before.after_min:
            raise ValueError(f"a step after {after.after_min} min follows one after {before.after_min} min")
    return steps


Ladder = Annotated[tuple[LadderStep, ...], Field(min_length=1, max_length=20), AfterValidator(_require_rising)]
"""At least one step, each later than the one before."""


class CoverStep(FrozenModel):
    """A step as it holds for one client: `otherwise` is told in place of `tell` when nobody of `tell` is present."""

    after_min: int
    tell: tuple[Target, ...]
    otherwise: tuple[Target, ...] = ()


class StepReached(FrozenModel):
    """The step that a waiting escalation has reached, and whom it tells: `level` and `round` as in `Rung`."""

    level: int
    round: int
    tell: tuple[Target, ...]


class Rung(FrozenModel):
    """A place on the ladder: step `level` (0 first) of round `round` (0 first)."""

    level: int
    round: int


def rung_after(rung: Rung | None, steps: int, repeat: int) -> Rung | None:
    """Return the place after `rung`, the first one after None; None at the top of the last round.

    `steps` is how many the ladder has, `repeat` how often it begins again.
    """
    if rung is None:
        return Rung(level=0, round=0)
    if rung.level + 1 < steps:
        return Rung(level=rung.level + 1, round=rung.round)
    return Rung(level=0, round=rung.round + 1) if rung.round < repeat else None


def minutes_to(ladder: tuple[CoverStep, ...], rung: Rung) -> int:
    """Return how many minutes after the start of the ladder `rung` is due."""
    last = ladder[-1].after_min
    return rung.round * (last + max(last, SHORTEST_PAUSE_MIN)) + ladder[rung.level].after_min


def steps_for(ladder: tuple[LadderStep, ...], senior: str | None) -> tuple[CoverStep, ...]:
    """Return the steps of `ladder`, with the person `senior`, if any, told first.

    The others of the first step are told in the senior's place when the senior is away. On a ladder of one step all are
    told together, since nobody would come after the senior.
    """
    steps = tuple(CoverStep(after_min=step.after_min, tell=step.tell) for step in ladder)
    if senior is None:
        return steps
    first, target = steps[0], PERSON + senior
    if first.after_min > 0:
        return (CoverStep(after_min=0, tell=(target,)), *steps)
    if len(steps) == 1:
        return (CoverStep(after_min=0, tell=tuple(dict.fromkeys((target, *first.tell)))),)
    return (CoverStep(after_min=0, tell=(target,), otherwise=first.tell), *steps[1:])
