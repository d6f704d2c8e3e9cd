"""What the store sends to DynamoDB, and what that costs there."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from chalicelib.store.connection import dynamodb

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


def item_bytes(item: Item) -> int:
    """The size of an item: names and values in UTF-8, 3 bytes for a map or list and 1 for each thing in it."""
    return sum(len(name.encode()) + _value_bytes(value) for name, value in item.items())


def _value_bytes(value: Item) -> int:
    (kind, content), *_ = value.items()
    match kind:
        case "M":
            return 3 + sum(1 + len(name.encode()) + _value_bytes(inner) for name, inner in content.items())
        case "L":
            return 3 + sum(1 + _value_bytes(inner) for inner in content)
        case "N":
            return ceil(len(content) / 2) + 1
        case "S":
            return len(content.encode())
        case _:
            return 1
