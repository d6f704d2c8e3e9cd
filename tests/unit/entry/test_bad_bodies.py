"""Bodies that no client of ours sends: each is refused with what is wrong, before any request to DynamoDB."""

import json
from typing import Any

import pytest
from pydantic import BaseModel

from chalicelib.contracts.pasted_text import SPELLINGS
from chalicelib.domain.ticket_ids import TICKET_ID_PATTERN
from chalicelib.entry.operations import Operation
from chalicelib.entry.requests import BODY_LIMIT
from tests.support.api.client import Answer
from tests.support.api.fixtures import Gate
from tests.support.api.problems import assert_problem
from tests.support.api.routes import EXAMPLES, GUARDED, SOME_IDS, by_name, path_of
from tests.support.builders import OLGA
from tests.support.rows import check_rows

CANARY = "canary-4f1d"

TAKING_BODIES = [operation for operation in GUARDED if operation.takes and operation.method != "GET"]

NO_JSON = {
    "words": CANARY.encode(),
    "half an object": b'{"epoch": 1',
    "single quotes": b"{'epoch': 1}",
    "trailing comma": b'{"epoch": 1,}',
    "two objects": b"{} {}",
    "XML": b"<epoch>1</epoch>",
    "form": b"epoch=1",
    "not UTF-8": b'{"text": "\xff\xfe"}',
    "UTF-16": '{"epoch": 1}'.encode("utf-16"),
    "half a surrogate pair": b'{"text": "\\ud800"}',
    "raw control character": b'{"text": "\x01"}',
    "number past all bounds": b"9" * 5_000,
    "nested too deep": b"[" * 60_000,
    "objects nested too deep": b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
}

NO_OBJECT = {
    "null": b"null",
    "true": b"true",
    "number": b"7",
    "text": json.dumps(CANARY).encode(),
    "list": json.dumps([CANARY]).encode(),
    "NaN": b"NaN",
    "huge number": b"9" * 4_000,
    "nested list": b"[" * 100 + b"]" * 100,
}

NO_VALUE: dict[str, Any] = {
    "object": {CANARY: CANARY},
    "list in a list": [[CANARY]],
    "NaN": float("nan"),
    "infinity": float("inf"),
    "huge number": 10**400,
    "deep list": json.loads("[" * 100 + "]" * 100),
}
"""What no field of any request is."""

UNKNOWN_FIELDS = ["account_id", "holder", "claimed_by", "status", "__proto__", "Epoch"]

REQUIRED = [
    (operation, name)
    for operation in TAKING_BODIES
    for name, field in (operation.takes or BaseModel).model_fields.items()
    if field.is_required()
]

FIELDS = [(operation, name) for operation in TAKING_BODIES for name in (operation.takes or BaseModel).model_fields]


def named(case: tuple[Operation, str]) -> str:
    return f"{case[0].name}-{case[1]}"


def send(gate: Gate, operation: Operation, raw: bytes, **headers: str) -> Answer:
    gate.recorder.forget()
    return gate.api.call(operation.method, path_of(operation, SOME_IDS), by=OLGA, raw=raw, headers=headers)


def sound_body(operation: Operation) -> dict[str, Any]:
    return dict(EXAMPLES[operation.name].body or {})


def assert_refused_at(answer: Answer, *pointers: str) -> None:
    document = assert_problem(answer, 422, "invalid_request")
    assert [error["pointer"] for error in document["errors"]] == list(pointers)
    assert CANARY not in answer.text


@pytest.mark.parametrize("operation", TAKING_BODIES, ids=by_name)
def test_body_that_is_not_json_is_answered_invalid_json(gate: Gate, operation: Operation) -> None:
    def is_refused(raw: bytes) -> None:
        answer = send(gate, operation, raw)

        assert_problem(answer, 400, "invalid_json")
        assert CANARY not in answer.text
        assert gate.recorder.operations == []

    check_rows(NO_JSON, is_refused)


@pytest.mark.parametrize("operation", TAKING_BODIES, ids=by_name)
def test_json_that_is_no_object_is_refused_as_a_whole(gate: Gate, operation: Operation) -> None:
    def is_refused(raw: bytes) -> None:
        answer = send(gate, operation, raw)

        assert_refused_at(answer, "")
        assert gate.recorder.operations == []

    check_rows(NO_OBJECT, is_refused)


@pytest.mark.parametrize("case", REQUIRED, ids=named)
def test_field_that_is_missing_is_named(gate: Gate, case: tuple[Operation, str]) -> None:
    operation, missing = case
    body = {name: value for name, value in sound_body(operation).items() if name != missing}

    answer = send(gate, operation, json.dumps(body).encode())

    assert_refused_at(answer, f"/{missing}")
    assert gate.recorder.operations == []


@pytest.mark.parametrize("operation", {case[0].name: case[0] for case in REQUIRED}.values(), ids=by_name)
def test_empty_body_lacks_every_field(gate: Gate, operation: Operation) -> None:
    answer = send(gate, operation, b"")

    assert_refused_at(answer, *(f"/{name}" for each, name in REQUIRED if each is operation))
    assert gate.recorder.operations == []


@pytest.mark.parametrize("case", FIELDS, ids=named)
def test_field_that_is_wrong_is_named(gate: Gate, case: tuple[Operation, str]) -> None:
    operation, wrong = case

    def is_named(value: object) -> None:
        answer = send(gate, operation, json.dumps(sound_body(operation) | {wrong: value}).encode())

        document = assert_problem(answer, 422, "invalid_request")
        assert {error["pointer"].split("/")[1] for error in document["errors"]} == {wrong}
        assert CANARY not in answer.text
        assert gate.recorder.operations == []

    check_rows(NO_VALUE, is_named)


@pytest.mark.parametrize("operation", TAKING_BODIES, ids=by_name)
def test_field_that_nobody_asked_for_is_refused(gate: Gate, operation: Operation) -> None:
    def is_refused(name: str) -> None:
        answer = send(gate, operation, json.dumps(sound_body(operation) | {name: CANARY}).encode())

        assert_refused_at(answer, f"/{name}")
        assert gate.recorder.operations == []

    check_rows({name: name for name in UNKNOWN_FIELDS}, is_refused)


def test_pointer_is_written_as_the_rfc_asks(gate: Gate) -> None:
    answer = gate.api.call("POST", "/sessions", by=OLGA, body={"problem_summary": "x", "a/b~c": 1})

    assert_refused_at(answer, "/a~1b~0c")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("psa_ticket_id", "48 213", SPELLINGS[TICKET_ID_PATTERN]),
        ("integration_id", "main?", SPELLINGS[TICKET_ID_PATTERN]),
        ("problem_domain", "Mail\nVPN", "The text has more than one line."),
        ("problem_summary", "It fails\uffff", "Character 9 (U+FFFF) is not text. Remove it and send again."),
    ],
)
def test_spelling_is_refused_in_a_sentence(gate: Gate, field: str, value: str, words: str) -> None:
    answer = gate.api.call("POST", "/sessions", by=OLGA, body={"problem_summary": "x"} | {field: value})

    document = assert_problem(answer, 422, "invalid_request")
    assert document["errors"] == [{"pointer": f"/{field}", "detail": words}]


def test_thousand_wrong_fields_get_a_short_answer(gate: Gate) -> None:
    body = {"problem_summary": "x"} | {f"f{number}": 1 for number in range(10_000)}

    answer = gate.api.call("POST", "/sessions", by=OLGA, body=body)

    document = assert_problem(answer, 422, "invalid_request")
    assert len(document["errors"]) == 20
    assert len(answer.text) < 5_000


def test_list_full_of_mistakes_gets_a_short_answer(gate: Gate) -> None:
    answer = gate.api.call("PUT", "/engineers/sub-jane", by=OLGA, body={"skills": [0] * 40_000})

    assert_problem(answer, 422, "invalid_request")
    assert len(answer.text) < 5_000


@pytest.mark.parametrize("size", [BODY_LIMIT + 1, 2 * 1024 * 1024])
@pytest.mark.parametrize("operation", GUARDED, ids=by_name)
def test_body_that_nobody_needs_is_too_large(gate: Gate, operation: Operation, size: int) -> None:
    answer = send(gate, operation, b"x" * size)

    assert_problem(answer, 413, "payload_too_large")
    assert gate.recorder.operations == []


def test_largest_body_is_looked_at(gate: Gate) -> None:
    answer = gate.api.call("POST", "/sessions", by=OLGA, raw=b" " * (BODY_LIMIT - 2) + b"{}")

    assert_refused_at(answer, "/problem_summary")


OTHER_TYPES = ["text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]


@pytest.mark.parametrize("operation", TAKING_BODIES, ids=by_name)
def test_body_of_another_type_is_no_json(gate: Gate, operation: Operation) -> None:
    def is_refused(content_type: str) -> None:
        answer = send(gate, operation, b"--x\r\nepoch=1", **{"content-type": content_type})

        assert_problem(answer, 400, "invalid_json")
        assert gate.recorder.operations == []

    check_rows({content_type: content_type for content_type in [*OTHER_TYPES, "", "x"]}, is_refused)


@pytest.mark.parametrize("content_type", ["application/octet-stream", "image/png"])
def test_body_that_api_gateway_takes_for_binary_is_read_all_the_same(gate: Gate, content_type: str) -> None:
    headers = {"content-type": content_type}

    answer = gate.api.call("POST", "/sessions", by=OLGA, body={"problem_summary": ""}, headers=headers)

    assert_refused_at(answer, "/problem_summary")
