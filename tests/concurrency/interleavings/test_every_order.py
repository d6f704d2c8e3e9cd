"""Every order in which two or three people's requests can reach DynamoDB leaves a state in which the rules hold."""

import time
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

import pytest
from botocore.awsrequest import AWSResponse
from botocore.retries.quota import RetryQuota

from chalicelib import log
from chalicelib.actions.handoffs.read_handoff import read_package
from chalicelib.domain.errors import DomainError
from chalicelib.domain.events import Event, EventType, events_between
from chalicelib.domain.handoff import Handoff, HandoffStatus, Receipt
from chalicelib.domain.session import SessionStatus
from tests.concurrency.interleavings.explorer import Explorer, Run
from tests.concurrency.interleavings.scenes import World, pool_when_active, pool_when_claimed, pool_when_unclaimed
from tests.support.builders import JANE, SAM
from tests.support.dynamodb.recorder import Asked, Deliver, Recorder
from tests.support.dynamodb.request_scheduler import Action, Stage
from tests.support.reporting import Report

HEADING = "orders explored"
READS = ("GetItem", "Query")

Pool = Callable[[World], dict[str, Action]]

SCENES: dict[str, tuple[Callable[[], World], Pool]] = {
    "unclaimed": (World, pool_when_unclaimed),
    "claimed": (lambda: World(claimed_by=SAM), pool_when_claimed),
    "active": (lambda: World(is_handed_off=False), pool_when_active),
}


@pytest.fixture(autouse=True)
def only_answers_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pauses before a retry are no part of an order, nor what is logged of it, nor how often the SDK repeated before.

    botocore repeats less in a process that has repeated much, which would make one run depend on those before it.
    """
    monkeypatch.setattr(time, "sleep", lambda _: None)
    monkeypatch.setattr(RetryQuota, "acquire", lambda *_: True)
    monkeypatch.setattr(log, "info", lambda *_, **__: None)
    monkeypatch.setattr(log, "count", lambda *_, **__: None)


@pytest.mark.parametrize("scene", SCENES)
def test_every_order_of_two_requests_keeps_the_rules(scene: str, recorder: Recorder, report: Report) -> None:
    explored = _require_rules_everywhere(*_set(scene), recorder, together=2)

    report(HEADING, f"{scene}: 2 people, no fault, {explored}")
    assert explored.orders > len(SCENES)


@pytest.mark.prove
@pytest.mark.parametrize("scene", SCENES)
def test_counted_orders_end_like_executed_orders(scene: str, recorder: Recorder, report: Report) -> None:
    world, pool = _set(scene)
    run = _require_rules_everywhere(world, pool, recorder, together=2, most_faults=1, run_all=True)
    counted = _require_rules_everywhere(world, pool, recorder, together=2, most_faults=1)

    report(HEADING, f"{scene}: 2 people, at most 1 fault, {run}; {counted}")
    assert run.runs == run.orders == counted.orders > counted.runs
    assert run.endings == counted.endings


@pytest.mark.prove
@pytest.mark.parametrize(("together", "most_faults"), [(2, 2), (3, 0), (3, 1)])
@pytest.mark.parametrize("scene", SCENES)
def test_every_order_of_three_requests_keeps_the_rules(
    scene: str, together: int, most_faults: int, recorder: Recorder, report: Report
) -> None:
    explored = _require_rules_everywhere(*_set(scene), recorder, together=together, most_faults=most_faults)

    report(HEADING, f"{scene}: {together} people, at most {most_faults} faults, {explored}")
    assert explored.orders > 100


class Explored(NamedTuple):
    """How many orders there are, how many were run, and the different ways in which they ended."""

    orders: int
    runs: int
    endings: set[object]

    def __str__(self) -> str:
        return f"{self.orders} orders in {self.runs} runs, {len(self.endings)} endings"


def _set(scene: str) -> tuple[World, dict[str, Action]]:
    make_world, pool_of = SCENES[scene]
    world = make_world()
    return world, pool_of(world)


def _require_rules_everywhere(
    world: World,
    pool: dict[str, Action],
    recorder: Recorder,
    *,
    together: int,
    most_faults: int = 0,
    run_all: bool = False,
) -> Explored:
    """Go through all orders of so many of the pool; with `run_all` no two of them are taken to meet."""

    def reset(stage: Stage) -> None:
        recorder.forget()  # the order before: what a million of them sent would fill the memory
        world.reset()

        def tamper(asked: Asked, deliver: Deliver) -> AWSResponse:
            try:
                return stage.tamper(asked, deliver)
            finally:
                world.look()  # at what was done even if its answer got lost, as the stream does

        recorder.every, recorder.knows_tokens = tamper, True

    def faults_of(asked: Asked) -> Sequence[str]:
        """Reads change nothing, so a lost answer is no fault; what is only answered again meets no conflict."""
        if asked.operation in READS:
            return ()
        return ("answer lost",) if recorder.has_done(asked) else ("answer lost", "conflict")

    orders, runs, endings = 0, 0, set[object]()
    for names in combinations(sorted(pool), together):
        moment_of = (lambda stage: str(stage.order)) if run_all else world.moment
        explorer = Explorer({name: pool[name] for name in names}, reset, moment_of, faults_of, most_faults=most_faults)
        for run in explorer.endings():
            _require_rules(world, run)
            endings.add(_ending(world, run))
        orders, runs = orders + explorer.orders, runs + explorer.runs
    return Explored(orders, runs, endings)


def _ending(world: World, run: Run) -> object:
    """What was told and what is left, but for the ids that differ from run to run."""
    session = world.session()
    told = {(name, str(outcome) if outcome is True else type(outcome)) for name, outcome in run.outcomes.items()}
    lives = [
        tuple((one.status, one.claimed_by, one.claim_epoch, one.assessment_status, one.version) for one in images)
        for images in world.images.values()
    ]
    return (
        frozenset(told),
        session.status,
        session.holder,
        session.epoch,
        session.turn_count,
        tuple(sorted(lives, key=str)),
    )


def _require_rules(world: World, run: Run) -> None:
    failures = [outcome for outcome in run.outcomes.values() if isinstance(outcome, BaseException)]
    assert all(isinstance(failure, DomainError) for failure in failures), run
    _require_agreement(world, run)
    _require_told(world, run)
    _require_turns(world, run)
    _require_claims(world, run)


def _require_agreement(world: World, run: Run) -> None:
    """Session, open handoff and package tell one story."""
    session = world.session()
    assert (session.status is SessionStatus.ACTIVE) <= (session.holder is not None), run
    if session.status in (SessionStatus.ESCALATED, SessionStatus.PARKED):
        assert session.holder is None, run
        assert session.open_handoff_id, run
    open_handoffs = [images[-1] for images in world.images.values() if images[-1].status in _OPEN]
    assert [handoff.id for handoff in open_handoffs] == [session.open_handoff_id][: len(open_handoffs)], run
    assert len(open_handoffs) == (session.open_handoff_id is not None), run
    for handoff in open_handoffs:
        assert handoff.claim_epoch == session.epoch, run
        assert (handoff.claimed_by or None) == (session.holder or None), run
    if package := read_package(session):
        newest = max(world.images.values(), key=lambda images: images[0].claim_epoch)[-1]
        assert package.handoff_id == newest.id, run


_OPEN = (HandoffStatus.UNCLAIMED, HandoffStatus.CLAIMED)


def _require_told(world: World, run: Run) -> None:
    """What the images tell is what people were told: as many claims, releases, withdrawals as succeeded."""
    told = [event.type for images in world.images.values() for event in _events_of(images)]
    succeeded = {name for name, outcome in run.outcomes.items() if not isinstance(outcome, DomainError)}
    sam = bool({"Sam claims", "Sam claims again"} & succeeded)
    assert told.count(EventType.CLAIMED) == sam + ("Alex claims" in succeeded), run
    assert told.count(EventType.WITHDRAWN) == ("Jane withdraws" in succeeded), run
    assert told.count(EventType.RELEASED) == ("Sam releases" in succeeded), run
    assert told.count(EventType.RESOLVED) == ("Sam resolves" in succeeded), run
    assert told.count(EventType.PASSED_ON) == ("Sam hands off" in succeeded), run
    answered = [name for name in ("the AI answers", "the AI answers again") if run.outcomes.get(name) is True]
    assert told.count(EventType.ASSESSMENT_READY) <= 1, run
    assert len(answered) <= told.count(EventType.ASSESSMENT_READY), run


def _events_of(images: list[Handoff]) -> Iterator[Event]:
    for old, new in pairwise(images):
        yield from events_between(old, new)


def _require_turns(world: World, run: Run) -> None:
    """Turns are numbered without a gap and counted rightly; a snapshot has all that came before it, no others."""
    session, turns = world.session(), world.turns()
    assert [turn.seq for turn in turns] == list(range(1, session.turn_count + 1)), run
    noted = [name for name in run.outcomes if name.endswith("notes a step")]
    written = sum(1 for name in noted if not isinstance(run.outcomes[name], DomainError))
    assert session.turn_count == 1 + written, run
    for images in world.images.values():
        before = [turn.seq for turn in turns if turn.epoch < images[0].claim_epoch]
        snapshot = world.handoff(images[0].id).snapshot
        assert [step.seq for step in snapshot.steps] == before, run


def _require_claims(world: World, run: Run) -> None:
    """Nobody claims their own escalation, and every receipt names its owner."""
    for name, outcome in run.outcomes.items():
        if "claims" in name and isinstance(outcome, Receipt):
            assert outcome.claimed_by, run
            assert outcome.claimed_by.id != JANE.id, run
            assert outcome.claimed_by.name == name.split()[0], run
