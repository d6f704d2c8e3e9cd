"""The wire between the process's one DynamoDB client and moto: it remembers what was sent, and can be tampered with.

Interleavings and failures are written out here, on one thread: moto's conditional writes are not atomic under threads,
and it knows neither conflicts nor lost answers.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from moto.core.models import botocore_stubber

from chalicelib.store.connection import dynamodb
from tests.support.dynamodb.faults import Deliver, Tampering


class Asked(NamedTuple):
    """One attempt of one request, as DynamoDB's JSON."""

    operation: str
    body: dict[str, Any]


class Exchange(NamedTuple):
    """One attempt of one request, and its answer, both as DynamoDB's JSON; without an answer, nothing."""

    operation: str
    asked: dict[str, Any]
    answered: dict[str, Any]


class Recorder:
    """What went over the wire, and what is to happen to what comes next."""

    def __init__(self) -> None:
        self.exchanges: list[Exchange] = []
        self.every: Callable[[Asked, Deliver], AWSResponse] | None = None
        """The default for requests that no fault is set for."""
        self.knows_tokens = False
        """Whether a transaction that comes again with its token is only answered again, as DynamoDB does."""
        self.answered: dict[str, AWSResponse] = {}
        """What was answered to transactions that were carried out, by their tokens."""
        self._tamperings: list[tuple[str, Tampering]] = []

    def forget(self) -> None:
        """Forget what was sent."""
        self.exchanges.clear()
        self.answered.clear()

    def has_done(self, asked: Asked) -> bool:
        """Whether it is a transaction that comes again with its token, and is only answered again."""
        return self.knows_tokens and asked.body.get("ClientRequestToken") in self.answered

    @property
    def operations(self) -> list[str]:
        """The name of every request sent, attempts of the same counted one by one."""
        return [exchange.operation for exchange in self.exchanges]

    def tamper(self, operation: str, *tamperings: Tampering) -> None:
        """Let these happen to the next requests of this operation, one each, in this order."""
        self._tamperings += [(operation, tampering) for tampering in tamperings]

    def __call__(self, request: AWSPreparedRequest, event_name: str, **_: object) -> AWSResponse:
        """Carry one attempt; botocore calls this in place of sending it."""
        operation = event_name.rpartition(".")[2]
        body: Any = request.body
        asked, answered = json.loads(body), {}
        try:
            answer = self._tampering_with(Asked(operation, asked))(lambda: self._deliver(event_name, request, asked))
            answered = json.loads(answer.content)
        finally:
            self.exchanges.append(Exchange(operation, asked, answered))
        return answer

    def _deliver(self, event_name: str, request: AWSPreparedRequest, asked: dict[str, Any]) -> AWSResponse:
        token = asked.get("ClientRequestToken") if self.knows_tokens else None
        if token in self.answered:
            return self.answered[token]
        answer = by_moto(event_name, request)
        if token and answer.status_code == 200:
            self.answered[token] = answer
        return answer

    def _tampering_with(self, asked: Asked) -> Tampering:
        for position, (tampered, tampering) in enumerate(self._tamperings):
            if tampered == asked.operation:
                del self._tamperings[position]
                return tampering
        every = self.every
        return (lambda deliver: every(asked, deliver)) if every else lambda deliver: deliver()


@contextmanager
def recording_requests() -> Iterator[Recorder]:
    """Put a wire between the client and moto."""
    events: Any = dynamodb().client.meta.events  # its stubs know only handlers that answer nothing
    recorder = Recorder()
    events.unregister("before-send", botocore_stubber)
    events.register("before-send.dynamodb", recorder)
    try:
        yield recorder
    finally:
        events.unregister("before-send.dynamodb", recorder)
        events.register("before-send", botocore_stubber)


def by_moto(event_name: str, request: AWSPreparedRequest) -> AWSResponse:
    """Have moto answer a request that botocore is about to send."""
    answer = botocore_stubber(event_name, request)
    if answer is None:
        raise AssertionError(f"moto is not listening at {request.url}")
    return answer
