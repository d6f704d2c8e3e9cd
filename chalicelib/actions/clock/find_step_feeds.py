"""Find the people that a step of the ladder notifies."""

from collections.abc import Callable

from chalicelib.actions.clock.account_staff import read_staff
from chalicelib.domain.audiences import Audience, step_audiences
from chalicelib.domain.clock.handoff_plan import cover_for
from chalicelib.domain.clock.staff import Staff
from chalicelib.domain.deliveries.people_told import level_told
from chalicelib.domain.deliveries.step_told import StepTold, step_told
from chalicelib.domain.events import Event
from chalicelib.domain.handoff import Handoff
from chalicelib.store import policies


def find_step_feeds(event: Event, handoff: Handoff) -> list[Audience]:
    """Return the feeds of those whom the step tells that `event` is for; none where it is for none."""
    told = find_step_told(event, handoff, lambda: read_staff(handoff.account_id, event.occurred_at))
    return step_audiences(handoff.account_id, told.step.tell, told.people) if told else []


def find_step_told(event: Event, handoff: Handoff, staff_of: Callable[[], Staff]) -> StepTold | None:
    """Return the step that `event` is for, and its people, by today's policy and directory; None where it is for none.

    One read of the policy, and of the people by `staff_of`, where it is for one.
    """
    level = level_told(event, handoff)
    if level is None:
        return None
    return step_told(event, handoff, level, cover_for(policies.find(handoff.account_id), handoff), staff_of)
