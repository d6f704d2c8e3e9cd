"""Holds real actions at each of their requests to DynamoDB, and lets one request through at a time.

Each action runs on a thread of its own that stops before every request. Once all of them stand still, one is let
through, alone; so nothing depends on timing. A request may also meet with a fault: its answer gets lost after it took
effect, or it is refused for a conflict.
"""

import threading
from collections.abc import Callable
from typing import NamedTuple

from botocore.awsrequest import AWSResponse

from chalicelib.domain.errors import DomainError
from tests.support.dynamodb.faults import Deliver, Fault, inject
from tests.support.dynamodb.recorder import Asked

Action = Callable[[], object]
PATIENCE_S = 300.0


class Choice(NamedTuple):
    """Whose request goes through next, and what becomes of it."""

    actor: str
    fault: Fault = Fault.NONE


class Abandoned(BaseException):
    """The run leads nowhere new: no handler of ours may get to see it."""


class Stage:
    """The threads of one run, and the gate that each request waits at."""

    def __init__(self, actions: dict[str, Action]) -> None:
        self.outcomes: dict[str, object] = {}
        self.order: list[Choice] = []
        self.exchanges: dict[str, list[list[object]]] = {actor: [] for actor in actions}
        """What each action asked, what became of that, and what it was answered, as far as it went."""
        self._actions = actions
        self._turnstile = threading.Condition()
        self._waiting: dict[str, Asked] = {}
        self._going: Choice | None = None
        self._is_abandoned = False

    def tamper(self, asked: Asked, deliver: Deliver) -> AWSResponse:
        """Hold a request of one of our threads until it is chosen, then let its fault happen to it."""
        actor = threading.current_thread().name
        if actor not in self._actions:
            return deliver()
        exchange: list[object] = [asked]
        with self._turnstile:
            self.exchanges[actor].append(exchange)
            self._waiting[actor] = asked
            self._turnstile.notify_all()
            self._require(self._turnstile.wait_for(lambda: self._goes(actor), PATIENCE_S))
            going, self._going = self._going, None
            del self._waiting[actor]
            if not going:
                raise Abandoned
            exchange.append(going.fault)
            answer = inject(going.fault, asked.operation, deliver)
            exchange.append(answer.text)
            return answer

    def start(self) -> None:
        """Let every action run up to its first request."""
        for actor in self._actions:
            threading.Thread(target=self._act, args=(actor,), name=actor, daemon=True).start()

    def standing(self) -> dict[str, Asked]:
        """Wait until every action stands at the gate or has ended; return who stands there, with which request."""
        with self._turnstile:
            self._require(self._turnstile.wait_for(self._is_still, PATIENCE_S))
            return dict(self._waiting)

    def let_through(self, choice: Choice) -> None:
        """Let one request through."""
        with self._turnstile:
            self.order.append(choice)
            self._going = choice
            self._turnstile.notify_all()

    def abandon(self) -> None:
        """End every action where it stands."""
        with self._turnstile:
            self._is_abandoned = True
            self._turnstile.notify_all()
            self._require(self._turnstile.wait_for(lambda: len(self.outcomes) == len(self._actions), PATIENCE_S))

    def _goes(self, actor: str) -> bool:
        return self._is_abandoned or (self._going is not None and self._going.actor == actor)

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
