"""The OpenAPI document, as the measure of answers."""

import json
from functools import cache
from typing import Any

from openapi_schema_validator import OAS31Validator, oas31_format_checker

from chalicelib.entry.operations import Operation
from infra.openapi import DOCUMENT
from tests.support.api.client import Answer


@cache
def document() -> dict[str, Any]:
    """The document as it is handed out."""
    described: dict[str, Any] = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    return described


def described_operation(operation: Operation) -> dict[str, Any]:
    """The description of a route in the OpenAPI document."""
    described: dict[str, Any] = document()["paths"][operation.path][operation.method.lower()]
    return described


def assert_described(operation: Operation, answer: Answer) -> None:
    """Hold an answer to what the document promises for its route and status."""
    promised = described_operation(operation)["responses"][str(answer.status)].get("content", {})
    if not promised:
        assert answer.text == ""
        return
    media_type = answer.headers["content-type"].partition(";")[0]
    assert_fits(promised[media_type]["schema"], answer.json if media_type.endswith("json") else answer.text)


def assert_fits(schema: dict[str, Any], content: object) -> None:
    """Hold `content` to a schema of the document."""
    whole = {**schema, "components": document()["components"]}
    validator = OAS31Validator(whole, format_checker=oas31_format_checker)
    faults = [f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(content)]
    assert not faults, "\n".join(faults)
