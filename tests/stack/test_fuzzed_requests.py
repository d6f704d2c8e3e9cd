"""Whatever fits `/openapi.json` or breaks it, sent to every route: no failure of ours, no answer undescribed."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from infra.local.api import Api, Refused
from infra.local.deployed import DeployedStack
from infra.local.people import Person, enrol, sign_in
from infra.local.site import ROOT
from tests.stack.waiting import eventually
from tests.telling import Tell

AnyCase = schemathesis.Case[Any]
Route = APIOperation[Any, Any, Any, Any]

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]

DESCRIBED = json.loads((ROOT / "docs" / "openapi.json").read_text("utf-8"))
REACHES_OTHERS = ["put_integration", "post_integration_test"]
"""Would have the stack look for hosts that were made up; `tests/entry/test_integrations.py` tries their bodies."""

SCHEMA = schemathesis.openapi.from_dict(DESCRIBED).exclude(operation_id=REACHES_OTHERS)
ROUTES: list[Route] = [found.ok() for found in SCHEMA.get_all_operations() if isinstance(found, Ok)]

MINA, ADA, VERA = (
    Person("Mina Engineer", "fuzzed", "engineer"),
    Person("Ada Admin", "fuzzed", "admin"),
    Person("Vera Viewer", "fuzzed", "viewer"),
)


@dataclass(frozen=True)
class Fuzzed:
    """An account of its own, with places that are there: those of a path that is made up rarely are."""

    url: str
    tokens: dict[str, str]
    places: list[dict[str, str]]
    number: Iterator[int]

    def place(self, case: AnyCase) -> None:
        """Let every other request go to a place that is there."""
        number = next(self.number)
        if number % 2:
            there = self.places[number // 2 % len(self.places)]
            case.path_parameters = {name: there.get(name, value) for name, value in case.path_parameters.items()}

    def sent(self, case: AnyCase, by: Person) -> Any:
        """The answer to the request."""
        headers = {"Authorization": f"Bearer {self.tokens[by.role]}"}
        return case.call(base_url=self.url, headers=headers, timeout=60)


@pytest.fixture(scope="module")
def fuzzed(stack: DeployedStack) -> Iterator[Fuzzed]:
    cognito = stack.cognito()
    for person in (MINA, ADA, VERA):
        enrol(person, cognito, stack.user_pool_id)
    tokens = {person.role: sign_in(person, cognito, stack.client_id) for person in (MINA, ADA, VERA)}
    places = []
    for role, is_handed_off in (("admin", False), ("engineer", True), ("admin", True), ("engineer", False)):
        with Api(stack.api_url, tokens[role]) as api:
            place = {"session_id": api.post("/sessions", {"problem_summary": "Printer jam"}, None)["id"]}
            if is_handed_off:
                handoff = api.post(f"/sessions/{place['session_id']}/handoff", {"intent": "escalate"}, None)
                place["handoff_id"] = handoff["id"]
            places.append(place)
    yield Fuzzed(stack.api_url, tokens, places, count())
    with Api(stack.api_url, tokens["viewer"]) as vera:
        eventually(
            partial(all_assessed, vera, places), "the last assessment, which else meets the faults of other tests"
        )


def all_assessed(vera: Api, places: list[dict[str, str]]) -> bool | None:
    return (
        all(handoff["assessment_status"] != "pending" for place in places for handoff in handoffs_of(place, vera))
        or None
    )


def handoffs_of(place: dict[str, str], vera: Api) -> list[dict[str, Any]]:
    try:
        found: list[dict[str, Any]] = vera.get(f"/sessions/{place['session_id']}/handoffs")["items"]
    except Refused:
        return []  # a session that nobody handed off is not for her to see
    return found


every_route = pytest.mark.parametrize("route", ROUTES, ids=[route.label for route in ROUTES])


def test_no_route_is_left_out() -> None:
    described = [operation for path in DESCRIBED["paths"].values() for operation in path.values()]

    assert len(ROUTES) == len(described) - len(REACHES_OTHERS)


@every_route
def test_every_answer_is_one_that_is_described(route: Route, fuzzed: Fuzzed, tell: Tell) -> None:
    require_described(route, fuzzed, tell, examples=12)


@pytest.mark.prove
@every_route
def test_every_answer_to_many_requests_is_one_that_is_described(route: Route, fuzzed: Fuzzed, tell: Tell) -> None:
    require_described(route, fuzzed, tell, examples=200)


def require_described(route: Route, fuzzed: Fuzzed, tell: Tell, *, examples: int) -> None:
    """Send so many requests in the name of each person, and hold every answer to the description."""
    answers: Counter[int] = Counter()

    @settings(max_examples=examples, suppress_health_check=list(HealthCheck))
    @given(route.as_strategy())
    def send(case: AnyCase) -> None:
        fuzzed.place(case)
        for person in (ADA, VERA):
            answer = fuzzed.sent(case, person)
            case.validate_response(answer, checks=CHECKS)
            answers[answer.status_code] += 1

    send()

    tell("answers to fuzzed requests", f"{route.label}: {dict(sorted(answers.items()))}")
