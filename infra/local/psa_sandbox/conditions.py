"""ConnectWise's `conditions`, `orderBy` and `fields`, as far as clients of it use them.

A condition is `path operator value`, several are joined by `and`: numbers, `true`, `null`, `"text"`, `[time]`, `(1,2)`.
"""

import operator
import re
from collections.abc import Callable, Iterable
from typing import Any

Row = dict[str, Any]

_VALUE = r"""\[[^\]]*\]|"[^"]*"|\([^)]*\)|[\w.+-]+"""
_CONDITION = re.compile(rf"\s*([\w/]+)\s*(<=|>=|!=|=|<|>|\bin\b|\bcontains\b)\s*({_VALUE})\s*", re.IGNORECASE)
_ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def selected(rows: Iterable[Row], conditions: str) -> list[Row]:
    """The rows that meet the conditions. Raises ValueError for conditions that cannot be read."""
    found, parsed = list(rows), [_parsed(part) for part in re.split(r"(?i)\s+and\s+", conditions) if part.strip()]
    for path, compare, value in parsed:
        found = [row for row in found if compare(_at(row, path), value)]
    return found


def ordered(rows: Iterable[Row], order: str) -> list[Row]:
    """The rows in the order of one path, `asc` or `desc`. Raises ValueError for an order that cannot be read."""
    read = re.fullmatch(r"\s*([\w/]+)(?:\s+(asc|desc))?\s*", order, re.IGNORECASE)
    if read is None:
        raise ValueError(f"orderBy cannot be read: {order}")
    path = read[1]
    return sorted(rows, key=lambda row: _comparable(_at(row, path)), reverse=(read[2] or "").lower() == "desc")


def with_fields(rows: Iterable[Row], fields: str) -> list[Row]:
    """The rows with these fields alone; with all when none is named."""
    names = {name.strip().split("/")[0] for name in fields.split(",") if name.strip()}
    return [{name: value for name, value in row.items() if not names or name in names} for row in rows]


def _parsed(condition: str) -> tuple[str, Callable[[Any, Any], bool], Any]:
    read = _CONDITION.fullmatch(condition)
    if read is None:
        raise ValueError(f"conditions cannot be read: {condition}")
    return read[1], _comparison(read[2].lower()), _value(read[3])


def _comparison(sign: str) -> Callable[[Any, Any], bool]:
    if sign == "in":
        return lambda found, wanted: isinstance(wanted, list) and found in wanted
    if sign == "contains":
        return lambda found, wanted: str(wanted).casefold() in str(found or "").casefold()
    compare = _ORDERS[sign]
    return lambda found, wanted: type(found) is type(wanted) and compare(found, wanted)


def _value(text: str) -> Any:
    if text.startswith("("):
        return [_value(part.strip()) for part in text[1:-1].split(",")]
    if text[0] in '["':
        return text[1:-1]
    words = {"true": True, "false": False, "null": None}
    return words[text.lower()] if text.lower() in words else int(text) if re.fullmatch(r"[+-]?\d+", text) else text


def _at(row: Row, path: str) -> Any:
    """What is at a path; `lastUpdated` stands in `_info`, and is asked for without it."""
    found: Any = row.get("_info", {}) | row
    for name in path.split("/"):
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _comparable(value: Any) -> tuple[bool, Any]:
    return value is not None, value if value is not None else 0
