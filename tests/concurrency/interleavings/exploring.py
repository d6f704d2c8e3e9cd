"""Goes through all orders of a case's actions, with faults, and requires the rules at the end of each."""

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from tests.concurrency.interleavings.explorer import Explorer, Run
from tests.concurrency.interleavings.replay import Action
from tests.concurrency.interleavings.scenes import ExploredCase
from tests.support.dynamodb.faults import Fault
from tests.support.dynamodb.recorder import Asked, Recorder

READS = ("GetItem", "Query")

PARTS = range(6)
"""Each takes every sixth set of actions, so that the parts share the processors and tell how far they are."""


class Explored(NamedTuple):
    """How many orders there are, how many were run to their end, and the different ways in which they ended."""

    orders: int
    runs: int
    endings: set[object]

    def __str__(self) -> str:
        return f"{self.orders} orders in {self.runs} runs, {len(self.endings)} endings"


def sets_of(names: Iterable[str], size: int, part: int | None = None) -> list[tuple[str, ...]]:
    """Return every set of so many of the names, or those of one of `PARTS`."""
    sets = list(combinations(sorted(names), size))
    return sets if part is None else sets[part :: len(PARTS)]


def explore(
    case: ExploredCase,
    pool: dict[str, Action],
    together: Iterable[Collection[str]],
    recorder: Recorder,
    require: Callable[[ExploredCase, Run], None],
    *,
    most_faults: int = 0,
    is_merging: bool = True,
) -> Explored:
    """Explore all orders of each set of actions of the pool; without `is_merging` each order is run by itself.

    `require` asserts what has to hold at the end of an order.
    """

    def faults_of(asked: Asked) -> Sequence[Fault]:
        """Reads change nothing, so a lost answer is no fault; what is only answered again meets no conflict."""
        if asked.operation in READS:
            return ()
        return (Fault.ANSWER_LOST,) if recorder.has_done(asked) else (Fault.ANSWER_LOST, Fault.CONFLICT)

    recorder.knows_tokens = True
    start = case.save()
    orders, runs, endings = 0, 0, set[object]()
    for names in together:
        actions = {name: pool[name] for name in sorted(names)}
        explorer = Explorer(case, actions, recorder, faults_of, most_faults=most_faults, is_merging=is_merging)
        for run in explorer.endings():
            require(case, run)
            endings.add(_ending(case, run))
        orders, runs = orders + explorer.orders, runs + explorer.runs
        case.restore(start)
    return Explored(orders, runs, endings)


def _ending(case: ExploredCase, run: Run) -> object:
    """Return what the actions returned and how the case ended, without ids."""
    session = case.session()
    events = {(name, str(outcome) if outcome is True else type(outcome)) for name, outcome in run.outcomes.items()}
    lives = [
        tuple((one.status, one.claimed_by, one.claim_epoch, one.assessment_status, one.version) for one in images)
        for images in case.images.values()
    ]
    return (
        frozenset(events),
        session.status,
        session.holder,
        session.epoch,
        session.turn_count,
        tuple(sorted(lives, key=str)),
    )
