"""Goes through every order in which the requests of real actions can reach DynamoDB.

A moment is what the tables hold and held, and what each action was answered so far. Each choice of a moment is tried
once: the request of one action reaches the tables as they are then, or meets a fault. The action is run again from its
start with the answers it had, which have to lead to the same requests, up to its next request or its end. Moments that
orders meet in are gone through once, and the orders that follow are counted: an action knows nothing but its answers.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from typing import NamedTuple, Protocol

from botocore.awsrequest import AWSResponse
from botocore.exceptions import BotoCoreError

from tests.concurrency.interleavings.repeated_ids import ids_of
from tests.concurrency.interleavings.replay import Action, Answer, Progress, Replay
from tests.support.dynamodb.faults import Deliver, Fault, inject
from tests.support.dynamodb.recorder import Asked, Recorder


class Scene(Protocol):
    """What is explored: the tables, and whatever else the actions change."""

    acts_outside: bool
    """Whether actions change anything but the tables, or look at it."""

    def save(self) -> object:
        """Return how everything is."""

    def restore(self, saved: object) -> None:
        """Put everything back to how it was."""

    def tell(self) -> str:
        """Tell how everything is; what is told alike goes on alike."""

    def begin_process(self) -> None:
        """Make this process like the one that an action starts in."""

    def look(self) -> None:
        """Look at what a request changed, as the stream does."""


class Choice(NamedTuple):
    """Whose request goes through next, and what becomes of it."""

    actor: str
    fault: Fault = Fault.NONE


class Run(NamedTuple):
    """One order, from the start to an end, and what each action returned, or raised."""

    order: list[Choice]
    outcomes: dict[str, object]


class Moment(NamedTuple):
    """How everything is, and how far each action came, by a first order that led there."""

    saved: object
    actions: dict[str, Progress]
    order: tuple[Choice, ...] = ()

    @property
    def faults(self) -> int:
        return sum(choice.fault is not Fault.NONE for choice in self.order)


class Explorer:
    """Goes through all orders of some actions' requests, and counts them."""

    def __init__(
        self,
        scene: Scene,
        actions: dict[str, Action],
        recorder: Recorder,
        faults_of: Callable[[Asked], Sequence[Fault]],
        *,
        most_faults: int,
        is_merging: bool = True,
    ) -> None:
        """`faults_of` names the faults that a request may meet; without `is_merging` no orders are taken to meet."""
        self.orders = 0
        """How many there are in all, once all endings were told."""
        self.runs = 0
        """How many of them were gone to their end."""
        self._scene = scene
        self._actions = actions
        self._recorder = recorder
        self._faults_of = faults_of
        self._most_faults = most_faults
        self._is_merging = is_merging
        self._orders_from: dict[tuple[object, ...], int] = {}
        self._numbers: dict[object, int] = {}
        self._playing: Replay | None = None

    def endings(self) -> Iterator[Run]:
        """Yield one order for each moment in which orders end; while it is looked at, everything is as it ended."""
        self._recorder.forget()
        self._recorder.every = self._answer
        begun = {actor: self._go_on(Progress(actor, (actor,))) for actor in self._actions}
        self.orders = yield from self._explore(Moment(self._save(), begun))

    def _explore(self, moment: Moment) -> Generator[Run, None, int]:
        """Go through what follows a moment; return how many orders that is."""
        name = self._name_of(moment)
        if name in self._orders_from:
            return self._orders_from[name]
        orders = 0
        for choice in self._choices(moment):
            orders += yield from self._explore(self._after(moment, choice))
        if not orders:
            self.runs += 1
            yield Run(list(moment.order), {actor: progress.outcome for actor, progress in moment.actions.items()})
            orders = 1
        self._orders_from[name] = orders
        return orders

    def _choices(self, moment: Moment) -> list[Choice]:
        standing = {actor: progress.waits[0] for actor, progress in sorted(moment.actions.items()) if progress.waits}
        choices = [Choice(actor) for actor in standing]
        if moment.faults < self._most_faults:
            choices += [Choice(actor, fault) for actor, asked in standing.items() for fault in self._faults_of(asked)]
        return choices

    def _after(self, moment: Moment, choice: Choice) -> Moment:
        """Let one request through, and its action go on."""
        self._restore(moment.saved)
        progress = moment.actions[choice.actor]
        answer = self._deliver(progress, choice.fault)
        self._scene.look()
        told = answer.told
        if self._scene.acts_outside or told not in progress.later:
            progress.later[told] = self._go_on(progress.then(answer, self._save()))
        actions = {**moment.actions, choice.actor: progress.later[told]}
        return Moment(self._save(), actions, (*moment.order, choice))

    @staticmethod
    def _deliver(progress: Progress, fault: Fault) -> Answer:
        assert progress.waits
        asked, deliver = progress.waits
        try:
            return Answer(fault, inject(fault, asked.operation, deliver))
        except BotoCoreError as failure:
            return Answer(fault, failure)

    def _go_on(self, progress: Progress) -> Progress:
        """Run the action with the answers it had, each while everything is as it was then."""
        self._scene.begin_process()
        self._playing = Replay(progress, self._restore if self._scene.acts_outside else lambda _: None)
        with ids_of(progress.actor):
            progress.outcome = self._playing.run(self._actions[progress.actor])
        self._playing = None
        return progress

    def _answer(self, asked: Asked, deliver: Deliver) -> AWSResponse:
        return self._playing.answer(asked, deliver) if self._playing else deliver()

    def _save(self) -> object:
        return self._scene.save(), dict(self._recorder.answered)

    def _restore(self, saved: object) -> None:
        assert isinstance(saved, tuple)
        scene, answered = saved
        self._scene.restore(scene)
        self._recorder.forget()
        self._recorder.answered.update(answered)

    def _name_of(self, moment: Moment) -> tuple[object, ...]:
        if not self._is_merging:
            return moment.order
        numbers = (self._numbers.setdefault(each.told, len(self._numbers)) for each in moment.actions.values())
        return self._scene.tell(), *sorted(self._recorder.answered), *numbers
