"""DynamoDB refuses a transaction while another is at work on one of its items. The emulator (1.5.33) never does.

So the client does it here: a transaction takes some time, and one that begins meanwhile and shares an item is answered
as DynamoDB would. See "Transaction conflict handling" in the Amazon DynamoDB Developer Guide.
"""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock, local
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse

from chalicelib.store.connection import dynamodb
from tests.support.dynamodb.faults import conflict

TRANSACTION_S = 0.02
"""What a transaction takes. Of five items the median is 25 ms: github.com/alexdebrie/dynamodb-performance-testing."""

EVENT = "dynamodb.TransactWriteItems"


@dataclass
class Collisions:
    """The items that transactions are at work on, and how many transactions were refused for that."""

    refused: int = 0
    _busy: set[str] = field(default_factory=set)
    _taking: Lock = field(default_factory=Lock)
    _mine: local = field(default_factory=local)

    def begin(self, request: AWSPreparedRequest, **_: object) -> AWSResponse | None:
        """Called by botocore in place of sending: an answer means that nothing is sent."""
        body: Any = request.body
        items = {json.dumps(key) for key in _keys(json.loads(body)["TransactItems"])}
        with self._taking:
            if self._busy & items:
                self.refused += 1
                return conflict("TransactWriteItems", len(items))(_unsent)
            self._busy |= items
        self._mine.items = items
        time.sleep(TRANSACTION_S)
        return None

    def end(self, **_: object) -> None:
        """Called by botocore when there is an answer, or none will come."""
        with self._taking:
            self._busy -= getattr(self._mine, "items", set())
        self._mine.items = set()


@contextmanager
def collisions() -> Iterator[Collisions]:
    """Let transactions of this process that overlap collide."""
    found = Collisions()
    events: Any = dynamodb().client.meta.events  # its stubs know only handlers that answer nothing
    events.register_first(f"before-send.{EVENT}", found.begin)
    for over in ("after-call", "after-call-error"):
        events.register(f"{over}.{EVENT}", found.end)
    try:
        yield found
    finally:
        events.unregister(f"before-send.{EVENT}", found.begin)
        for over in ("after-call", "after-call-error"):
            events.unregister(f"{over}.{EVENT}", found.end)


def _keys(items: list[dict[str, Any]]) -> Iterator[Any]:
    return (item["Update"]["Key"] for item in items)


def _unsent() -> AWSResponse:
    raise AssertionError("a refused transaction is not sent")
