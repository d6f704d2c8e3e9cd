import importlib
import pkgutil
import subprocess
import sys
from typing import Any

import pytest
from pynamodb.attributes import NumberAttribute

from chalicelib.domain.list_items import QueueItem, SessionSummary
from chalicelib.settings import settings
from chalicelib.store import rows
from chalicelib.store.connection import dynamodb
from chalicelib.store.rows.handoffs import QUEUE_ITEM
from chalicelib.store.rows.row import Row
from chalicelib.store.rows.sessions import SESSION_SUMMARY
from tests.support.tables import PREFIX, defined_tables

for _module in pkgutil.iter_modules(rows.__path__, f"{rows.__name__}."):
    importlib.import_module(_module.name)


def _kinds(kind: type[Row] = Row) -> list[type[Row]]:
    return [row for direct in kind.__subclasses__() for row in (direct, *_kinds(direct))]


def _of_table(suffix: str) -> list[type[Row]]:
    """The kinds of rows that share a table."""
    return [row for row in _kinds() if row.Meta.table_name.removeprefix(settings().table_prefix) == suffix]


MODELS = {suffix: max(_of_table(suffix), key=lambda row: len(row._indexes)) for suffix in defined_tables()}
"""For each table the kind of row that is in its indexes."""


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
    named = {row.Meta.table_name.removeprefix(settings().table_prefix) for row in _kinds()}

    assert named == defined_tables().keys()


@pytest.mark.parametrize("suffix", defined_tables())
def test_rows_of_a_table_have_its_keys(suffix: str) -> None:
    keys = {(row._hash_keyname, row._range_keyname) for row in _of_table(suffix)}

    assert len(keys) == 1


@pytest.mark.parametrize("kind", _kinds(), ids=lambda kind: kind.__name__)
def test_every_kind_of_row_is_put_with_the_number_of_its_layout(kind: type[Row]) -> None:
    assert kind().serialize(null_check=False)["layout"] == {"N": str(kind.LAYOUT)}


@pytest.mark.parametrize("suffix", defined_tables())
def test_template_makes_the_table_that_the_model_would(tables: None, suffix: str) -> None:
    templates = described(suffix)

    MODELS[suffix].delete_table()
    MODELS[suffix].create_table(billing_mode="PAY_PER_REQUEST")
    assert described(suffix) == templates


@pytest.mark.parametrize("suffix", [name for name, table in defined_tables().items() if "TimeToLive" in str(table)])
def test_expiry_attribute_of_a_table_is_a_number_of_its_model(suffix: str) -> None:
    attribute = defined_tables()[suffix]["TimeToLiveSpecification"]["AttributeName"]

    kinds = [row.get_attributes()[attribute] for row in _of_table(suffix) if attribute in row.get_attributes()]
    assert kinds
    assert all(isinstance(kind, NumberAttribute) for kind in kinds)


def test_list_of_sessions_shows_what_its_indexes_carry() -> None:
    carried = {*SESSION_SUMMARY, "updated_at", "session_id"}
    renamed = {"id": "session_id", "problem_summary": "summary_start"}
    told_by_the_handoff = {"client", "sender", "waiting_since", "held_since", "asked_at", "opened_by"}

    shown = {renamed.get(field, field) for field in SessionSummary.model_fields}

    assert shown - carried == told_by_the_handoff


def test_queue_shows_what_its_index_carries() -> None:
    carried = {*QUEUE_ITEM, "handoff_id"}
    renamed = {
        "session_id": "session_key",
        "problem_summary": "summary_start",
        "assessment_status": "assessment_outcome",
        "assessment_error": "assessment_outcome",
        "due": "next_moment",
        "waiting_since": "ladder_start",
    }

    told_by_the_policy = {"cover"}

    shown = {renamed.get(field, field) for field in QueueItem.model_fields}

    assert shown - carried == told_by_the_policy


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
