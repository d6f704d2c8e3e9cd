import subprocess
import sys
from typing import Any

import pytest
from pynamodb.attributes import NumberAttribute

from chalicelib.domain.list_items import QueueItem, SessionSummary
from chalicelib.settings import settings
from chalicelib.store import rows
from chalicelib.store.connection import Row, dynamodb
from tests.support.tables import PREFIX, defined_tables

MODELS = {row.Meta.table_name.removeprefix(settings().table_prefix): row for row in Row.__subclasses__()}


def described(suffix: str) -> dict[str, Any]:
    """A table as DynamoDB describes it: keys, key types, indexes and what they carry, all in one order."""
    table = dynamodb().dispatch("DescribeTable", {"TableName": PREFIX + suffix})["Table"]
    indexes = {index["IndexName"]: index for index in table.get("GlobalSecondaryIndexes", [])}
    return {
        "types": {key["AttributeName"]: key["AttributeType"] for key in table["AttributeDefinitions"]},
        "keys": _keys(table),
        "indexes": {name: (_keys(index), _carried(index)) for name, index in indexes.items()},
    }


def _keys(described: dict[str, Any]) -> dict[str, str]:
    return {key["KeyType"]: key["AttributeName"] for key in described["KeySchema"]}


def _carried(index: dict[str, Any]) -> tuple[str, set[str]]:
    return index["Projection"]["ProjectionType"], set(index["Projection"].get("NonKeyAttributes", []))


def test_every_table_of_the_template_has_a_model_and_every_model_a_table() -> None:
    assert MODELS.keys() == defined_tables().keys()


@pytest.mark.parametrize("suffix", defined_tables())
def test_the_template_makes_the_table_that_the_model_would(tables: None, suffix: str) -> None:
    templates = described(suffix)

    MODELS[suffix].delete_table()
    MODELS[suffix].create_table(billing_mode="PAY_PER_REQUEST")
    assert described(suffix) == templates


@pytest.mark.parametrize("suffix", [name for name, table in defined_tables().items() if "TimeToLive" in str(table)])
def test_what_a_table_expires_by_is_a_number_of_its_model(suffix: str) -> None:
    attribute = defined_tables()[suffix]["TimeToLiveSpecification"]["AttributeName"]

    assert isinstance(MODELS[suffix].get_attributes()[attribute], NumberAttribute)


def test_a_list_of_sessions_shows_what_its_indexes_carry() -> None:
    carried = {*rows.SESSION_SUMMARY, "updated_at", "session_id"}

    assert {"session_id" if field == "id" else field for field in SessionSummary.model_fields} <= carried


def test_the_queue_shows_what_its_index_carries() -> None:
    carried = {*rows.QUEUE_ITEM, "handoff_id"}
    in_headline = {"problem_summary", "problem_domain", "psa_ticket_id", "step_count"}

    assert set(QueueItem.model_fields) - in_headline <= carried


def test_importing_the_store_asks_neither_the_environment_nor_a_service() -> None:
    code = (
        "import os, socket, chalicelib.settings\n"
        "def asked(*_): raise SystemExit('asked')\n"
        "socket.socket.connect = chalicelib.settings.Settings.from_environment = asked\n"
        "from chalicelib.store import assessments, engineers, feed, handoff_creation, handoff_transitions\n"
        "from chalicelib.store import handoffs, sessions, turns\n"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)  # noqa: S603  code of ours

    assert (done.returncode, done.stderr) == (0, "")
