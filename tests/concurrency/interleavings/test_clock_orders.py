"""Every order in which the clock's requests and people's can reach DynamoDB leaves a case in which the rules hold."""

from collections.abc import Callable, Collection
from itertools import pairwise

import pytest

from chalicelib.domain.clock.handoff_plan import clocked, cover_for
from chalicelib.domain.clock.moments import What
from chalicelib.domain.clock.plan import next_moment
from chalicelib.domain.errors import DomainError
from chalicelib.domain.handoff import Handoff
from chalicelib.domain.handoff_change import HandoffChange
from chalicelib.domain.instants import up_to_second
from chalicelib.store import policies, turns
from tests.concurrency.interleavings.clock_scenes import (
    direction_due,
    pool_when_held,
    pool_when_waiting,
    question_due,
    return_due,
    step_due,
)
from tests.concurrency.interleavings.explorer import Run
from tests.concurrency.interleavings.exploring import PARTS, explore, sets_of
from tests.concurrency.interleavings.rules import require_agreement, require_only_refusals
from tests.concurrency.interleavings.scenes import ExploredCase
from tests.support.builders import ACME, SAM
from tests.support.dynamodb.recorder import Recorder
from tests.support.reporting import Report

HEADING = "orders explored"
CLOCK = "the clock runs"
SCENES = {
    "step due": (step_due, pool_when_waiting),
    "direction due": (direction_due, pool_when_waiting),
    "question due": (question_due, pool_when_held),
    "return due": (return_due, pool_when_held),
}
FEW = {
    "step due": ("Sam claims", "Jane changes the priority"),
    "direction due": ("Sam claims", "Sam declines"),
    "question due": ("Sam notes a step",),
    "return due": ("Sam keeps", "Sam notes a step", "Alex claims"),
}
"""What `make test` tries beside the clock."""

PAIRS = [
    ("step due", "Alex claims", "Sam claims"),
    ("step due", "Jane changes the priority", "Sam claims"),
    ("direction due", "Sam claims", "Sam declines"),
    ("question due", "Sam keeps", "Sam notes a step"),
    ("return due", "Alex claims", "Sam keeps"),
    ("return due", "Alex claims", "Sam notes a step"),
]
"""Those of which one request may meet a fault: each takes minutes, and all pairs would take half a day."""

ANSWERS = {"Sam keeps", "Sam waits", "Sam notes a step", "Sam corrects"}
"""What tells that Sam is still on it."""


@pytest.mark.parametrize("scene", SCENES)
def test_clock_beside_one_request_keeps_the_rules(scene: str, recorder: Recorder, report: Report) -> None:
    _explore(scene, lambda _: [(other,) for other in FEW[scene]], recorder, report, most_faults=0)


@pytest.mark.prove
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(("others", "most_faults"), [(1, 2), (2, 0)])
@pytest.mark.parametrize("scene", SCENES)
def test_clock_beside_every_set_of_requests_keeps_the_rules(
    scene: str, others: int, most_faults: int, part: int, recorder: Recorder, report: Report
) -> None:
    _explore(scene, lambda names: sets_of(names, others, part), recorder, report, most_faults=most_faults)


@pytest.mark.prove
@pytest.mark.parametrize(("scene", "one", "other"), PAIRS)
def test_clock_beside_two_requests_with_a_fault_keeps_the_rules(
    scene: str, one: str, other: str, recorder: Recorder, report: Report
) -> None:
    _explore(scene, lambda _: [(one, other)], recorder, report, most_faults=1)


def _explore(
    scene: str,
    choose: Callable[[Collection[str]], Collection[tuple[str, ...]]],
    recorder: Recorder,
    report: Report,
    *,
    most_faults: int,
) -> None:
    """Explore the clock beside each set that is chosen from what people may do."""
    make_case, pool_of = SCENES[scene]
    case = make_case()
    pool = pool_of(case)
    together = [{CLOCK, *chosen} for chosen in choose(pool.keys() - {CLOCK})]
    explored = explore(case, pool, together, recorder, _require_rules, most_faults=most_faults)

    report(HEADING, f"{scene}: {len(together)} sets with the clock, at most {most_faults} faults, {explored}")
    assert explored.orders > len(together)


def _require_rules(case: ExploredCase, run: Run) -> None:
    require_only_refusals(run)
    require_agreement(case, run)
    lives = list(case.images.values())
    for images in lives:
        _require_due_time(images[-1], run)
        _require_steps_in_order(images, run)
        _require_nobody_lost_a_claim(images, run)
    done = {change for images in lives for change in (image.change for image in images)}
    answered = {name for name in ANSWERS & run.outcomes.keys() if not isinstance(run.outcomes[name], DomainError)}
    assert not (answered and HandoffChange.RETURNED in done), run


def _require_due_time(handoff: Handoff, run: Run) -> None:
    """An open handoff is due no later than the next thing to do with it, a closed one never."""
    if not handoff.is_open:
        assert handoff.due_at is None, run
        return
    holder = handoff.claimed_by
    active_at = turns.newest_at(ACME, handoff.session_id, holder.id, handoff.claim_epoch) if holder else None
    moment = next_moment(clocked(handoff, active_at=active_at), cover_for(policies.find(ACME), handoff))
    assert moment is not None, run
    assert handoff.due_at is not None, run
    assert handoff.due_at <= up_to_second(moment.at), run


def _require_steps_in_order(images: list[Handoff], run: Run) -> None:
    """No step is taken twice, none after a higher one, and none of what somebody holds."""
    changes = (HandoffChange.OVERDUE, HandoffChange.STEP_PASSED, HandoffChange.OPENED)
    taken = list({image.version: image for image in images[::-1] if image.change in changes}.values())[::-1]
    for earlier, later in pairwise(taken):
        assert _place(earlier) < _place(later), run
    assert not [image for image in taken if image.claimed_by], run
    runs = [outcome for outcome in run.outcomes.values() if isinstance(outcome, list)]
    assert sum(done.count(What.STEP) + done.count(What.DIRECTION) for done in runs) <= len(taken), run


def _place(handoff: Handoff) -> tuple[object, ...]:
    return handoff.ladder_start or handoff.created_at, handoff.round, handoff.level


def _require_nobody_lost_a_claim(images: list[Handoff], run: Run) -> None:
    """The clock takes a case from who was asked, and from nobody who has just claimed it."""
    for before, after in pairwise(images):
        if after.change is HandoffChange.RETURNED and before.change is not HandoffChange.RETURNED:
            assert before.claimed_by == SAM.person, run
            assert before.asked_at is not None, run
        if before.claim_epoch == after.claim_epoch and before.claimed_by:
            assert after.claimed_by == before.claimed_by or not after.is_open, run
