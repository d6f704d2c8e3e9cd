import pytest

from chalicelib.domain.people import Caller, Role
from chalicelib.entry.operations import Operation
from tests.support.api.client import ApiClient
from tests.support.api.description import assert_described
from tests.support.api.problems import assert_problem
from tests.support.api.routes import EXAMPLES, GUARDED, by_name, path_of
from tests.support.builders import a_caller
from tests.support.scenarios.preconditions import own_handoff, parked_by_a_colleague
from tests.support.table_contents import contents

PEOPLE = [a_caller(role.value.title(), role) for role in Role]


def by_role(caller: Caller) -> str:
    return caller.role.value


def test_every_route_says_who_may_call_it() -> None:
    assert {operation.name for operation in GUARDED} == set(EXAMPLES)


@pytest.mark.parametrize("caller", PEOPLE, ids=by_role)
@pytest.mark.parametrize("operation", GUARDED, ids=by_name)
def test_route_answers_its_roles_and_refuses_others(api: ApiClient, operation: Operation, caller: Caller) -> None:
    example = EXAMPLES[operation.name]
    path = path_of(operation, example.arrange(caller))
    before = contents()

    answer = api.call(operation.method, path, by=caller, body=example.body)

    if caller.role.is_at_least(example.least):
        assert answer.status == operation.status, answer.text
        assert_described(operation, answer)
    else:
        assert_problem(answer, 403, "forbidden")
        assert contents() == before


@pytest.mark.parametrize("caller", PEOPLE, ids=by_role)
def test_parked_session_is_for_anybody_who_works_on_sessions(api: ApiClient, caller: Caller) -> None:
    path = "/sessions/{session_id}/handoffs/{handoff_id}/claim".format(**parked_by_a_colleague(caller))

    answer = api.call("POST", path, by=caller)

    assert answer.status == (403 if caller.role is Role.VIEWER else 200)


@pytest.mark.parametrize("caller", PEOPLE, ids=by_role)
def test_own_escalation_cannot_be_claimed(api: ApiClient, caller: Caller) -> None:
    path = "/sessions/{session_id}/handoffs/{handoff_id}/claim".format(**own_handoff(caller))
    before = contents()

    answer = api.call("POST", path, by=caller)

    assert_problem(answer, 403, "forbidden" if caller.role is Role.VIEWER else "own_handoff")
    assert contents() == before
