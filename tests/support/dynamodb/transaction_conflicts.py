"""DynamoDB refuses a transaction while another is at work on one of its items. The emulator (1.5.33) never does.

So the client does it here: a transaction stays open until others have run into it, or for a while if none comes. One
that begins meanwhile and shares an item is answered as DynamoDB would. See "Transaction conflict handling" in the
Amazon DynamoDB Developer Guide.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Condition, local
from typing import Any

from botocore.awsrequest import AWSPreparedRequest, AWSResponse

from chalicelib.store.connection import dynamodb
from tests.support.dynamodb.faults import conflict

MEETINGS = 2
"""How many others run into a transaction before it goes on."""

LONGEST_S = 0.25
"""How long it waits for them. Of five items the median is 25 ms: github.com/alexdebrie/dynamodb-performance-testing."""

EVENT = "dynamodb.TransactWriteItems"


@dataclass
class Collisions:
    """The items that transactions are at work on, and how many transactions were refused for that."""

    refused: int = 0
    _busy: set[str] = field(default_factory=set)
    _met: dict[str, int] = field(default_factory=dict)
    _change: Condition = field(default_factory=Condition)
    _mine: local = field(default_factory=local)

    def begin(self, request: AWSPreparedRequest, **_: object) -> AWSResponse | None:
        """Called by botocore in place of sending: an answer means that nothing is sent."""
        body: Any = request.body
        items = {json.dumps(key) for key in _keys(json.loads(body)["TransactItems"])}
        with self._change:
            if shared := self._busy & items:
                self.refused += 1
                self._met.update({item: self._met.get(item, 0) + 1 for item in shared})
                self._change.notify_all()
                return conflict("TransactWriteItems", len(items))(_unsent)
            self._busy |= items
            self._met.update(dict.fromkeys(items, 0))
            self._mine.items = items
            self._change.wait_for(lambda: any(self._met[item] >= MEETINGS for item in items), LONGEST_S)
        return None

    def end(self, **_: object) -> None:
        """Called by botocore when there is an answer, or none will come."""
        with self._change:
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
