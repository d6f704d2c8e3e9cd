"""Whatever fits `/openapi.json` or breaks it, sent to every route: no failure of ours, no answer undescribed."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis.checks import CheckContext, not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.core.transport import Response
from schemathesis.generation import GenerationMode
from schemathesis.schemas import APIOperation
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from chalicelib.domain.outbound_urls import parse_address
from infra.local.api import Api
from infra.local.deployed import DeployedStack, emulator_session
from infra.local.people import Person, enroll, sign_in
from infra.local.site import ROOT, STAGE, Site
from tests.support.reporting import Report
from tests.support.servers.broken_servers import a_broken_server, a_deaf_port
from tests.support.stack.fuzz_routes import NAMED_IN_BODY, NAMED_IN_QUERY
from tests.support.stack.fuzz_states import ACCOUNT, Places
from tests.support.stack.ledger_rows import put_shown_token, put_test_message
from tests.support.stack.phone_codes import put_phone_code
from tests.support.stack.rehearsal_switch import RehearsalSwitch
from tests.support.stack.unsubscribe_tokens import put_unsubscribe_token
from tests.support.waiting import eventually

AnyCase = schemathesis.Case[Any]
Route = APIOperation[Any, Any, Any, Any]


def stays_on_this_machine(_context: CheckContext, answer: Response, case: AnyCase) -> None:
    """Nothing may lead to a host that was made up: some test of it, or an event, would look for that."""
    if name_of(case) in ("put_webhook", "get_webhook", "put_channel", "get_channel") and is_done(answer.status_code):
        assert answer.json()["host"] in THIS_MACHINE
    if name_of(case) in ("put_integration", "get_integration") and is_done(answer.status_code):
        address = answer.json()["base_url"]
        assert address is None or parse_address(address, may_be_local=True).is_of_this_machine, address


THIS_MACHINE = ("localhost", "127.0.0.1")

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    stays_on_this_machine,
]

DESCRIBED = json.loads((ROOT / "docs" / "openapi.json").read_text("utf-8"))
SCHEMA = schemathesis.openapi.from_dict(DESCRIBED)
ROUTES: list[Route] = [found.ok() for found in SCHEMA.get_all_operations() if isinstance(found, Ok)]

AIMS = ("fits", "there", "made up")
"""In turn, from the simplest request on, which is always right where it fits."""

NEVER_DONE = ["post_webhook"]
"""Its proof is over a body, and the body is not described, as each PSA has its own."""

PEOPLE = MINA, SVEN, ADA, VERA = (
    Person("Mina Engineer", ACCOUNT, "engineer"),
    Person("Sven Senior", ACCOUNT, "senior"),
    Person("Ada Admin", ACCOUNT, "admin"),
    Person("Vera Viewer", ACCOUNT, "viewer"),
)
LEAVER = Person("Lea Leaver", ACCOUNT, "engineer")


@dataclass(frozen=True)
class Fuzzed:
    """An account of its own, with places that are there: those of a path that is made up rarely are."""

    url: str
    tokens: dict[str, str]
    places: Places

    def aim(self, case: AnyCase, aim: str) -> None:
        """Send a request to a place that is there, have its body fit the place as well, or leave it as it was made up.

        A made-up address that would be called gives way to one at which nobody listens.
        """
        case.body = kept_here(case.body, self.places.deaf_url)
        if aim == "made up":
            return
        route = name_of(case)
        there = self.places.of(route, case.body)
        case.path_parameters = {name: there.get(name, value) for name, value in case.path_parameters.items()}
        if named := {name: there[name] for name in NAMED_IN_QUERY.get(route, ())}:
            case.query = {**(case.query or {}), **named}
        if aim == "fits" and isinstance(case.body, dict):
            case.body = case.body | {name: there[name] for name in NAMED_IN_BODY.get(route, ())}

    def sent(self, case: AnyCase, by: Person) -> Any:
        """The answer to the request."""
        headers = {"Authorization": f"Bearer {self.tokens[by.role]}"}
        answer = case.call(base_url=self.url, headers=headers, timeout=60)
        if is_done(answer.status_code):
            self.places.use_up(name_of(case))
        return answer


def name_of(case: AnyCase) -> str:
    """The route's name in the description."""
    return str(case.operation.definition.raw["operationId"])


def kept_here(body: Any, nobodys: str) -> Any:
    """The body, with the address of nobody for one that the stack would call; what it refuses it never looks for."""
    if not isinstance(body, dict):
        return body
    return body | {name: nobodys for name in ("base_url", "url") if is_address(body.get(name))}


def is_address(text: object) -> bool:
    try:
        parse_address(str(text).strip(), may_be_local=True)
    except ValueError:
        return False
    return True


def is_done(status: int) -> bool:
    return 200 <= status < 300


@pytest.fixture(scope="module")
def fuzzed(stack: DeployedStack, stack_site: Site, rehearsal: RehearsalSwitch) -> Iterator[Fuzzed]:
    cognito = stack.cognito()
    for person in (*PEOPLE, LEAVER):
        enroll(person, cognito, stack.user_pool_id)
    tokens = {person.role: sign_in(person, cognito, stack.client_id) for person in PEOPLE}
    with (
        Api(stack.api_url, tokens["admin"]) as ada,
        Api(stack.api_url, tokens["senior"]) as sven,
        Api(stack.api_url, tokens["engineer"]) as mina,
        Api(stack.api_url, sign_in(LEAVER, cognito, stack.client_id)) as lea,
        a_deaf_port() as deaf,
        a_broken_server() as broken,
    ):
        servers = (stack_site.psa_url, stack.post_office_url, deaf, broken)
        put_token = partial(put_unsubscribe_token, stack, ACCOUNT)
        put_shown = partial(put_shown_token, stack, ACCOUNT)
        put_test = partial(put_test_message, stack, ACCOUNT)
        put_code = partial(put_phone_code, stack, ACCOUNT)
        places = Places(
            ada, sven, mina, rehearsal, *servers, put_token, put_shown, put_test, put_code, lea.get("/me")["id"]
        )
        yield Fuzzed(stack.api_url, tokens, places)
        eventually(
            partial(is_at_rest, stack), "the last advice and note, which else meet the faults of other tests", 120
        )
        for path in ("/integrations", "/webhooks", "/channels"):
            while linked := ada.get(path)["items"]:
                for one in linked:
                    ada.delete(f"{path}/{one['id']}")


def is_at_rest(stack: DeployedStack) -> bool | None:
    """Whether nothing of the account is on its way to the AI or a PSA."""
    dynamodb = emulator_session().client("dynamodb", endpoint_url=stack.endpoint_url)
    pages = dynamodb.get_paginator("query").paginate(
        TableName=f"flowpilot-{STAGE}-handoffs",
        KeyConditionExpression="account_id = :fuzzed",
        FilterExpression="attribute_not_exists(assessment_outcome) OR ticket_notes_status = :pending",
        ExpressionAttributeValues={":fuzzed": {"S": ACCOUNT}, ":pending": {"S": "pending"}},
        Select="COUNT",
        ConsistentRead=True,
    )
    return not any(page["Count"] for page in pages) or None


every_route = pytest.mark.parametrize("route", ROUTES, ids=[route.label for route in ROUTES])


def test_no_route_is_left_out() -> None:
    described = [operation for path in DESCRIBED["paths"].values() for operation in path.values()]

    assert len(ROUTES) == len(described)


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("https://psa.example/api", "here"),
        (" https://psa.example\n", "here"),
        ("http://localhost:22", "here"),
        ("https://10.0.0.1", "https://10.0.0.1"),
        ("psa", "psa"),
    ],
)
def test_made_up_host_is_never_resolved(address: str, sent: str) -> None:
    for name in ("base_url", "url"):
        assert kept_here({name: address}, "here") == {name: sent}


@every_route
def test_every_answer_matches_the_openapi_document(route: Route, fuzzed: Fuzzed, report: Report) -> None:
    require_described(route, fuzzed, report, examples=len(AIMS))


@pytest.mark.prove
@every_route
def test_every_answer_to_many_requests_matches_the_openapi_document(
    route: Route, fuzzed: Fuzzed, report: Report
) -> None:
    require_described(route, fuzzed, report, examples=200)


def require_described(route: Route, fuzzed: Fuzzed, report: Report, *, examples: int) -> None:
    """Send requests in the name of each person, hold every answer to the description, and see some actions done.

    So many fit the description, and a third as many break it, where there is something to break.
    """
    answers: Counter[int] = Counter()
    aims = cycle(AIMS)

    def send(case: AnyCase) -> None:
        fuzzed.aim(case, next(aims))
        for person in (ADA, VERA):
            answer = fuzzed.sent(case, person)
            case.validate_response(answer, checks=CHECKS)
            answers[answer.status_code] += 1

    send_many(send, route.as_strategy(), examples)
    is_done_by_some = any(map(is_done, answers))
    if route.body or route.query:
        send_many(send, route.as_strategy(GenerationMode.NEGATIVE), examples // 3)

    report("answers to fuzzed requests", f"{route.label}: {dict(sorted(answers.items()))}")
    is_never_done = route.definition.raw["operationId"] in NEVER_DONE
    assert is_done_by_some != is_never_done, f"answered by {dict(answers)}"


def send_many(send: Callable[[AnyCase], None], cases: SearchStrategy[AnyCase], examples: int) -> None:
    settings(max_examples=examples, suppress_health_check=list(HealthCheck))(given(cases)(send))()
