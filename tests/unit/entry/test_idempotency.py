"""The header `Idempotency-Key`: what it makes harmless, and what it refuses."""

from typing import Any

import pytest

from chalicelib.entry.operations import Operation
from tests.support.api.client import Answer, ApiClient
from tests.support.api.problems import assert_problem
from tests.support.api.routes import EXAMPLES, GUARDED, by_name, path_of
from tests.support.builders import JANE, JOE
from tests.support.scenarios.preconditions import own_session
from tests.support.table_contents import contents

KEYED = [operation for operation in GUARDED if operation.is_keyed]

OTHER_BODIES: dict[str, dict[str, Any]] = {
    "post_session": {"problem_summary": "Another problem"},
    "post_turn": {"action": "Another step"},
    "post_message": {"text": "Another word."},
    "post_note": {"text": "Another note."},
    "post_handoff": {"intent": "park"},
    "post_escalate": {"reason": "Another reason."},
}


def kept() -> dict[str, list[dict[str, Any]]]:
    """All that the tables hold but the counters of AI calls, which count a message that is sent again."""
    return {table: items for table, items in contents().items() if table != "accounts"}


def send(api: ApiClient, operation: Operation, path: str, key: str, **changes: Any) -> Answer:
    body = (EXAMPLES[operation.name].body or {}) | changes
    return api.call(operation.method, path, by=JANE, body=body, headers={"idempotency-key": key})


REPEATABLE = {"post_device", "post_phone"}
"""Routes that create, and need no key: what is sent again is the same thing.

A browser's subscription is, and so is a number that has just been sent its code.
"""


def test_every_route_that_creates_takes_a_key_or_is_repeatable() -> None:
    creating = {operation.name for operation in GUARDED if operation.takes and operation.status == 201}

    assert creating - {operation.name for operation in KEYED} == REPEATABLE


@pytest.mark.parametrize("operation", KEYED, ids=by_name)
def test_repeat_gets_the_first_answer_and_writes_nothing(api: ApiClient, operation: Operation) -> None:
    path = path_of(operation, EXAMPLES[operation.name].arrange(JANE))
    first = send(api, operation, path, "key-1")
    before = kept()

    second = send(api, operation, path, "key-1")

    assert (second.status, second.text) == (first.status, first.text)
    assert kept() == before


@pytest.mark.parametrize("operation", KEYED, ids=by_name)
def test_key_with_another_body_is_refused(api: ApiClient, operation: Operation) -> None:
    path = path_of(operation, EXAMPLES[operation.name].arrange(JANE))
    send(api, operation, path, "key-1")
    before = kept()

    answer = send(api, operation, path, "key-1", **OTHER_BODIES[operation.name])

    assert_problem(answer, 422, "idempotency_mismatch")
    assert kept() == before


@pytest.mark.parametrize("key", ["", "k" * 256, "ké", "k\x7f", "k\t", "🔑"])
@pytest.mark.parametrize("operation", KEYED, ids=by_name)
def test_key_that_is_none_is_refused(api: ApiClient, operation: Operation, key: str) -> None:
    path = path_of(operation, EXAMPLES[operation.name].arrange(JANE))
    before = kept()

    answer = send(api, operation, path, key)

    document = assert_problem(answer, 422, "invalid_request")
    assert [error["pointer"] for error in document["errors"]] == ["/Idempotency-Key"]
    assert kept() == before


@pytest.mark.parametrize("key", ["k" * 255, "6b1f0c0e-0000-4000-8000-000000000001", '"quoted, as the draft has it"'])
@pytest.mark.parametrize("operation", KEYED, ids=by_name)
def test_any_printable_key_will_do(api: ApiClient, operation: Operation, key: str) -> None:
    path = path_of(operation, EXAMPLES[operation.name].arrange(JANE))

    answer = send(api, operation, path, key)

    assert answer.status == operation.status


def test_same_key_of_somebody_else_is_another_key(api: ApiClient) -> None:
    body, headers = {"problem_summary": "Printer on fire"}, {"idempotency-key": "key-1"}

    made = [api.call("POST", "/sessions", by=caller, body=body, headers=headers).json["id"] for caller in (JANE, JOE)]

    assert len(set(made)) == 2


def test_same_key_on_another_session_is_another_key(api: ApiClient) -> None:
    step = next(operation for operation in KEYED if operation.name == "post_turn")
    paths = [path_of(step, own_session(JANE)) for _ in range(2)]

    made = [send(api, step, path, "key-1").json["seq"] for path in paths]

    assert made == [1, 1]


def test_turn_that_comes_again_after_a_handoff_is_still_the_first_one(api: ApiClient) -> None:
    step = next(operation for operation in KEYED if operation.name == "post_turn")
    ids = own_session(JANE)
    first = send(api, step, path_of(step, ids), "key-1")
    api.call("POST", f"/sessions/{ids['session_id']}/handoff", by=JANE, body={"intent": "escalate"})

    again = send(api, step, path_of(step, ids), "key-1")

    assert (again.status, again.text) == (first.status, first.text)
