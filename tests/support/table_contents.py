"""All that the tables hold, for tests that nothing was written."""

import json
from typing import Any

from moto.dynamodb.models.utilities import dynamo_to_dict

from tests.support.tables import PREFIX, defined_tables, moto_tables


def contents() -> dict[str, list[dict[str, Any]]]:
    """Every item of every table as DynamoDB's JSON, in an order that does not depend on when it was written.

    Read from moto's memory: a scan of each table before and after was most of the time of the tests that compare them.
    """
    return {suffix: _items_of(PREFIX + suffix) for suffix in defined_tables()}


def _items_of(table: str) -> list[dict[str, Any]]:
    written = [json.dumps(dynamo_to_dict(item)["Attributes"]) for item in moto_tables()[table].all_items()]
    return [json.loads(item) for item in sorted(written)]
