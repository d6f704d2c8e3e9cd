"""What was asked of DynamoDB, and what the policy of a function grants: the emulator and moto check no policies."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from chalicelib.store.connection import dynamodb
from tests.support.dynamodb.recorder import Asked, Recorder
from tests.support.tables import PREFIX

Grant = tuple[str, str]
"""A table, or `table/index/name`, and an action on it."""

POLICIES = Path(__file__).parents[3] / ".chalice"

_WRITES = {"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem"}


def not_granted(recorder: Recorder, policy: str) -> set[Grant]:
    """Return what was asked for that `.chalice/policy-<policy>.json` does not grant."""
    return _beyond(policy, [Asked(exchange.operation, exchange.asked) for exchange in recorder.exchanges])


@contextmanager
def within_grants(policy: str) -> Iterator[None]:
    """Raise an AssertionError at the end if anything was asked for that the policy does not grant."""
    events: Any = dynamodb().client.meta.events  # its stubs know only handlers that answer nothing
    events.register("before-call.dynamodb", _note, unique_id="granted calls")  # once; each change of them takes long
    asked: list[Asked] = []
    _listening.append(asked)
    try:
        yield
    finally:
        _listening.remove(asked)
    missing = _beyond(policy, asked)
    assert not missing, f"policy-{policy}.json grants no {missing}"


def _note(params: dict[str, Any], model: Any, **_: object) -> None:
    for asked in _listening:
        asked.append(Asked(model.name, json.loads(params["body"])))


_listening: list[list[Asked]] = []


def _beyond(policy: str, asked: list[Asked]) -> set[Grant]:
    return {grant for one in asked for grant in _needed(one)} - _granted(policy)


def _needed(asked: Asked) -> Iterator[Grant]:
    operation, body = asked
    match operation:
        case "TransactWriteItems":
            for item in body["TransactItems"]:
                for kind, write in item.items():
                    yield _suffix(write["TableName"]), _WRITES[kind]
        case "BatchGetItem":
            for table in body["RequestItems"]:
                yield _suffix(table), operation
        case _:
            index = f"/index/{body['IndexName']}" if "IndexName" in body else ""
            yield _suffix(body["TableName"]) + index, operation


def _suffix(table: str) -> str:
    return table.removeprefix(PREFIX)


@cache
def _granted(policy: str) -> frozenset[Grant]:
    return frozenset(_grants_of(policy))


def _grants_of(policy: str) -> Iterator[Grant]:
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
