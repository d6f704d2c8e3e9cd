"""What was asked of DynamoDB, and what the policy of a function grants: the emulator and moto check no policies."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.support.dynamodb.recorder import Exchange, Recorder
from tests.support.tables import PREFIX

Grant = tuple[str, str]
"""A table, or `table/index/name`, and an action on it."""

POLICIES = Path(__file__).parents[3] / ".chalice"

_WRITES = {"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem"}


def not_granted(recorder: Recorder, policy: str) -> set[Grant]:
    """Return what was asked for that `.chalice/policy-<policy>.json` does not grant."""
    asked = {grant for exchange in recorder.exchanges for grant in _asked(exchange)}
    return asked - set(_granted(policy))


def _asked(exchange: Exchange) -> Iterator[Grant]:
    asked = exchange.asked
    match exchange.operation:
        case "TransactWriteItems":
            for item in asked["TransactItems"]:
                for kind, write in item.items():
                    yield _suffix(write["TableName"]), _WRITES[kind]
        case "BatchGetItem":
            for table in asked["RequestItems"]:
                yield _suffix(table), "BatchGetItem"
        case operation:
            index = f"/index/{asked['IndexName']}" if "IndexName" in asked else ""
            yield _suffix(asked["TableName"]) + index, operation


def _suffix(table: str) -> str:
    return table.removeprefix(PREFIX)


def _granted(policy: str) -> Iterator[Grant]:
    for statement in json.loads((POLICIES / f"policy-{policy}.json").read_text())["Statement"]:
        named = statement.get("Resource", [])
        tables = [_table_of(target) for target in (named if isinstance(named, list) else [named])]
        for table in filter(None, tables):
            yield from ((table, action.removeprefix("dynamodb:")) for action in statement["Action"])


def _table_of(target: Any) -> str | None:
    """Return the table that a target is, or its index; None for what is neither."""
    match target:
        case {"Fn::GetAtt": [str(resource), "Arn"]} if resource.endswith("Table"):
            return _name_of(resource)
        case {"Fn::Sub": str(text)} if "Table.Arn}/index/" in text:
            resource, _, index = text.removeprefix("${").partition(".Arn}")
            return _name_of(resource) + index
    return None


def _name_of(resource: str) -> str:
    """`HandoffPartsTable` is the table `handoff_parts`."""
    words = resource.removesuffix("Table")
    return "".join(f"_{char.lower()}" if char.isupper() else char for char in words).lstrip("_")
