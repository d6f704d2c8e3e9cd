"""Whom the steps of a ladder would reach at an instant, and how: by the functions that plan and send."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from chalicelib.domain.clock.clocked import ClockedHandoff
from chalicelib.domain.clock.cover import Cover
from chalicelib.domain.clock.plan import reach
from chalicelib.domain.clock.staff import Staff
from chalicelib.domain.deliveries.event_sort import EventSort
from chalicelib.domain.deliveries.ledger import DeliveryKind
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.handoff import HandoffStatus, Intent, Priority
from chalicelib.domain.readiness.contacts import Missing, Reachable

MOST_NAMED = 5
"""How many people of each step are named; the others are counted."""

NEVER_BY_CHOICE = (Priority.URGENT, Priority.HIGH)
"""Priorities of which a step that reaches nobody is wrong, whatever people chose."""


class Reached(FrozenModel):
    """Somebody who would be reached, and by what."""

    id: str
    by: tuple[DeliveryKind, ...]


class Missed(FrozenModel):
    """Somebody whom the step tells in the page alone, and why nothing else would reach them."""

    id: str
    why: Missing


class StepReach(FrozenModel):
    """What comes of one step. The first people are named, the others counted.

    `passed_to`: nobody of its own is there, so that this later step is told at once. `is_away`: those whom it tells are
    away, and told because nobody else is left. `is_wrong`: it reaches nobody, and not because they all chose so.
    """

    level: int
    passed_to: int | None = None
    is_away: bool = False
    reached: tuple[Reached, ...] = ()
    reached_count: int = 0
    missed: tuple[Missed, ...] = ()
    missed_count: int = 0
    is_wrong: bool = False


class GroupReach(NamedTuple):
    """Who of a group of people would be reached, and who not."""

    reached: tuple[Reached, ...]
    missed: tuple[Missed, ...]


Sorts = tuple[EventSort, ...]
GroupOf = Callable[[tuple[str, ...], Sorts], GroupReach]
"""Returns what comes of telling people, by their ids, of something that may come as any of these sorts of event."""


def group_reach(
    people: Iterable[Reachable], sorts: Sorts, priority: Priority, kinds: tuple[DeliveryKind, ...], at: datetime
) -> GroupReach:
    """Return who of `people` would be reached at `at` whichever of `sorts` it comes as, and who not."""
    reached: list[Reached] = []
    missed: list[Missed] = []
    for each in people:
        ways = [each.reached_by(kinds, sort, priority, at) for sort in sorts]
        if all(by for by, _ in ways):
            reached.append(Reached(id=each.id, by=ways[0][0]))
        else:
            missed.append(Missed(id=each.id, why=next(why for by, why in ways if not by)))
    return GroupReach(tuple(reached), tuple(missed))


def steps_at(cover: Cover, priority: Priority, staff: Staff, group_of: GroupOf, at: datetime) -> tuple[StepReach, ...]:
    """Return what comes of each step of `cover` that is due at `at`.

    Sender and domain of the case are not known, so a step of skilled people alone counts as one without anybody.
    """
    return tuple(_step_at(cover, level, priority, staff, group_of, at) for level in range(len(cover.ladder)))


def _step_at(cover: Cover, level: int, priority: Priority, staff: Staff, group_of: GroupOf, at: datetime) -> StepReach:
    told, people = reach(_any_case(at), cover, staff, level, at)
    reached, missed = group_of(people, tuple(_sorts_of(cover, level, told)))
    return StepReach(
        level=level,
        passed_to=told if told != level else None,
        is_away=bool(people) and all(staff.is_away(each, at) for each in people),
        reached=reached[:MOST_NAMED],
        reached_count=len(reached),
        missed=missed[:MOST_NAMED],
        missed_count=len(missed),
        is_wrong=not reached and not _is_chosen(missed, priority),
    )


def _is_chosen(missed: tuple[Missed, ...], priority: Priority) -> bool:
    return bool(missed) and priority not in NEVER_BY_CHOICE and all(each.why.is_chosen for each in missed)


def _sorts_of(cover: Cover, level: int, told: int) -> Iterator[EventSort]:
    """Yield what a step can come as: a first step that is due at once as a new escalation, and later as an overdue one.

    It comes later where the escalation waits for opening hours, and in each round after the first.
    """
    is_at_once = level == told == 0 and cover.ladder[0].after_min == 0
    if is_at_once:
        yield EventSort.ESCALATIONS
    if not is_at_once or cover.repeat or not cover.calendar.around_the_clock:
        yield EventSort.LADDER


def _any_case(at: datetime) -> ClockedHandoff:
    return ClockedHandoff(status=HandoffStatus.UNCLAIMED, intent=Intent.ESCALATE, sender_id="", ladder_start=at)
