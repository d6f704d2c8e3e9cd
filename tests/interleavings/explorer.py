"""Runs real actions in every order in which their requests can reach DynamoDB, or in one of each kind.

An order is a list of choices. Orders are explored depth first: run to the end, go back to the last choice with an
alternative, run again from the start. There is at most one fault in an order.

Two orders that differ only in the turn of two requests side by side, which have no table in common or both only read,
give the same answers and leave the same items behind. To run one order of each such kind, each choice that has been
tried is put to sleep for what comes after its alternatives, until a request goes through that it has something to do
with; a run in which all that could come next sleeps is one that has been. These are the sleep sets of Godefroid
("Partial-Order Methods for the Verification of Concurrent Systems", 1996): they leave out orders, never a kind.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tests.interleavings.stage import Action, Choice, Stage
from tests.wire import Asked

READS = ("GetItem", "Query")


class Run(NamedTuple):
    """One complete order: what was chosen, and what each action returned, or raised."""

    order: list[Choice]
    outcomes: dict[str, object]


@dataclass
class Fork:
    """A moment in which all stand still: whose request went through, and what else may go through or sleeps."""

    standing: dict[str, Asked]
    asleep: set[Choice]
    alternatives: list[Choice]
    chosen: Choice = field(init=False)

    def __post_init__(self) -> None:
        self.chosen = self.alternatives.pop(0)

    def turn(self) -> bool:
        """Choose what has not been tried, if there is anything."""
        self.asleep.add(self.chosen)
        if self.alternatives:
            self.chosen = self.alternatives.pop(0)
            return True
        return False

    def still_asleep(self) -> set[Choice]:
        """What sleeps on after the choice, as it might as well have come before it."""
        return {choice for choice in self.asleep if self._may_swap(choice, self.chosen)}

    def _may_swap(self, one: Choice, other: Choice) -> bool:
        if one.actor == other.actor or "delivered" not in (one.fate, other.fate):
            return False
        asked, also_asked = self.standing[one.actor], self.standing[other.actor]
        is_read = asked.operation in READS and also_asked.operation in READS
        return is_read or not _tables(asked.body) & _tables(also_asked.body)


def explore(
    actions: dict[str, Action],
    reset: Callable[[], None],
    put_on_stage: Callable[[Stage], None],
    *,
    with_fates: bool,
    one_of_a_kind: bool = False,
) -> Iterator[Run]:
    """Yield every complete order of the actions' requests, or one of each kind, each from what `reset` restores."""
    path: list[Fork] = []
    while True:
        reset()
        stage = Stage(actions)
        put_on_stage(stage)
        if _play(stage, path, with_fates=with_fates, one_of_a_kind=one_of_a_kind):
            yield Run([fork.chosen for fork in path], stage.outcomes)
        while path and not path[-1].turn():
            path.pop()
        if not path:
            return


def _play(stage: Stage, path: list[Fork], *, with_fates: bool, one_of_a_kind: bool) -> bool:
    """Run once, along `path` as far as it goes, then along first alternatives, which are added to it.

    Returns False where only such orders would follow as have been run in another turn.
    """
    stage.start()
    depth = 0
    while standing := stage.standing():
        if depth == len(path):
            asleep = path[-1].still_asleep() if path and one_of_a_kind else set()
            may_fail = with_fates and all(fork.chosen.fate == "delivered" for fork in path)
            awake = [choice for choice in _choices(standing, may_fail=may_fail) if choice not in asleep]
            if not awake:
                stage.abandon()
                return False
            path.append(Fork(standing, asleep, awake))
        stage.let_through(path[depth].chosen)
        depth += 1
    return True


def _choices(standing: dict[str, Asked], *, may_fail: bool) -> list[Choice]:
    """What may happen next. Reads change nothing, so losing their answers is no fate of its own."""
    choices = [Choice(actor) for actor in sorted(standing)]
    if may_fail:
        writing = [actor for actor in sorted(standing) if standing[actor].operation not in READS]
        choices += [Choice(actor, fate) for actor in writing for fate in ("answer lost", "conflict")]
    return choices


def _tables(body: Any) -> set[str]:
    """Every table that a request names."""
    match body:
        case {"TableName": str(name)}:
            return {name}
        case dict():
            return set().union(*map(_tables, body.values()))
        case list():
            return set().union(*map(_tables, body))
        case _:
            return set()
