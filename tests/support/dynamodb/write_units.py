"""What a write costs in DynamoDB's write units, reckoned from the items before and after it.

By the developer guide, "DynamoDB item sizes and formats" and "Write unit consumption": one unit for each KB begun of
the larger of the two items, twice that in a transaction; and for each index one unit for each KB begun of its entry:
for an entry that is new, changed or gone, and for the old and the new one when its key changes.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from typing import Any

from tests.support.tables import PREFIX, defined_tables, moto_tables

Item = dict[str, Any]
KB = 1024


@dataclass
class Units:
    """The write units of what happened."""

    total: int = 0


@contextmanager
def counted(*, in_transaction: bool) -> Iterator[Units]:
    """Count what the tables' changes within cost, each item as one write."""
    before, units = _everything(), Units()
    yield units
    after = _everything()
    for table, definition in defined_tables().items():
        for key in before[table].keys() | after[table].keys():
            old, new = before[table].get(key), after[table].get(key)
            if old != new:
                units.total += _table_units(old, new) * (2 if in_transaction else 1)
                units.total += sum(_index_units(index, definition, old, new) for index in _indexes(definition))


def _everything() -> dict[str, dict[str, Item]]:
    return {
        table: {
            str(item.hash_key.value) + "|" + str(item.range_key.value): item.to_json()["Attributes"] for item in held
        }
        for table in defined_tables()
        for held in [list(moto_tables()[PREFIX + table].all_items())]
    }


def _indexes(definition: Item) -> list[Item]:
    found: list[Item] = definition.get("GlobalSecondaryIndexes", [])
    return found


def _table_units(old: Item | None, new: Item | None) -> int:
    return ceil(max(item_bytes(old or {}), item_bytes(new or {})) / KB)


def _index_units(index: Item, definition: Item, old: Item | None, new: Item | None) -> int:
    keys = [key["AttributeName"] for key in index["KeySchema"]]
    was, entry = (_entry(index, definition, item, keys) for item in (old, new))
    if was == entry:
        return 0
    if was and entry and all(was[key] == entry[key] for key in keys):
        return ceil(max(item_bytes(was), item_bytes(entry)) / KB)
    return sum(ceil(item_bytes(one) / KB) for one in (was, entry) if one)


def _entry(index: Item, definition: Item, item: Item | None, keys: list[str]) -> Item | None:
    if item is None or not item.keys() >= set(keys):
        return None
    if index["Projection"]["ProjectionType"] == "ALL":
        return item
    carried = {*keys, *(key["AttributeName"] for key in definition["KeySchema"])}
    carried |= set(index["Projection"].get("NonKeyAttributes", []))
    return {name: value for name, value in item.items() if name in carried}


def item_bytes(item: Item) -> int:
    """The size of an item: names and values in UTF-8, 3 bytes for a map or list and 1 for each thing in it."""
    return sum(len(name.encode()) + _value_bytes(value) for name, value in item.items())


def _value_bytes(value: Item) -> int:
    (kind, content), *_ = value.items()
    sizes: dict[str, Callable[[Any], int]] = {
        "M": lambda inner: 3 + sum(1 + len(name.encode()) + _value_bytes(one) for name, one in inner.items()),
        "L": lambda inner: 3 + sum(1 + _value_bytes(one) for one in inner),
        "SS": lambda inner: sum(len(one.encode()) for one in inner),
        "N": lambda number: ceil(len(number) / 2) + 1,
        "S": lambda text: len(text.encode()),
    }
    return sizes.get(kind, lambda _: 1)(content)
