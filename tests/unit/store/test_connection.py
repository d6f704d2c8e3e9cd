from typing import Any

import pytest
from pynamodb.exceptions import QueryError

from chalicelib.store import sessions
from chalicelib.store.connection import dynamodb
from chalicelib.store.rows.row import Row
from chalicelib.store.rows.sessions import SessionRow
from tests.support.builders import ACME, SESSION_ID
from tests.support.dynamodb.faults import lose_answer
from tests.support.dynamodb.recorder import Recorder
from tests.support.environment import configure


def test_limits_of_the_client_are_stated(tables: None) -> None:
    config: Any = dynamodb().client.meta.config  # its stubs lack what it was made with

    assert config.retries == {"mode": "standard", "total_max_attempts": 3}
    assert (config.connect_timeout, config.read_timeout) == (1, 2)


@pytest.mark.parametrize("row", Row.__subclasses__(), ids=lambda row: row.__name__)
def test_every_table_is_reached_by_the_one_client(tables: None, row: type[Row]) -> None:
    assert row._get_connection().connection.client is dynamodb().client


def test_request_is_sent_three_times_at_most(recorder: Recorder) -> None:
    recorder.tamper("Query", lose_answer, lose_answer, lose_answer)

    with pytest.raises(QueryError):
        sessions.load(ACME, SESSION_ID)

    assert recorder.operations == ["Query"] * 3


def test_table_is_named_after_the_stage_when_it_is_used(monkeypatch: pytest.MonkeyPatch, tables: None) -> None:
    configure(monkeypatch, TABLE_PREFIX="flowpilot-dev-")

    assert SessionRow.Meta.table_name == "flowpilot-dev-sessions"
