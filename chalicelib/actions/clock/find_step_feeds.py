"""Find out whom a step of the ladder tells."""

from collections.abc import Callable
from typing import NamedTuple

from chalicelib.actions.clock.account_staff import read_staff
from chalicelib.domain.audiences import Audience, step_audiences
from chalicelib.domain.clock.handoff_plan import clocked, cover_for
from chalicelib.domain.clock.ladder import CoverStep
from chalicelib.domain.clock.plan import reach
from chalicelib.domain.clock.staff import Staff
from chalicelib.domain.deliveries.people_told import level_told
from chalicelib.domain.events import Event
from chalicelib.domain.handoff import Handoff
from chalicelib.store import policies


class StepTold(NamedTuple):
    """A step of the ladder whose people an event is for, and the ids of those people."""

    step: CoverStep
    people: tuple[str, ...]


def find_step_feeds(event: Event, handoff: Handoff) -> list[Audience]:
    """Return the feeds of those whom the step tells that `event` is for; none where it is for none."""
    told = find_step_told(event, handoff, lambda: read_staff(handoff.account_id, event.occurred_at))
    return step_audiences(handoff.account_id, told.step.tell, told.people) if told else []


def find_step_told(event: Event, handoff: Handoff, staff_of: Callable[[], Staff]) -> StepTold | None:
    """Return the step that `event` is for, and its people: those who are not away, or all where nobody else is left.

    They come by today's policy and directory; a step that a new policy does not have any more tells nobody. Of the
    ticket's SLA time the next step that tells somebody is told, where the one reached has nobody.
    """
    level = level_told(event, handoff)
    cover = cover_for(policies.find(handoff.account_id), handoff) if level is not None else None
    if cover is None or level is None or level >= len(cover.ladder):
        return None
    staff, known, at = staff_of(), clocked(handoff), event.occurred_at
    if event.data.get("because") == "sla":
        level, people = reach(known, cover, staff, level, at)
        return StepTold(cover.ladder[level], people)
    step, case = cover.ladder[level], known.audience
    people = staff.present_of(step.tell, case, at) or staff.all_of((*step.tell, *step.otherwise), case)
    return StepTold(step, people)
