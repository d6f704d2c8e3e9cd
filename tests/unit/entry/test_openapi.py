"""The description of the API: valid, up to date, and about exactly the routes there are."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
import tzdata
from openapi_spec_validator import OpenAPIV31SpecValidator

from app import app
from chalicelib.contracts.pasted_text import SPELLINGS
from chalicelib.entry.operations import Operation
from infra.openapi import DOCUMENT, OPERATIONS, codes_by_status, render
from tests.support.api.description import assert_fits, described_operation, document
from tests.support.api.fixtures import Gate
from tests.support.api.routes import EXAMPLES, GUARDED, UNLISTED, by_name

WITH_BODIES = [operation for operation in GUARDED if EXAMPLES[operation.name].body]


def test_document_is_valid_openapi() -> None:
    faults = [fault.message for fault in OpenAPIV31SpecValidator(document()).iter_errors()]

    assert faults == []


def test_document_is_up_to_date() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == render()


def test_document_is_also_in_docs() -> None:
    assert (Path("docs") / "openapi.json").read_text(encoding="utf-8") == DOCUMENT.read_text(encoding="utf-8")


def test_every_route_has_a_name_of_its_own() -> None:
    names = Counter(described_operation(operation)["operationId"] for operation in OPERATIONS)

    assert [name for name, count in names.items() if count > 1] == []


def test_every_route_of_the_app_is_guarded_or_meant_to_be_open() -> None:
    served = {(method, path) for path, methods in app.routes.items() for method in methods}

    assert served == {(operation.method, operation.path) for operation in GUARDED} | UNLISTED


def test_document_describes_exactly_the_routes_of_the_app() -> None:
    described = {(method.upper(), path) for path, methods in document()["paths"].items() for method in methods}
    served = {(method, path) for path, methods in app.routes.items() for method in methods}

    assert described == served - {("GET", "/openapi.json")}


@pytest.mark.parametrize("operation", OPERATIONS, ids=by_name)
def test_route_names_every_id_in_its_path(operation: Operation) -> None:
    parameters = described_operation(operation)["parameters"]

    in_path = [parameter["name"] for parameter in parameters if parameter["in"] == "path"]
    assert in_path == re.findall(r"{(\w+)}", operation.path)


@pytest.mark.parametrize("operation", GUARDED, ids=by_name)
def test_guarded_route_asks_for_a_token(operation: Operation) -> None:
    assert "security" not in described_operation(operation)
    assert document()["security"] == [{"idToken": []}]


@pytest.mark.parametrize("operation", OPERATIONS, ids=by_name)
def test_route_describes_every_error_it_declares(operation: Operation) -> None:
    responses = described_operation(operation)["responses"]

    errors = {int(status): answer for status, answer in responses.items() if int(status) >= 400}
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    assert {status: set(re.findall(r"`(\w+)`:", answer["description"])) for status, answer in errors.items()} == {
        status: set(codes) for status, codes in codes_by_status(operation).items()
    }
    assert all(answer["content"] == problem for answer in errors.values())


@pytest.mark.parametrize("operation", GUARDED, ids=by_name)
def test_guarded_route_declares_what_any_caller_can_be_answered(operation: Operation) -> None:
    declared = {code for codes in codes_by_status(operation).values() for code in codes}

    assert {"unauthenticated", "forbidden", "payload_too_large", "unavailable", "internal_error"} <= declared


def test_every_operation_has_one_tag_that_the_document_explains() -> None:
    tags = [described_operation(operation)["tags"] for operation in OPERATIONS]

    assert {tag for (tag,) in tags} == {tag["name"] for tag in document()["tags"]}


def test_every_schema_has_a_public_name_and_is_used() -> None:
    schemas, text = document()["components"]["schemas"], json.dumps(document())

    assert [name for name in schemas if not name.isalpha()] == []
    assert [name for name in schemas if f'"#/components/schemas/{name}"' not in text] == []


def test_every_pattern_of_a_body_is_refused_in_a_sentence() -> None:
    found = set(re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', DOCUMENT.read_text()))

    assert {json.loads(pattern) for pattern in found} <= SPELLINGS.keys()


def test_document_names_its_license() -> None:
    assert document()["info"]["license"] == {"name": "Apache-2.0", "identifier": "Apache-2.0"}


@pytest.mark.parametrize("operation", WITH_BODIES, ids=by_name)
def test_example_body_fits_the_described_schema(operation: Operation) -> None:
    schema = described_operation(operation)["requestBody"]["content"]["application/json"]["schema"]

    assert_fits(schema, EXAMPLES[operation.name].body)


@pytest.mark.parametrize("operation", WITH_BODIES, ids=by_name)
def test_body_is_required_where_an_empty_one_is_refused(operation: Operation) -> None:
    required = operation.takes is not None and any(
        field.is_required() for field in operation.takes.model_fields.values()
    )

    assert not required or described_operation(operation)["requestBody"].get("required") is True


@pytest.mark.parametrize("name", ["post_claim", "post_release", "post_withdraw", "post_undo", "post_decline"])
def test_body_that_may_be_left_out_is_not_required(name: str) -> None:
    (operation,) = [operation for operation in OPERATIONS if operation.name == name]

    assert "required" not in described_operation(operation)["requestBody"]


def test_document_needs_no_token(gate: Gate) -> None:
    answer = gate.api.call("GET", "/openapi.json")

    assert (answer.status, answer.text) == (200, DOCUMENT.read_text(encoding="utf-8"))


def test_health_needs_no_token(gate: Gate) -> None:
    answer = gate.api.call("GET", "/health")

    assert (answer.status, answer.json["status"]) == (200, "ok")
    assert answer.json["zone_data_version"] == tzdata.IANA_VERSION
    assert gate.recorder.operations == []
