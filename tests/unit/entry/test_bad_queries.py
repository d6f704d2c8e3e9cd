"""Queries that no client of ours sends: limits out of range, cursors of other lists, forged ones."""

import base64
import json
from urllib.parse import quote

import pytest

from chalicelib.entry.operations import Operation
from tests.support.api.client import Answer
from tests.support.api.fixtures import Gate
from tests.support.api.problems import assert_problem
from tests.support.api.routes import GUARDED, SOME_IDS, by_name, path_of
from tests.support.builders import OLGA
from tests.support.rows import check_rows

LISTS = [operation for operation in GUARDED if operation.takes and operation.method == "GET"]

LIMITS = ["0", "101", "-1", "", "many", "1.5", "NaN", "1e3", "0x10", "9" * 400, "٥", "5\u0000", "[5]", "5,6"]


def cursor_of(place: object) -> str:
    return encoded(json.dumps(place).encode())


def encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


FORGED = {
    "blank": " ",
    "no base64": "***",
    "one character": "A",
    "not ASCII": "é",
    "too long": "A" * 1_001,
    "no JSON": encoded(b"2026-11-23"),
    "not UTF-8": encoded(b"\xff\xff"),
    "no list": cursor_of("2026-11-23"),
    "object": cursor_of({"seq": 1}),
    "empty list": cursor_of([]),
    "too short": cursor_of([[]]),
    "too many": cursor_of(["a"] * 9),
    "deep": encoded(b"[" * 370 + b"]" * 370),
    "not closed": encoded(b"[" * 740),
    "NaN": encoded(b"[NaN]"),
    "infinity": encoded(b"[Infinity]"),
    "fraction": cursor_of([1.5]),
    "negative": cursor_of([-1]),
    "beyond 38 digits": cursor_of([10**40]),
    "true": cursor_of([True]),
    "empty text": cursor_of([""]),
    "long text": cursor_of(["a" * 400]),
    "text that is no ASCII": cursor_of(["é"]),
    "nulls": cursor_of([None, None]),
    "null": cursor_of([None]),
    "half a pair": cursor_of(["a", None]),
    "objects": cursor_of([{"S": "a"}, {"S": "b"}]),
}


def send(gate: Gate, operation: Operation, **query: str) -> Answer:
    gate.recorder.forget()
    asked = "&".join(f"{name}={quote(value)}" for name, value in query.items())
    return gate.api.call("GET", f"{path_of(operation, SOME_IDS)}?{asked}", by=OLGA)


def assert_refused_at(answer: Answer, pointer: str) -> None:
    document = assert_problem(answer, 422, "invalid_request")
    assert [error["pointer"] for error in document["errors"]] == [pointer]


@pytest.mark.parametrize("operation", LISTS, ids=by_name)
def test_limit_out_of_range_is_refused(gate: Gate, operation: Operation) -> None:
    def is_refused(limit: str) -> None:
        answer = send(gate, operation, limit=limit)

        assert_refused_at(answer, "/limit")
        assert gate.recorder.operations == []

    check_rows({limit: limit for limit in LIMITS}, is_refused)


@pytest.mark.parametrize("operation", LISTS, ids=by_name)
def test_filter_that_does_not_exist_is_refused(gate: Gate, operation: Operation) -> None:
    def is_refused(name: str) -> None:
        answer = send(gate, operation, **{name: "globex"})

        assert_refused_at(answer, f"/{name}")
        assert "globex" not in answer.text
        assert gate.recorder.operations == []

    check_rows({name: name for name in ["account_id", "owner", "Limit", "limit[]", "fields"]}, is_refused)


@pytest.mark.parametrize("cursor", ["", "A" * 1_001])
@pytest.mark.parametrize("operation", LISTS, ids=by_name)
def test_cursor_of_no_length_or_too_much_is_refused(gate: Gate, operation: Operation, cursor: str) -> None:
    answer = send(gate, operation, cursor=cursor)

    assert_refused_at(answer, "/cursor")
    assert gate.recorder.operations == []


@pytest.mark.parametrize("operation", [each for each in LISTS if each.name != "get_turns"], ids=by_name)
def test_forged_cursor_is_refused(gate: Gate, operation: Operation) -> None:
    check_rows(FORGED, lambda cursor: assert_refused_at(send(gate, operation, cursor=cursor), "/cursor"))


@pytest.mark.parametrize("after", FORGED.values(), ids=FORGED)
def test_feed_is_not_resumed_from_a_forged_place(gate: Gate, after: str) -> None:
    answer = gate.api.call("GET", f"/feed?after={quote(after)}", by=OLGA)

    assert_refused_at(answer, "/after")


@pytest.mark.parametrize("place", ["soon", "2026-11-23", "0001-01-01T00:00:00.000Z#a", "9999-99-99T00:00:00.000Z#a"])
def test_feed_is_not_resumed_from_a_place_that_is_no_time(gate: Gate, place: str) -> None:
    answer = gate.api.call("GET", f"/feed?after={cursor_of([place])}", by=OLGA)

    assert_refused_at(answer, "/after")


@pytest.mark.parametrize("status", ["open", "ACTIVE", "", "active,parked"])
def test_status_that_no_session_has_is_refused(gate: Gate, status: str) -> None:
    answer = gate.api.call("GET", f"/sessions?status={status}", by=OLGA)

    assert_refused_at(answer, "/status")
    assert gate.recorder.operations == []
