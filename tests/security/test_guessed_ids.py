"""A guess at an id tells no more than that there is no such thing, whatever it looks like."""

import pytest

from chalicelib.entry.operations import Operation
from tests.support.api.client import Answer
from tests.support.api.fixtures import Gate
from tests.support.api.problems import assert_problem
from tests.support.api.routes import EXAMPLES, by_name, names_of, path_of, taking_ids
from tests.support.builders import OLGA
from tests.support.rows import check_rows
from tests.support.table_contents import contents

ABSENT = "019ab000-0000-7000-8000-00000000dead"

NEVER_AN_ID = "a" * 5_000

GUESSES = {
    "another absent one": "7d3c9c6e-91b5-4d0a-8f3e-5a4d2c1b0e9f",
    "nil": "00000000-0000-0000-0000-000000000000",
    "no UUID": "4711",
    "very long": NEVER_AN_ID,
    "capitals": ABSENT.upper(),
    "braces": f"%7B{ABSENT}%7D",
    "no dashes": ABSENT.replace("-", ""),
    "name of a UUID": f"urn:uuid:{ABSENT}",
    "key of another account": f"globex%23{ABSENT}",
    "escaped slash": f"..%2F{ABSENT}",
    "blank": "%20",
    "emoji": "%F0%9F%92%A5",
    "no text": "%00",
}


def call(gate: Gate, operation: Operation, guess: str) -> Answer:
    path = path_of(operation, dict.fromkeys(names_of(operation), guess))
    return gate.api.call(operation.method, path, by=OLGA, body=EXAMPLES[operation.name].body)


@pytest.mark.parametrize("operation", taking_ids(), ids=by_name)
def test_guessed_id_is_answered_as_an_absent_one(gate: Gate, operation: Operation) -> None:
    before, absent = contents(), call(gate, operation, ABSENT)

    def is_absent(guess: str) -> None:
        answer = call(gate, operation, guess)

        assert_problem(answer, 404, "not_found")
        assert answer.text == absent.text
        assert contents() == before

    check_rows(GUESSES, is_absent)


@pytest.mark.parametrize("operation", taking_ids(), ids=by_name)
def test_malformed_id_costs_no_read(gate: Gate, operation: Operation) -> None:
    answer = call(gate, operation, NEVER_AN_ID)

    assert_problem(answer, 404, "not_found")
    assert gate.recorder.operations == []
