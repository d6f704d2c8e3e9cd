"""Runs real actions in every order in which their requests can reach DynamoDB.

An order is a list of choices. Orders are explored depth first: run to the end, go back to the last choice with an
alternative, run again from the start. How many faults there may be in an order is limited.

Orders meet: two reads side by side may as well change their turn. A moment is told by what each action asked and was
answered, and by what the tables hold and held. From moments that are told alike the same follows, as an action knows
nothing else; so what follows a moment is run once, and counted from then on. Every moment that any order leads to is
gone through, and with it every ending.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tests.support.dynamodb.faults import Fault
from tests.support.dynamodb.recorder import Asked
from tests.support.dynamodb.request_scheduler import Action, Choice, Stage

Moment = str


class Run(NamedTuple):
    """One complete order: what was chosen, and what each action returned, or raised."""

    order: list[Choice]
    outcomes: dict[str, object]


@dataclass
class Fork:
    """A moment in which all stand still, what is yet to be tried there, and how many orders that led to."""

    moment: Moment
    choices: list[Choice]
    orders: int = 0


class Explorer:
    """Goes through all orders of some actions' requests, and counts them."""

    def __init__(
        self,
        actions: dict[str, Action],
        reset: Callable[[Stage], None],
        moment_of: Callable[[Stage], Moment],
        faults_of: Callable[[Asked], Sequence[Fault]],
        *,
        most_faults: int,
    ) -> None:
        """`reset` puts everything back to the start, and requests on the stage; `moment_of` tells what came about.

        `faults_of` names the faults that a request may meet.
        """
        self.orders = 0
        """How many there are in all, once all endings were told."""
        self.runs = 0
        """How many of them were run, some of them in part."""
        self._actions = actions
        self._reset = reset
        self._moment_of = moment_of
        self._faults_of = faults_of
        self._most_faults = most_faults
        self._path: list[Fork] = []
        self._orders_from: dict[Moment, int] = {}

    def endings(self) -> Iterator[Run]:
        """Yield one complete order for each moment in which orders end."""
        while not self.orders:
            stage = Stage(self._actions)
            self._reset(stage)
            moment = self._play(stage)
            self.runs += 1
            if moment in self._orders_from:
                stage.abandon()
            else:
                yield Run([fork.choices[0] for fork in self._path], stage.outcomes)
            self._turn_back(self._orders_from.setdefault(moment, 1))

    def _play(self, stage: Stage) -> Moment:
        """Run along the path, then along first choices, which are added to it, to an end or a moment gone through."""
        stage.start()
        depth = 0
        while True:
            standing = stage.standing()
            if depth >= len(self._path) - 1:  # those before it were told when they were new
                moment = self._moment_of(stage)
                if depth == len(self._path):
                    if moment in self._orders_from or not standing:
                        return moment
                    self._path.append(Fork(moment, self._choices(standing)))
                message = "what an action does depends on more than what it was answered"
                assert self._path[depth].moment == moment, message
            stage.let_through(self._path[depth].choices[0])
            depth += 1

    def _choices(self, standing: dict[str, Asked]) -> list[Choice]:
        choices = [Choice(actor) for actor in sorted(standing)]
        faults = sum(fork.choices[0].fault is not Fault.NONE for fork in self._path)
        if faults < self._most_faults:
            choices += [
                Choice(actor, fault) for actor in sorted(standing) for fault in self._faults_of(standing[actor])
            ]
        return choices

    def _turn_back(self, orders: int) -> None:
        """Count the orders that the last choice led to, and go back to the last moment with one that is untried."""
        while self._path:
            fork = self._path[-1]
            fork.orders += orders
            del fork.choices[0]
            if fork.choices:
                return
            orders = self._orders_from[fork.moment] = fork.orders
            self._path.pop()
        self.orders = orders
