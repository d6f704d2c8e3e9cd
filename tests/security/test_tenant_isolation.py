"""What is another's does not exist: not for the other account, and a session not even for a colleague."""

from typing import Any

import pytest

from chalicelib.domain.people import Caller, Role
from chalicelib.entry.operations import Operation
from chalicelib.store import engineers
from tests.support.api.client import Answer, ApiClient
from tests.support.api.problems import assert_problem
from tests.support.api.routes import EXAMPLES, GUARDED, by_name, names_of, path_of, taking_ids
from tests.support.builders import GLOBEX, JANE, JOE, OLGA, a_caller
from tests.support.scenarios.actions import open_case
from tests.support.scenarios.preconditions import (
    Ids,
    a_chat_channel,
    a_rota,
    a_webhook,
    an_integration,
    escalation_of_a_colleague,
    own_handoff,
    own_session,
    ring_everywhere,
)
from tests.support.table_contents import contents

ABSENT = "019ab000-0000-7000-8000-00000000dead"

NAMESAKE = a_caller("Olga", Role.ADMIN, GLOBEX)
"""Somebody of another account whose `sub` is the same as Olga's."""

SETTINGS = {"get_policy": "put_policy", "get_notification_settings": "put_notification_settings"}
"""Routes that read what the account or the caller has chosen, which has defaults, and the routes that save it."""

LISTS = [
    operation
    for operation in GUARDED
    if operation.method == "GET"
    and not names_of(operation)
    and operation.name not in ("get_me", "get_readiness", "get_holidays", *SETTINGS)
]


def call(api: ApiClient, operation: Operation, ids: Ids, by: Caller = OLGA) -> Answer:
    return api.call(operation.method, path_of(operation, ids), by=by, body=EXAMPLES[operation.name].body)


def for_an_absent_thing(api: ApiClient, operation: Operation) -> str:
    absent = {name: "1" if name == "seq" else ABSENT for name in names_of(operation)}  # a turn has a number
    answer = call(api, operation, absent)

    assert_problem(answer, 404, "not_found")
    return answer.text


@pytest.mark.parametrize("operation", taking_ids(), ids=by_name)
def test_foreign_id_is_answered_as_an_absent_one(api: ApiClient, operation: Operation) -> None:
    foreign = EXAMPLES[operation.name].arrange(NAMESAKE)
    before = contents()

    answer = call(api, operation, foreign)

    assert answer.text == for_an_absent_thing(api, operation)
    assert contents() == before


@pytest.mark.parametrize(
    "operation", [each for each in taking_ids() if names_of(each) == ["session_id", "handoff_id"]], ids=by_name
)
@pytest.mark.parametrize("replaced", ["session_id", "handoff_id"])
def test_handoff_is_found_in_its_own_session_alone(api: ApiClient, operation: Operation, replaced: str) -> None:
    ids = EXAMPLES[operation.name].arrange(OLGA)
    elsewhere = own_handoff(JANE)
    before = contents()

    answer = call(api, operation, ids | {replaced: elsewhere[replaced]})

    assert answer.text == for_an_absent_thing(api, operation)
    assert contents() == before


@pytest.mark.parametrize("operation", [each for each in taking_ids() if names_of(each) == ["session_id"]], ids=by_name)
def test_session_exists_for_its_owner_and_holder_alone(api: ApiClient, operation: Operation) -> None:
    of_jane = {"session_id": open_case(JANE).id}
    before = contents()

    answer = call(api, operation, of_jane, by=JOE)

    assert answer.text == for_an_absent_thing(api, operation)
    assert contents() == before


def lasting(answer: dict[str, Any]) -> dict[str, Any]:
    """Leave out the live address, which is another at each reading."""
    return {name: part for name, part in answer.items() if name != "live"}


def parts_of(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the lists of an answer: itself, or those of a whole screen."""
    return [answer] if "items" in answer else [answer[name] for name in ("escalations", "sessions", "notifications")]


@pytest.mark.parametrize("operation", LISTS, ids=by_name)
def test_no_list_shows_anything_of_another_account(api: ApiClient, operation: Operation) -> None:
    empty = lasting(api.call("GET", operation.path, by=OLGA).json)
    engineers.enter(NAMESAKE)
    escalation_of_a_colleague(NAMESAKE)
    own_session(NAMESAKE)
    ring_everywhere(NAMESAKE)
    an_integration(NAMESAKE)
    a_rota(NAMESAKE)
    a_webhook(NAMESAKE)
    a_chat_channel(NAMESAKE)

    seen_by_her, seen_by_namesake = (api.call("GET", operation.path, by=caller).json for caller in (OLGA, NAMESAKE))

    assert lasting(seen_by_her) == empty
    for part in parts_of(seen_by_namesake):
        assert part["items"]


@pytest.mark.parametrize("read", SETTINGS)
def test_settings_of_another_account_are_not_shown(api: ApiClient, read: str) -> None:
    operations = {operation.name: operation for operation in GUARDED}
    defaults = call(api, operations[read], {}).json

    assert call(api, operations[SETTINGS[read]], {}, by=NAMESAKE).status == 200

    assert call(api, operations[read], {}).json == defaults
    assert call(api, operations[read], {}, by=NAMESAKE).json != defaults


def test_readiness_shows_nobody_of_another_account(api: ApiClient) -> None:
    for name in ("Sam", "Ada", "Zoe"):
        engineers.enter(a_caller(name, Role.SENIOR, NAMESAKE.account_id))

    answer = api.call("GET", "/readiness", by=OLGA)

    assert answer.status == 200
    assert not any(name in answer.text for name in ("Sam", "Ada", "Zoe"))
