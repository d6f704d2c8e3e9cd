"""The counters of AI calls and the item `limits`, on the tables of the template."""

import logging
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.limits import Limits, Spent
from chalicelib.domain.people import Role
from chalicelib.store import limits
from chalicelib.store.connection import dynamodb
from chalicelib.store.rows.accounts import SpentRow
from tests.support.builders import ACME, GLOBEX, JANE, SAM, a_caller
from tests.support.dynamodb.faults import meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.tables import PREFIX

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
FEW = Limits(messages_per_hour=3, ai_calls_per_day=5)


def put(item: dict[str, Any], account_id: str = ACME) -> None:
    """Write an item of the account past all of our code."""
    key = {"account_id": {"S": account_id}, "item": {"S": "limits"}}
    dynamodb().dispatch("PutItem", {"TableName": f"{PREFIX}accounts", "Item": {**key, **item}})


def stored(**content: Any) -> dict[str, Any]:
    return {"layout": {"N": "1"}, "version": {"N": "1"}, "content": {"M": content}}


def test_account_without_an_item_has_the_defaults(tables: None) -> None:
    assert limits.find(ACME) == Limits(messages_per_hour=60, ai_calls_per_day=2_000)


def test_account_with_an_item_has_its_numbers(tables: None) -> None:
    put(stored(messages_per_hour={"N": "5"}))

    assert limits.find(ACME) == Limits(messages_per_hour=5, ai_calls_per_day=2_000)
    assert limits.find(GLOBEX) == Limits()


@pytest.mark.parametrize(
    "item",
    [
        {},
        {"layout": {"N": "2"}, "version": {"N": "1"}, "content": {"M": {"messages_per_hour": {"N": "5"}}}},
        {"layout": {"S": "1"}, "content": {"M": {}}},
        {"layout": {"N": "1"}, "content": {"S": "unlimited"}},
        stored(messages_per_hour={"N": "-1"}),
        stored(messages_per_hour={"N": "1e30"}),
        stored(messages_per_hour={"N": "5.5"}),
        stored(messages_per_hour={"S": "5"}),
        stored(messages_per_hour={"NULL": True}),
        stored(messages_per_week={"N": "5"}),
    ],
    ids=str,
)
def test_item_of_another_shape_is_refused_and_the_defaults_apply(
    tables: None, caplog: pytest.LogCaptureFixture, item: dict[str, Any]
) -> None:
    put(item)

    assert limits.find(ACME) == Limits()
    (line,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert (line.message, vars(line)["account_id"]) == ("limits refused, defaults apply", ACME)


def test_limits_are_read_once_a_minute(tables: None, recorder: Recorder, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1_000.0]
    monkeypatch.setattr("time.monotonic", lambda: clock[0])
    limits.find(ACME)
    put(stored(messages_per_hour={"N": "5"}))
    remembered = limits.find(ACME)
    clock[0] += limits.REMEMBERED_S + 1

    assert (remembered, limits.find(ACME).messages_per_hour) == (Limits(), 5)
    assert recorder.operations.count("GetItem") == 2


def test_message_over_the_hours_limit_is_refused_and_counts_nothing(tables: None) -> None:
    answers = [limits.spend_message(JANE, FEW, NOON + timedelta(milliseconds=50 * n)) for n in range(12)]

    assert answers == [None] * 3 + [Spent.HOUR] * 9
    assert [limits.spend_call(ACME, FEW, NOON) for _ in range(3)] == [True, True, False]


def test_limit_of_the_hour_is_each_engineers_own(tables: None) -> None:
    for _ in range(3):
        limits.spend_message(JANE, FEW, NOON)

    assert limits.spend_message(SAM, FEW, NOON) is None


def test_limit_of_the_day_is_the_accounts(tables: None) -> None:
    for by in (JANE, JANE, SAM, SAM):
        limits.spend_message(by, FEW, NOON)
    limits.spend_call(ACME, FEW, NOON)

    assert limits.spend_message(a_caller("Joe", Role.ENGINEER), FEW, NOON) is Spent.DAY
    assert not limits.spend_call(ACME, FEW, NOON)
    assert limits.spend_call(GLOBEX, FEW, NOON)


def test_new_hour_and_new_day_start_at_zero(tables: None) -> None:
    last = NOON + timedelta(minutes=59, seconds=59, milliseconds=999)
    for _ in range(3):
        limits.spend_message(JANE, FEW, NOON)

    assert limits.spend_message(JANE, FEW, last) is Spent.HOUR
    assert limits.spend_message(JANE, FEW, last + timedelta(milliseconds=1)) is None
    assert limits.spend_message(SAM, FEW, last) is None
    assert not limits.spend_call(ACME, FEW, NOON.replace(hour=23))
    assert limits.spend_call(ACME, FEW, NOON + timedelta(days=1))


def test_message_that_overtakes_another_takes_the_last_place(tables: None, recorder: Recorder) -> None:
    for _ in range(2):
        limits.spend_message(JANE, FEW, NOON)
    overtaking: list[Spent | None] = []
    recorder.tamper("TransactWriteItems", meanwhile(lambda: overtaking.append(limits.spend_message(JANE, FEW, NOON))))

    assert limits.spend_message(JANE, FEW, NOON) is Spent.HOUR
    assert overtaking == [None]


def test_message_is_one_request(tables: None, recorder: Recorder) -> None:
    limits.spend_message(JANE, FEW, NOON)

    assert recorder.operations == ["TransactWriteItems"]


@pytest.mark.parametrize(
    ("none", "spent"),
    [(Limits(messages_per_hour=0), Spent.HOUR), (Limits(ai_calls_per_day=0), Spent.DAY)],
    ids=["messages", "calls"],
)
def test_limit_of_zero_allows_nothing(tables: None, recorder: Recorder, none: Limits, spent: Spent) -> None:
    assert limits.spend_message(JANE, none, NOON) is spent
    assert recorder.operations == []


def test_counters_expire_after_their_hour_or_day(tables: None) -> None:
    limits.spend_message(JANE, FEW, NOON)

    rows = {row.item: int(row.expires_at) for row in SpentRow.query(ACME)}
    assert rows == {
        "spent#2026-11-23": int(datetime(2026, 11, 26, tzinfo=UTC).timestamp()),
        f"spent#{JANE.id}#2026-11-23T12": int(datetime(2026, 11, 25, 13, tzinfo=UTC).timestamp()),
    }
