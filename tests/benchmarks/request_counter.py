"""What the store sends to DynamoDB, and what that costs there."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from chalicelib.store.connection import dynamodb
from tests.support.dynamodb.write_units import item_bytes

Item = dict[str, Any]


@dataclass
class Seen:
    """Every request, by operation and parameters; the units that DynamoDB charged; the items that it answered."""

    requests: list[tuple[str, Item]] = field(default_factory=list)
    write_units: float = 0
    answered: list[Item] = field(default_factory=list)

    @property
    def operations(self) -> list[str]:
        """The names of the requests."""
        return [operation for operation, _ in self.requests]

    @property
    def read_units(self) -> float:
        """What reading the answered items at once costs, eventually consistent: half a unit per 4 KB.

        By https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html; the emulator
        charges half a unit for any query, so its own figure says nothing.
        """
        return ceil(sum(map(item_bytes, self.answered)) / 4096) * 0.5


@contextmanager
def seen() -> Iterator[Seen]:
    """Watch the process's one client."""
    watched, events = Seen(), dynamodb().client.meta.events

    def ask(params: Item, model: Any, **_: object) -> None:
        watched.requests.append((model.name, json.loads(json.dumps(params))))
        params["ReturnConsumedCapacity"] = "TOTAL"

    def answer(parsed: Item, model: Any, **_: object) -> None:
        watched.answered += parsed.get("Items", [])
        charged = parsed.get("ConsumedCapacity", [])
        if model.name not in ("GetItem", "Query"):
            watched.write_units += sum(
                one["CapacityUnits"] for one in (charged if isinstance(charged, list) else [charged])
            )

    events.register("provide-client-params.dynamodb", ask)
    events.register("after-call.dynamodb", answer)
    try:
        yield watched
    finally:
        events.unregister("provide-client-params.dynamodb", ask)
        events.unregister("after-call.dynamodb", answer)
