"""What is another's does not exist: not for the other account, and a session not even for a colleague."""

import pytest

from chalicelib.domain.people import Role
from chalicelib.entry.operations import Operation
from chalicelib.store import engineers
from tests.support.api.client import Answer, ApiClient
from tests.support.api.problems import assert_problem
from tests.support.api.routes import EXAMPLES, GUARDED, by_name, names_of, path_of, taking_ids
from tests.support.api.scenarios import (
    Ids,
    an_integration,
    escalation_of_a_colleague,
    open_case,
    own_handoff,
    own_session,
    ring_everywhere,
)
from tests.support.builders import GLOBEX, JANE, OLGA, a_caller
from tests.support.table_contents import contents

ABSENT = "019ab000-0000-7000-8000-00000000dead"

NAMESAKE = a_caller("Olga", Role.ADMIN, GLOBEX)
"""Somebody of another account whose `sub` is the same as Olga's."""

LISTS = [
    operation
    for operation in GUARDED
    if operation.method == "GET" and not names_of(operation) and operation.name != "get_me"
]


def call(api: ApiClient, operation: Operation, ids: Ids) -> Answer:
    return api.call(operation.method, path_of(operation, ids), by=OLGA, body=EXAMPLES[operation.name].body)


def for_an_absent_thing(api: ApiClient, operation: Operation) -> str:
    answer = call(api, operation, dict.fromkeys(names_of(operation), ABSENT))

    assert_problem(answer, 404, "not_found")
    return answer.text


@pytest.mark.parametrize("operation", taking_ids(), ids=by_name)
def test_foreign_id_is_answered_as_an_absent_one(api: ApiClient, operation: Operation) -> None:
    foreign = EXAMPLES[operation.name].arrange(NAMESAKE)
    before = contents()

    answer = call(api, operation, foreign)

    assert answer.text == for_an_absent_thing(api, operation)
    assert contents() == before


@pytest.mark.parametrize("operation", [each for each in taking_ids() if len(names_of(each)) == 2], ids=by_name)
@pytest.mark.parametrize("replaced", ["session_id", "handoff_id"])
def test_a_handoff_is_found_in_its_own_session_alone(api: ApiClient, operation: Operation, replaced: str) -> None:
    ids = EXAMPLES[operation.name].arrange(OLGA)
    elsewhere = own_handoff(JANE)
    before = contents()

    answer = call(api, operation, ids | {replaced: elsewhere[replaced]})

    assert answer.text == for_an_absent_thing(api, operation)
    assert contents() == before


@pytest.mark.parametrize("operation", [each for each in taking_ids() if names_of(each) == ["session_id"]], ids=by_name)
def test_a_session_exists_for_its_owner_and_holder_alone(api: ApiClient, operation: Operation) -> None:
    of_jane = {"session_id": open_case(JANE).id}
    before = contents()

    answer = call(api, operation, of_jane)

    assert answer.text == for_an_absent_thing(api, operation)
    assert contents() == before


@pytest.mark.parametrize("operation", LISTS, ids=by_name)
def test_no_list_shows_anything_of_another_account(api: ApiClient, operation: Operation) -> None:
    empty = api.call("GET", operation.path, by=OLGA).json
    engineers.enter(NAMESAKE)
    escalation_of_a_colleague(NAMESAKE)
    own_session(NAMESAKE)
    ring_everywhere(NAMESAKE)
    an_integration(NAMESAKE)

    seen_by_her, seen_by_namesake = (api.call("GET", operation.path, by=caller).json for caller in (OLGA, NAMESAKE))

    assert seen_by_her == empty
    assert seen_by_namesake["items"]
