"""A model checker for the requests of real actions: explores every order in which they can reach DynamoDB.

A state is what the tables hold and held, and the answers that each action has had so far. From each state every choice
is tried once: the pending request of one action is carried out on the tables as they are in that state, or meets a
fault; then the action is replayed with its recorded answers, up to its next request or its end. A state that several
orders reach is explored once, and the orders that follow it are counted: an action knows nothing but its answers.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from typing import Any, NamedTuple, Protocol

from botocore.awsrequest import AWSResponse
from botocore.exceptions import BotoCoreError

from tests.concurrency.interleavings.deterministic_ids import ids_of
from tests.concurrency.interleavings.replay import Action, Answer, Progress, Replay
from tests.support.dynamodb.faults import Deliver, Fault, inject
from tests.support.dynamodb.recorder import Asked, Recorder


class Scene(Protocol):
    """What is explored: the tables, and whatever else the actions change."""

    has_side_effects: bool
    """Whether the actions read or change anything besides the tables."""

    def save(self) -> Any:
        """Return a copy of everything that the actions can change."""

    def restore(self, saved: Any) -> None:
        """Put everything back to a saved copy."""

    def digest(self) -> str:
        """Return the same text for all states from which the same can follow."""

    def begin_process(self) -> None:
        """Reset what this process remembers to what an action starts with."""

    def record_images(self) -> None:
        """Record the handoffs as they stand after a request, as the stream does."""


class Choice(NamedTuple):
    """Whose request goes through next, and what becomes of it."""

    actor: str
    fault: Fault = Fault.NONE


class Run(NamedTuple):
    """One order, from the start to an end, and what each action returned, or raised."""

    order: list[Choice]
    outcomes: dict[str, object]


class State(NamedTuple):
    """Everything as saved, how far each action came, and the first order that led there."""

    saved: Any
    actions: dict[str, Progress]
    order: tuple[Choice, ...] = ()

    @property
    def faults(self) -> int:
        return sum(choice.fault is not Fault.NONE for choice in self.order)


class Explorer:
    """Explores all orders of some actions' requests, and counts them."""

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
        """`faults_of` names the faults that a request may meet; without `is_merging` each order is run by itself."""
        self.orders = 0
        """How many there are in all, once `endings` is exhausted."""
        self.runs = 0
        """How many of them were run to their end."""
        self._scene = scene
        self._actions = actions
        self._recorder = recorder
        self._faults_of = faults_of
        self._most_faults = most_faults
        self._is_merging = is_merging
        self._orders_from: dict[tuple[object, ...], int] = {}
        self._numbers: dict[object, int] = {}
        self._replay: Replay | None = None

    def endings(self) -> Iterator[Run]:
        """Yield one order for each state in which orders end, while everything is in that state."""
        self._recorder.forget()
        self._recorder.every = self._answer
        begun = {actor: self._advance(Progress(actor)) for actor in self._actions}
        self.orders = yield from self._explore(State(self._save(), begun))

    def _explore(self, state: State) -> Generator[Run, None, int]:
        """Explore what follows a state; return how many orders that is."""
        key = self._key_of(state)
        if key in self._orders_from:
            return self._orders_from[key]
        orders = 0
        for choice in self._choices(state):
            orders += yield from self._explore(self._after(state, choice))
        if not orders:
            self.runs += 1
            yield Run(list(state.order), {actor: progress.outcome for actor, progress in state.actions.items()})
            orders = 1
        self._orders_from[key] = orders
        return orders

    def _choices(self, state: State) -> list[Choice]:
        pending = {actor: progress.pending[0] for actor, progress in sorted(state.actions.items()) if progress.pending}
        choices = [Choice(actor) for actor in pending]
        if state.faults < self._most_faults:
            choices += [Choice(actor, fault) for actor, asked in pending.items() for fault in self._faults_of(asked)]
        return choices

    def _after(self, state: State, choice: Choice) -> State:
        """Carry out one request, and advance its action."""
        self._restore(state.saved)
        progress = state.actions[choice.actor]
        answer = self._deliver(progress, choice.fault)
        self._scene.record_images()
        saved, content = self._save(), answer.content
        if self._scene.has_side_effects or content not in progress.after:
            progress.after[content] = self._advance(progress.with_answer(answer, saved))
            saved = self._save()
        return State(saved, {**state.actions, choice.actor: progress.after[content]}, (*state.order, choice))

    @staticmethod
    def _deliver(progress: Progress, fault: Fault) -> Answer:
        assert progress.pending
        asked, deliver = progress.pending
        try:
            return Answer(fault, inject(fault, asked.operation, deliver))
        except BotoCoreError as failure:
            return Answer(fault, failure)

    def _advance(self, progress: Progress) -> Progress:
        """Replay the action with its answers; where it has side effects, from the state saved with each of them."""
        self._scene.begin_process()
        self._replay = Replay(progress, self._restore if self._scene.has_side_effects else lambda _: None)
        with ids_of(progress.actor):
            progress.outcome = self._replay.run(self._actions[progress.actor])
        self._replay = None
        return progress

    def _answer(self, asked: Asked, deliver: Deliver) -> AWSResponse:
        return self._replay.answer(asked, deliver) if self._replay else deliver()

    def _save(self) -> Any:
        return self._scene.save(), dict(self._recorder.answered)

    def _restore(self, saved: Any) -> None:
        scene, answered = saved
        self._scene.restore(scene)
        self._recorder.forget()
        self._recorder.answered.update(answered)

    def _key_of(self, state: State) -> tuple[object, ...]:
        """Return what is the same for two states from which the same follows."""
        if not self._is_merging:
            return state.order
        numbers = (self._numbers.setdefault(each.history, len(self._numbers)) for each in state.actions.values())
        return self._scene.digest(), *sorted(self._recorder.answered), *numbers
