"""All that the tables hold, for tests that nothing was written."""

import json
from typing import Any

from chalicelib.store.connection import dynamodb
from tests.support.tables import PREFIX, defined_tables


def contents() -> dict[str, list[dict[str, Any]]]:
    """Every item of every table as DynamoDB's JSON, in an order that does not depend on when it was written."""
    return {suffix: sorted(_items_of(PREFIX + suffix), key=json.dumps) for suffix in defined_tables()}


def _items_of(table: str) -> list[dict[str, Any]]:
    page = dynamodb().dispatch("Scan", {"TableName": table, "ConsistentRead": True})
    if "LastEvaluatedKey" in page:
        raise AssertionError(f"{table} holds more than one page; compare less")
    items: list[dict[str, Any]] = page["Items"]
    return items
