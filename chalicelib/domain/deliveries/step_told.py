"""Decide which people a step of the ladder tells of an event. Pure: the same facts always give the same people."""

from collections.abc import Callable
from typing import NamedTuple

from chalicelib.domain.clock.cover import Cover
from chalicelib.domain.clock.handoff_plan import clocked
from chalicelib.domain.clock.ladder import CoverStep
from chalicelib.domain.clock.plan import reach
from chalicelib.domain.clock.staff import Staff
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.handoff import Handoff


class StepTold(NamedTuple):
    """A step of the ladder whose people an event is for, and the ids of those people."""

    step: CoverStep
    people: tuple[str, ...]


def step_told(
    event: Event, handoff: Handoff, level: int, cover: Cover, staff_of: Callable[[], Staff]
) -> StepTold | None:
    """Return step `level`, which `event` is for, and its people: those not away, or all where nobody else is left.

    Where the step has nobody, the next one that tells somebody is told; not of a case at whose first step the clock has
    still to look whether it has anybody (ADR 0028), or that has come further: then another event tells. A step that a
    new policy does not have any more tells nobody.
    """
    if level >= len(cover.ladder):
        return None
    reached, people = reach(clocked(handoff), cover, staff_of(), level, event.occurred_at)
    is_told_by_another = handoff.is_level_assumed or handoff.level != level
    if reached != level and is_told_by_another and event.type is not EventType.OVERDUE:
        return None
    return StepTold(cover.ladder[reached], people)
