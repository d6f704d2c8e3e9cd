"""Decide which people a step of the ladder tells of an event. Pure: the same facts always give the same people."""

from collections.abc import Callable
from typing import NamedTuple

from chalicelib.domain.clock.cover import Cover
from chalicelib.domain.clock.handoff_plan import clocked
from chalicelib.domain.clock.ladder import CoverStep
from chalicelib.domain.clock.plan import reach
from chalicelib.domain.clock.staff import Staff
from chalicelib.domain.events import Event
from chalicelib.domain.handoff import Handoff


class StepTold(NamedTuple):
    """A step of the ladder whose people an event is for, and the ids of those people."""

    step: CoverStep
    people: tuple[str, ...]


def step_told(
    event: Event, handoff: Handoff, level: int, cover: Cover, staff_of: Callable[[], Staff]
) -> StepTold | None:
    """Return step `level`, which `event` is for, and its people: those not away, or all where nobody else is left.

    A step that a new policy does not have any more tells nobody. Of the ticket's SLA time the next step that tells
    somebody is told, where the one reached has nobody.
    """
    if level >= len(cover.ladder):
        return None
    staff, known, at = staff_of(), clocked(handoff), event.occurred_at
    if event.data.get("because") == "sla":
        level, people = reach(known, cover, staff, level, at)
        return StepTold(cover.ladder[level], people)
    step, case = cover.ladder[level], known.audience
    people = staff.present_of(step.tell, case, at) or staff.all_of((*step.tell, *step.otherwise), case)
    return StepTold(step, people)
