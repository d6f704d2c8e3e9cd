"""Every route, with everything that can be wrong with a token."""

import pytest

from chalicelib.entry.operations import Operation
from tests.support.api.client import Answer
from tests.support.api.fixtures import Gate
from tests.support.api.problems import assert_problem
from tests.support.api.routes import EXAMPLES, GUARDED, SOME_IDS, by_name, path_of
from tests.support.api.token_faults import FORBIDDEN, UNAUTHENTICATED, Fault
from tests.support.builders import OLGA
from tests.support.rows import check_rows


def call(gate: Gate, operation: Operation, authorization: dict[str, str]) -> Answer:
    gate.recorder.forget()
    body = EXAMPLES[operation.name].body
    return gate.api.call(operation.method, path_of(operation, SOME_IDS), body=body, headers=authorization)


@pytest.mark.parametrize("operation", GUARDED, ids=by_name)
def test_request_without_a_token_is_refused(gate: Gate, operation: Operation) -> None:
    answer = call(gate, operation, {})

    assert_problem(answer, 401, "unauthenticated")
    assert gate.recorder.operations == []


@pytest.mark.parametrize("operation", GUARDED, ids=by_name)
def test_token_that_names_nobody_is_refused(gate: Gate, operation: Operation) -> None:
    def is_refused(fault: Fault) -> None:
        answer = call(gate, operation, {"authorization": fault(gate.api.provider)})

        assert_problem(answer, 401, "unauthenticated")
        assert gate.recorder.operations == []

    check_rows(UNAUTHENTICATED, is_refused)


@pytest.mark.parametrize("operation", [one for one in GUARDED if one.name != "get_start"], ids=by_name)
def test_somebody_without_a_role_is_refused(gate: Gate, operation: Operation) -> None:
    def is_refused(fault: Fault) -> None:
        answer = call(gate, operation, {"authorization": fault(gate.api.provider)})

        assert_problem(answer, 403, "forbidden")
        assert gate.recorder.operations == []

    check_rows(FORBIDDEN, is_refused)


@pytest.mark.parametrize("fault", [*UNAUTHENTICATED.values(), *FORBIDDEN.values()], ids=[*UNAUTHENTICATED, *FORBIDDEN])
def test_refused_token_is_not_repeated(gate: Gate, fault: Fault) -> None:
    authorization = fault(gate.api.provider)

    answer = gate.api.call("GET", "/me", headers={"authorization": authorization})

    words = [word for word in authorization.split() if len(word) > len("Bearer")]
    assert not any(word in answer.text + str(answer.headers) for word in words)


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_scheme_may_be_written_in_any_case(gate: Gate, scheme: str) -> None:
    token = gate.api.provider.token_of(OLGA)

    answer = gate.api.call("GET", "/me", headers={"authorization": f"{scheme} {token}"})

    assert answer.status == 200


def test_highest_of_several_roles_counts(gate: Gate) -> None:
    token = gate.api.provider.token_of(OLGA, **{"cognito:groups": ["viewer", "staff", "senior", "engineer"]})

    answer = gate.api.call("GET", "/me", headers={"authorization": f"Bearer {token}"})

    assert answer.json["role"] == "senior"


def test_end_that_is_written_as_a_text_counts(gate: Gate) -> None:
    claims = gate.api.provider.claims_of(OLGA)
    token = gate.api.provider.sign(claims | {"exp": str(claims["exp"])})

    answer = gate.api.call("GET", "/escalations", headers={"authorization": f"Bearer {token}"})

    assert answer.status == 200


@pytest.mark.parametrize(
    ("claimed", "shown"),
    [
        ("  Jane\n\n# Doe ", "Jane # Doe"),
        ("\u202eenaJ\x00", "enaJ"),
        ("   ", "olga@acme.example"),
        ("\ud800", "olga@acme.example"),
        (["Olga"], "olga@acme.example"),
        ("O" * 300, "O" * 199 + "…"),
    ],
)
def test_name_is_one_line_that_a_screen_can_show(gate: Gate, claimed: object, shown: str) -> None:
    token = gate.api.provider.token_of(OLGA, name=claimed)

    answer = gate.api.call("GET", "/me", headers={"authorization": f"Bearer {token}"})

    assert (answer.status, answer.json.get("name")) == (200, shown)


def test_person_without_name_and_address_is_named_by_subject(gate: Gate) -> None:
    token = gate.api.provider.token_of(OLGA, name=None, email="\ud800")

    answer = gate.api.call("GET", "/me", headers={"authorization": f"Bearer {token}"})

    assert (answer.json["name"], answer.json["email"]) == (OLGA.id, "")
