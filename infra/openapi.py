"""Make the OpenAPI document of the API from its routes and contracts: `python -m infra.openapi [--check]`."""

import argparse
import re
import sys
from pathlib import Path
from typing import Any

from openapi_pydantic import OpenAPI
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from chalicelib.contracts.problem import Problem
from chalicelib.contracts.views import HealthView
from chalicelib.entry.api import Operation
from chalicelib.entry.documentation import documentation
from chalicelib.entry.handoffs import handoffs
from chalicelib.entry.integrations import integrations
from chalicelib.entry.live import live
from chalicelib.entry.people import people
from chalicelib.entry.redaction import redaction
from chalicelib.entry.sessions import sessions
from chalicelib.entry.webhooks import OPERATION as POST_WEBHOOK

DOCUMENT = Path(__file__).parent.parent / "chalicelib" / "openapi.json"
VERSION = "1"

OPEN = [
    Operation(
        method="GET",
        path="/health",
        name="get_health",
        summary="Say that the API answers, and in which version.",
        role=None,
        takes=None,
        answers=HealthView,
        status=200,
        is_keyed=False,
    ),
    POST_WEBHOOK,
]
"""Routes that need no token, beside `/openapi.json` itself."""

OPERATIONS = [
    *OPEN,
    *people.operations,
    *sessions.operations,
    *handoffs.operations,
    *documentation.operations,
    *redaction.operations,
    *integrations.operations,
    *live.operations,
]


def render() -> str:
    """Return the document as JSON. Raises pydantic.ValidationError when it is no valid OpenAPI 3.1."""
    document = OpenAPI.model_validate(
        {
            "openapi": "3.1.1",
            "info": {
                "title": "FlowPilot",
                "version": VERSION,
                "summary": "Escalations of a managed service provider: one handoff, one claim, one screen.",
            },
            "servers": [{"url": "/api"}],
            "security": [{"idToken": []}],
            "paths": _paths(),
            "components": {
                "schemas": _schemas(),
                "securitySchemes": {"idToken": {"type": "http", "scheme": "bearer", "bearerFormat": "OIDC ID token"}},
            },
        }
    )
    return document.model_dump_json(by_alias=True, exclude_unset=True, indent=1) + "\n"


def _paths() -> dict[str, Any]:
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation)
    return paths


def _operation(operation: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": [*_path_parameters(operation), *_query_parameters(operation), *_header_parameters(operation)],
        "responses": {
            str(operation.status): {"description": "Done.", **_answers(operation)},
            "default": {"description": "Refused, or failed.", **_content(Problem, "application/problem+json")},
        },
    }
    if operation.role is None:
        described["security"] = []
    else:
        described["description"] = f"For the role {operation.role} and up."
    if operation.takes and operation.method != "GET":
        described["requestBody"] = {"required": True, **_content(operation.takes, "application/json")}
    return described


def _answers(operation: Operation) -> dict[str, Any]:
    answers = _content(operation.answers, "application/json")
    for media_type in operation.media_types:
        answers["content"][media_type] = {"schema": {"type": "string"}}
    return answers


def _content(model: type[BaseModel] | None, media_type: str) -> dict[str, Any]:
    return {"content": {media_type: {"schema": {"$ref": _reference(model)}}}} if model else {}


def _reference(model: type[BaseModel]) -> str:
    return f"#/components/schemas/{model.__name__}"


def _path_parameters(operation: Operation) -> list[dict[str, Any]]:
    names = re.findall(r"{(\w+)}", operation.path)
    return [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]


def _query_parameters(operation: Operation) -> list[dict[str, Any]]:
    if operation.takes is None or operation.method != "GET":
        return []
    properties = operation.takes.model_json_schema(ref_template="#/components/schemas/{model}")["properties"]
    return [{"name": name, "in": "query", "schema": schema} for name, schema in properties.items()]


def _header_parameters(operation: Operation) -> list[dict[str, Any]]:
    if not operation.is_keyed:
        return []
    key = {"type": "string", "minLength": 1, "maxLength": 255}
    what = "Makes a repeat of the same request return what the first one made."
    return [{"name": "Idempotency-Key", "in": "header", "description": what, "schema": key}]


def _schemas() -> dict[str, Any]:
    models: dict[type[BaseModel], JsonSchemaMode] = {Problem: "serialization"}
    for operation in OPERATIONS:
        if operation.takes:
            models[operation.takes] = "validation"
        if operation.answers:
            models[operation.answers] = "serialization"
    by_name = sorted(models.items(), key=lambda entry: entry[0].__name__)
    _, schemas = models_json_schema(by_name, by_alias=True, ref_template="#/components/schemas/{model}")
    definitions: dict[str, Any] = schemas["$defs"]
    return definitions


def main() -> int:
    """Write the document; with `--check`, only say whether the one that is there is up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail when the document in the tree is out of date")
    if not parser.parse_args().check:
        DOCUMENT.write_text(render(), encoding="utf-8")
        return 0
    if DOCUMENT.read_text(encoding="utf-8") == render():
        return 0
    print(f"{DOCUMENT.name} is out of date; run `make openapi`", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
