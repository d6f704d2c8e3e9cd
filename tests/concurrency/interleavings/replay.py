"""Runs an action again, with the answers it had, up to its next request or its end."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from botocore.awsrequest import AWSResponse
from botocore.exceptions import BotoCoreError

from chalicelib.domain.errors import DomainError
from tests.support.dynamodb.faults import Deliver, Fault
from tests.support.dynamodb.recorder import Asked

Action = Callable[[], object]


class Answer(NamedTuple):
    """What an action gets for a request: DynamoDB's answer, or how it failed."""

    fault: Fault
    given: AWSResponse | BotoCoreError

    @property
    def told(self) -> tuple[object, ...]:
        """What the action can know of it."""
        if isinstance(self.given, BotoCoreError):
            return self.fault, type(self.given)
        return self.fault, self.given.status_code, self.given.content


class Exchange(NamedTuple):
    """What an action asked and was answered, and how everything was then."""

    asked: Asked
    answer: Answer
    saved: object


@dataclass(eq=False)
class Progress:
    """How far an action came by what it was answered: to a request that waits, or to its end."""

    actor: str
    told: tuple[object, ...] = ()
    """Which action it is, and what it was answered."""
    exchanges: list[Exchange] = field(default_factory=list)
    waits: tuple[Asked, Deliver] | None = None
    outcome: object = None
    later: dict[tuple[object, ...], "Progress"] = field(default_factory=dict)
    """Where each answer leads, as far as it was tried."""

    def then(self, answer: Answer, saved: object) -> "Progress":
        """Return the action once it has this answer, before it goes on."""
        assert self.waits
        exchange = Exchange(self.waits[0], answer, saved)
        return Progress(self.actor, (*self.told, answer.told), [*self.exchanges, exchange])


class Stopped(BaseException):
    """The action came to its next request: no handler of ours may get to see it."""


class Diverged(BaseException):
    """What an action asks depends on more than what it was answered."""


class Replay:
    """One run of an action that had some answers before."""

    def __init__(self, progress: Progress, restore: Callable[[object], None]) -> None:
        self._progress = progress
        self._restore = restore
        self._had = iter(progress.exchanges)
        self._thread = threading.current_thread()

    def run(self, action: Action) -> object:
        """Run it to its next request, or return what it returns or raises in the end."""
        try:
            return action()
        except DomainError as refusal:
            return refusal
        except Stopped:
            return None
        except Diverged:
            raise
        except BaseException as failure:  # noqa: BLE001  whatever it is, the checks must see it
            return failure

    def answer(self, asked: Asked, deliver: Deliver) -> AWSResponse:
        """Answer as before; stop at what was not asked before. Raises Diverged."""
        if threading.current_thread() is not self._thread:
            return deliver()
        exchange = next(self._had, None)
        if exchange is None:
            self._progress.waits = self._progress.waits or (asked, deliver)
            raise Stopped
        if exchange.asked != asked:
            raise Diverged(exchange.asked, asked)
        self._restore(exchange.saved)
        given = exchange.answer.given
        if isinstance(given, BotoCoreError):
            raise given.with_traceback(None)
        return given
