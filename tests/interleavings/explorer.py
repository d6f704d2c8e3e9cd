"""Runs real actions in every order in which their requests can reach DynamoDB.

Each action runs on a thread of its own that stops before every request. Once all of them stand still, one is let
through, alone; so nothing depends on timing, and an order is a list of choices. Orders are explored depth first: run to
the end, go back to the last choice with an alternative, run again from the start. A request may also meet with a fault:
its answer gets lost after it took effect, or it is refused for a conflict; one fault in an order.
"""

import threading
from collections.abc import Callable, Iterator
from typing import NamedTuple

from botocore.awsrequest import AWSResponse

from chalicelib.domain.errors import DomainError
from tests.wire import Deliver, Tampering, cancel, lose_answer, refuse

Action = Callable[[], object]
PATIENCE_S = 300.0


class Choice(NamedTuple):
    """Whose request goes through next, and what becomes of it."""

    actor: str
    fate: str = "delivered"


class Run(NamedTuple):
    """One complete order: what was chosen, and what each action returned, or raised."""

    order: list[Choice]
    outcomes: dict[str, object]


class Stage:
    """The threads of one run, and the gate that each request waits at."""

    def __init__(self, actions: dict[str, Action]) -> None:
        self.outcomes: dict[str, object] = {}
        self._actions = actions
        self._turnstile = threading.Condition()
        self._waiting: dict[str, str] = {}
        self._going: Choice | None = None

    def tamper(self, operation: str, deliver: Deliver) -> AWSResponse:
        """Hold a request of one of our threads until it is chosen, then let its fate happen to it."""
        actor = threading.current_thread().name
        if actor not in self._actions:
            return deliver()
        with self._turnstile:
            self._waiting[actor] = operation
            self._turnstile.notify_all()
            self._require(
                self._turnstile.wait_for(lambda: self._going is not None and self._going.actor == actor, PATIENCE_S)
            )
            fate = self._going.fate if self._going else "delivered"
            self._going = None
            del self._waiting[actor]
            return _FATES[fate](operation)(deliver)

    def start(self) -> None:
        """Let every action run up to its first request."""
        for actor in self._actions:
            threading.Thread(target=self._act, args=(actor,), name=actor, daemon=True).start()

    def standing(self) -> dict[str, str]:
        """Wait until every action stands at the gate or has ended; return who stands there, with which operation."""
        with self._turnstile:
            self._require(self._turnstile.wait_for(self._is_still, PATIENCE_S))
            return dict(self._waiting)

    def let_through(self, choice: Choice) -> None:
        """Let one request through, and wait until everybody stands still again."""
        with self._turnstile:
            self._going = choice
            self._turnstile.notify_all()

    def _is_still(self) -> bool:
        return self._going is None and len(self._waiting) + len(self.outcomes) == len(self._actions)

    def _act(self, actor: str) -> None:
        try:
            outcome: object = self._actions[actor]()
        except DomainError as refusal:
            outcome = refusal
        except BaseException as failure:  # noqa: BLE001  whatever it is, the checks must see it
            outcome = failure
        with self._turnstile:
            self.outcomes[actor] = outcome
            self._turnstile.notify_all()

    @staticmethod
    def _require(is_done: bool) -> None:  # noqa: FBT001
        if not is_done:
            raise AssertionError("an action neither ended nor came to its next request")


def _conflict(operation: str) -> Tampering:
    if operation == "TransactWriteItems":
        return cancel("TransactionConflict", "None")
    return refuse("TransactionConflictException")


_FATES: dict[str, Callable[[str], Tampering]] = {
    "delivered": lambda _: lambda deliver: deliver(),
    "answer lost": lambda _: lose_answer,
    "conflict": _conflict,
}


def explore(
    actions: dict[str, Action], reset: Callable[[], None], put_on_stage: Callable[[Stage], None], *, with_fates: bool
) -> Iterator[Run]:
    """Yield every complete order of the actions' requests, each run from the state that `reset` restores."""
    path: list[tuple[Choice, list[Choice]]] = []
    while True:
        reset()
        stage = Stage(actions)
        put_on_stage(stage)
        yield _play(stage, path, with_fates=with_fates)
        while path and not path[-1][1]:
            path.pop()
        if not path:
            return
        _, alternatives = path.pop()
        path.append((alternatives[0], alternatives[1:]))


def _play(stage: Stage, path: list[tuple[Choice, list[Choice]]], *, with_fates: bool) -> Run:
    """Run once, along `path` as far as it goes, then along first alternatives, which are added to it."""
    stage.start()
    depth = 0
    while standing := stage.standing():
        if depth == len(path):
            may_fail = with_fates and all(choice.fate == "delivered" for choice, _ in path)
            first, *others = _choices(standing, may_fail=may_fail)
            path.append((first, others))
        stage.let_through(path[depth][0])
        depth += 1
    return Run([choice for choice, _ in path], stage.outcomes)


def _choices(standing: dict[str, str], *, may_fail: bool) -> list[Choice]:
    """What may happen next. Reads change nothing, so losing their answers is no fate of its own."""
    choices = [Choice(actor) for actor in sorted(standing)]
    if may_fail:
        writing = [actor for actor in sorted(standing) if standing[actor] not in ("GetItem", "Query")]
        choices += [Choice(actor, fate) for actor in writing for fate in ("answer lost", "conflict")]
    return choices
