"""Replays an action with its recorded answers, up to its next request or its end."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from botocore.awsrequest import AWSResponse
from botocore.exceptions import BotoCoreError

from tests.support.dynamodb.faults import Deliver, Fault
from tests.support.dynamodb.recorder import Asked

Action = Callable[[], object]
Content = tuple[object, ...]


class Answer(NamedTuple):
    """What an action gets for a request: DynamoDB's answer, or how it failed."""

    fault: Fault
    given: AWSResponse | BotoCoreError

    @property
    def content(self) -> Content:
        """All that the action can know of it, and the fault."""
        if isinstance(self.given, BotoCoreError):
            return self.fault, type(self.given)
        return self.fault, self.given.status_code, self.given.content


class Exchange(NamedTuple):
    """A request, its answer, and the state saved right after it."""

    asked: Asked
    answer: Answer
    saved: Any


@dataclass(eq=False)
class Progress:
    """How far an action came with the answers it had: to a pending request, or to its end."""

    actor: str
    exchanges: list[Exchange] = field(default_factory=list)
    pending: tuple[Asked, Deliver] | None = None
    outcome: object = None
    after: dict[Content, "Progress"] = field(default_factory=dict)
    """Where each answer to the pending request leads, as far as it was tried."""

    @property
    def history(self) -> Content:
        """Which action it is, and the answers it had."""
        return self.actor, *(exchange.answer.content for exchange in self.exchanges)

    def with_answer(self, answer: Answer, saved: Any) -> "Progress":
        """Return the action with an answer to its pending request, before it goes on."""
        assert self.pending
        return Progress(self.actor, [*self.exchanges, Exchange(self.pending[0], answer, saved)])


class Stopped(BaseException):
    """Raised into an action at its next request, to end the replay; no handler of ours may get to see it."""


class Diverged(BaseException):
    """An action sent another request than before, although its answers were the same."""


class Replay:
    """One run of an action from its start, with its recorded answers."""

    def __init__(self, progress: Progress, restore: Callable[[Any], None]) -> None:
        """`restore` is given the state saved with each answer before the action gets the answer."""
        self._progress = progress
        self._restore = restore
        self._recorded = iter(progress.exchanges)
        self._thread = threading.current_thread()

    def run(self, action: Action) -> object:
        """Run it to its next request, or return what it returns or raises in the end. Raises Diverged."""
        try:
            return action()
        except Stopped:
            return None
        except Diverged:
            raise
        except BaseException as failure:  # noqa: BLE001  whatever it is, the checks must see it
            return failure

    def answer(self, asked: Asked, deliver: Deliver) -> AWSResponse:
        """Answer a request as recorded; stop the action at the first one that has no answer yet."""
        if threading.current_thread() is not self._thread:
            return deliver()
        exchange = next(self._recorded, None)
        if exchange is None:
            self._progress.pending = self._progress.pending or (asked, deliver)
            raise Stopped
        if exchange.asked != asked:
            raise Diverged(exchange.asked, asked)
        self._restore(exchange.saved)
        given = exchange.answer.given
        if isinstance(given, BotoCoreError):
            raise given.with_traceback(None)
        return given
