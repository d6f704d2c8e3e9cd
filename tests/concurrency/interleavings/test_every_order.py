"""Every order in which two or three people's requests can reach DynamoDB leaves a state in which the rules hold."""

from collections.abc import Callable, Iterator
from itertools import pairwise, product

import pytest

from chalicelib.domain.errors import DomainError
from chalicelib.domain.events import Event, EventType, events_between
from chalicelib.domain.handoff import Handoff, Receipt
from tests.concurrency.interleavings.explorer import Run
from tests.concurrency.interleavings.exploring import PARTS, Explored, explore, sets_of
from tests.concurrency.interleavings.replay import Action
from tests.concurrency.interleavings.rules import require_agreement, require_only_refusals
from tests.concurrency.interleavings.scenes import (
    ExploredCase,
    pool_when_active,
    pool_when_claimed,
    pool_when_unclaimed,
)
from tests.support.builders import JANE, SAM
from tests.support.dynamodb.recorder import Recorder
from tests.support.reporting import Report

HEADING = "orders explored"

Pool = Callable[[ExploredCase], dict[str, Action]]

SCENES: dict[str, tuple[Callable[[], ExploredCase], Pool]] = {
    "unclaimed": (ExploredCase, pool_when_unclaimed),
    "claimed": (lambda: ExploredCase(claimed_by=SAM), pool_when_claimed),
    "active": (lambda: ExploredCase(is_handed_off=False), pool_when_active),
}
FEW = {
    "unclaimed": ("Sam claims", "Alex claims", "Jane withdraws", "Jane notes a step", "the AI answers"),
    "claimed": ("Sam undoes", "Sam releases", "Sam resolves", "Sam hands off", "Jane corrects a step"),
    "active": ("Jane escalates", "Jane notes a step", "Jane resolves", "Jane corrects a step"),
}
"""Those of which `make test` tries two at once, and `make prove` three with a fault."""


@pytest.mark.parametrize("scene", SCENES)
def test_every_order_of_two_requests_keeps_the_rules(scene: str, recorder: Recorder, report: Report) -> None:
    case, pool = _set(scene)
    explored = _explore(case, {name: pool[name] for name in FEW[scene]}, recorder, together=2)

    report(HEADING, f"{scene}: 2 people, no fault, {explored}")
    assert explored.orders > len(SCENES)


@pytest.mark.prove
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("scene", SCENES)
def test_counted_orders_end_like_executed_orders(scene: str, part: int, recorder: Recorder, report: Report) -> None:
    case, pool = _set(scene)
    run = _explore(case, pool, recorder, together=2, most_faults=1, part=part, is_merging=False)
    counted = _explore(case, pool, recorder, together=2, most_faults=1, part=part)

    report(HEADING, f"{scene}: 2 people, at most 1 fault, part {part}, {run}; {counted}")
    assert run.runs == run.orders == counted.orders > counted.runs
    assert run.endings == counted.endings


@pytest.mark.prove
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(("together", "most_faults"), [(2, 2), (3, 0)])
@pytest.mark.parametrize("scene", SCENES)
def test_every_order_of_two_or_three_requests_keeps_the_rules(
    scene: str, together: int, most_faults: int, part: int, recorder: Recorder, report: Report
) -> None:
    explored = _explore(*_set(scene), recorder, together=together, most_faults=most_faults, part=part)

    report(HEADING, f"{scene}: {together} people, at most {most_faults} faults, part {part}, {explored}")
    assert explored.orders > 100


@pytest.mark.prove
@pytest.mark.parametrize(
    ("scene", "part"),
    [*product(("unclaimed", "claimed"), PARTS), ("active", None)],  # which has few sets
)
def test_every_order_of_three_requests_with_a_fault_keeps_the_rules(
    scene: str, part: int | None, recorder: Recorder, report: Report
) -> None:
    case, pool = _set(scene)
    few = {name: pool[name] for name in FEW[scene]}
    explored = _explore(case, few, recorder, together=3, most_faults=1, part=part)

    report(HEADING, f"{scene}: 3 people, at most 1 fault, part {part}, {explored}")
    assert explored.orders > 100


def _set(scene: str) -> tuple[ExploredCase, dict[str, Action]]:
    make_case, pool_of = SCENES[scene]
    case = make_case()
    return case, pool_of(case)


def _explore(
    case: ExploredCase,
    pool: dict[str, Action],
    recorder: Recorder,
    *,
    together: int,
    most_faults: int = 0,
    is_merging: bool = True,
    part: int | None = None,
) -> Explored:
    """Go through all orders of so many of the pool; of one part of the sets where it is given.

    Without `is_merging` only the endings count: the rules are required of the same states where they are merged.
    """
    return explore(
        case,
        pool,
        sets_of(pool, together, part),
        recorder,
        _require_rules if is_merging else _require_nothing,
        most_faults=most_faults,
        is_merging=is_merging,
    )


def _require_nothing(_case: ExploredCase, _run: Run) -> None:
    pass


def _require_rules(case: ExploredCase, run: Run) -> None:
    require_only_refusals(run)
    require_agreement(case, run)
    _require_events(case, run)
    _require_turns(case, run)
    _require_claims(case, run)


def _require_events(case: ExploredCase, run: Run) -> None:
    """What the images tell is what people were told: as many claims, releases, withdrawals as succeeded."""
    events = [event.type for images in case.images.values() for event in _events_of(images)]
    succeeded = {name for name, outcome in run.outcomes.items() if not isinstance(outcome, DomainError)}
    sam = bool({"Sam claims", "Sam claims again"} & succeeded)
    assert events.count(EventType.CLAIMED) == sam + ("Alex claims" in succeeded), run
    assert events.count(EventType.WITHDRAWN) == ("Jane withdraws" in succeeded), run
    undone = bool({"Sam undoes", "Sam undoes again"} & succeeded)
    assert events.count(EventType.CLAIM_UNDONE) == undone, run
    assert events.count(EventType.RELEASED) == ("Sam releases" in succeeded), run
    assert events.count(EventType.RESOLVED) == ("Sam resolves" in succeeded), run
    assert events.count(EventType.PASSED_ON) == ("Sam hands off" in succeeded), run
    answered = [name for name in ("the AI answers", "the AI answers again") if run.outcomes.get(name) is True]
    assert events.count(EventType.ASSESSMENT_READY) <= 1, run
    assert len(answered) <= events.count(EventType.ASSESSMENT_READY), run


def _events_of(images: list[Handoff]) -> Iterator[Event]:
    for old, new in pairwise(images):
        yield from events_between(old, new)


def _require_turns(case: ExploredCase, run: Run) -> None:
    """Turns are numbered without a gap and counted rightly; a snapshot has all that came before it, no others.

    Each step is a turn, and so is the note of each release and hand off. With its corrections an open handoff says what
    the session says.
    """
    session, turns = case.session(), case.turns()
    assert [turn.seq for turn in turns] == list(range(1, session.turn_count + 1)), run
    writers = [name for name in run.outcomes if name.endswith(_WRITES)]
    written = sum(1 for name in writers if not isinstance(run.outcomes[name], DomainError))
    assert session.turn_count == 1 + written, run
    by_seq = {turn.seq: turn for turn in turns}
    for images in case.images.values():
        before = [turn.seq for turn in turns if turn.epoch < images[0].claim_epoch]
        snapshot = case.handoff(images[0].id).snapshot
        frozen = [*(step.seq for step in snapshot.steps), *(note.seq for note in snapshot.notes)]
        assert sorted(frozen) == before, run
        if images[-1].is_open:
            seen = snapshot.applying(case.corrections(images[0].id))
            assert seen.problem_summary == session.problem_summary, run
            assert all(by_seq[seq] == turn for seq, turn in seen.turns.items()), run


_WRITES = ("notes a step", "releases", "hands off", "escalates", "parks", "corrects the summary", "leaves a note")


def _require_claims(case: ExploredCase, run: Run) -> None:
    """Nobody claims their own escalation, and every receipt names its owner."""
    for name, outcome in run.outcomes.items():
        if "claims" in name and isinstance(outcome, Receipt):
            assert outcome.claimed_by, run
            assert outcome.claimed_by.id != JANE.id, run
            assert outcome.claimed_by.name == name.split()[0], run
