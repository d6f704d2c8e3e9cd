"""Generate the OpenAPI document and the routing table from the routes: `python -m infra.openapi [--check]`."""

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openapi_pydantic import OpenAPI
from pydantic import BaseModel, ValidationError
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue, models_json_schema
from pydantic_core.core_schema import CoreSchema, EnumSchema, ModelSchema

from chalicelib.contracts.problem import Problem
from chalicelib.entry.operations import Operation
from chalicelib.entry.problems import TABLE
from infra import routing_table

DOCUMENT = Path(__file__).parent.parent / "chalicelib" / "openapi.json"
VERSION = "1"
REFERENCE = "#/components/schemas/{model}"

OPERATIONS = [
    operation
    for api in routing_table.apis().values()
    for operation in api.operations
    if operation.path != "/openapi.json"
]
"""Every route but `/openapi.json` itself."""

TAGS = {
    "sessions": "Troubleshooting sessions and their turns.",
    "handoffs": "Handoffs, claims and the escalation queue.",
    "assessments": "The AI's assessment of a handoff.",
    "notifications": "Notifications, the account's feed and the live channel.",
    "deliveries": "What leaves the page: outgoing webhooks, and who was told of a handoff.",
    "ticket_sync": "Webhooks of ticket systems (PSAs).",
    "ticket_notes": "Notes that FlowPilot writes on tickets.",
    "integrations": "Connections to ticket systems.",
    "clock": "The policy, and who is on call.",
    "people": "The caller's profile and the directory.",
    "service": "The API itself.",
}


class Schemas(GenerateJsonSchema):
    """JSON schemas without titles: the names of the components say it, and generators take equal titles for one."""

    def field_title_should_be_set(self, schema: CoreSchema) -> bool:  # noqa: ARG002  pydantic passes it
        """Leave out titles that only repeat a field's name."""
        return False

    def model_schema(self, schema: ModelSchema) -> JsonSchemaValue:
        """Leave out the title of a model."""
        return _untitled(super().model_schema(schema))

    def enum_schema(self, schema: EnumSchema) -> JsonSchemaValue:
        """Leave out the title of an enum."""
        return _untitled(super().enum_schema(schema))


def _untitled(schema: JsonSchemaValue) -> JsonSchemaValue:
    return {name: value for name, value in schema.items() if name != "title"}


def render() -> str:
    """Return the document as JSON.

    Raises pydantic.ValidationError when it is not valid OpenAPI 3.1, and ValueError for a schema without a public name.
    """
    document = OpenAPI.model_validate(
        {
            "openapi": "3.1.1",
            "info": {
                "title": "FlowPilot",
                "version": VERSION,
                "summary": "Escalations of a managed service provider: one handoff, one claim, one screen.",
                "description": "Errors are problem documents (RFC 9457) with a `code` that clients can rely on.",
                "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
                "contact": {"name": "The administrators of your FlowPilot"},
            },
            "servers": [{"url": "/api", "description": "Behind the origin of the web page."}],
            "security": [{"idToken": []}],
            "tags": [{"name": name, "description": description} for name, description in TAGS.items()],
            "paths": _paths(),
            "components": {
                "schemas": _schemas(),
                "securitySchemes": {"idToken": {"type": "http", "scheme": "bearer", "bearerFormat": "OIDC ID token"}},
            },
        }
    )
    return document.model_dump_json(by_alias=True, exclude_unset=True, indent=1) + "\n"


def codes_by_status(operation: Operation) -> dict[int, dict[str, str]]:
    """Return the error codes that the route can answer, with their titles, by status."""
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for status, code, title in sorted(TABLE[refusal] for refusal in operation.refusals):
        found[status][code] = title
    return dict(found)


def _paths() -> dict[str, Any]:
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation)
    return paths


def _operation(operation: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": operation.name,
        "tags": [operation.subject],
        "summary": operation.summary,
        "description": f"For the role `{operation.role}` and up." if operation.role else "Needs no token.",
        "parameters": [*_path_parameters(operation), *_query_parameters(operation), *_header_parameters(operation)],
        "responses": {
            str(operation.status): {"description": "Done.", **_answers(operation)},
            **dict(_errors(operation)),
        },
    }
    if operation.role is None:
        described["security"] = []
    if operation.takes and operation.method != "GET":
        needed = {"required": True} if _needs_body(operation.takes) else {}
        described["requestBody"] = {**needed, **_content(operation.takes, "application/json")}
    return described


def _needs_body(takes: type[BaseModel]) -> bool:
    """Whether a request without a body is refused: one is read as an empty object."""
    try:
        takes.model_validate({})
    except ValidationError:
        return True
    return False


def _answers(operation: Operation) -> dict[str, Any]:
    answers = _content(operation.answers, "application/json")
    if operation.media_types:
        answers.setdefault("content", {})
    for media_type in operation.media_types:
        answers["content"][media_type] = {"schema": {"type": "string"}}
    return answers


def _errors(operation: Operation) -> Iterator[tuple[str, dict[str, Any]]]:
    for status, codes in codes_by_status(operation).items():
        lines = [f"`{code}`: {title}." for code, title in codes.items()]
        yield str(status), {"description": " ".join(lines), **_content(Problem, "application/problem+json")}


def _content(model: type[BaseModel] | None, media_type: str) -> dict[str, Any]:
    return {"content": {media_type: {"schema": {"$ref": _reference(model)}}}} if model else {}


def _reference(model: type[BaseModel]) -> str:
    return REFERENCE.format(model=model.__name__)


def _path_parameters(operation: Operation) -> list[dict[str, Any]]:
    names = re.findall(r"{(\w+)}", operation.path)
    return [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]


def _query_parameters(operation: Operation) -> list[dict[str, Any]]:
    if operation.takes is None or operation.method != "GET":
        return []
    schema = operation.takes.model_json_schema(ref_template=REFERENCE, schema_generator=Schemas)
    required = schema.get("required", ())
    return [
        {"name": name, "in": "query", "schema": found, **({"required": True} if name in required else {})}
        for name, found in schema["properties"].items()
    ]


def _header_parameters(operation: Operation) -> list[dict[str, Any]]:
    if not operation.is_keyed:
        return []
    key = {"type": "string", "minLength": 1, "maxLength": 255}
    what = "A repeated request with the same key returns the result of the first one."
    return [{"name": "Idempotency-Key", "in": "header", "description": what, "schema": key}]


def _schemas() -> dict[str, Any]:
    models: dict[type[BaseModel], JsonSchemaMode] = {Problem: "serialization"}
    for operation in OPERATIONS:
        if operation.takes:
            models[operation.takes] = "validation"
        if operation.answers:
            models[operation.answers] = "serialization"
    by_name = sorted(models.items(), key=lambda entry: entry[0].__name__)
    _, schemas = models_json_schema(by_name, by_alias=True, ref_template=REFERENCE, schema_generator=Schemas)
    queries = {operation.takes.__name__ for operation in OPERATIONS if operation.takes and operation.method == "GET"}
    found = {name: schema for name, schema in schemas["$defs"].items() if name not in queries}
    _require_discriminators(found)
    if shared := [name for name in found if not re.fullmatch(r"[A-Z][A-Za-z]*", name)]:
        raise ValueError(f"these schemas share a name, or differ between request and response: {shared}")
    return found


def _require_discriminators(schemas: dict[str, Any]) -> None:
    """Require the property by which readers tell the members of a union apart, though it has a default in Python."""
    for union in _unions(schemas):
        for reference in union["discriminator"]["mapping"].values():
            schema, name = schemas[reference.rpartition("/")[2]], union["discriminator"]["propertyName"]
            if name not in schema["required"]:
                schema["required"] = [name, *schema["required"]]


def _unions(found: object) -> Iterator[dict[str, Any]]:
    if isinstance(found, dict):
        if "discriminator" in found:
            yield found
        found = list(found.values())
    if isinstance(found, list):
        for item in found:
            yield from _unions(item)


def main() -> int:
    """Write the document and the table; with `--check`, only report whether those in the tree are up to date."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="fail when a file in the tree is out of date")
    rendered = {DOCUMENT: render(), routing_table.TABLE: routing_table.render()}
    if not parser.parse_args().check:
        for file, text in rendered.items():
            file.write_text(text, encoding="utf-8")
        return 0
    outdated = [file.name for file, text in rendered.items() if file.read_text(encoding="utf-8") != text]
    if outdated:
        print(f"out of date: {', '.join(outdated)}; run `make openapi`", file=sys.stderr)
    return 1 if outdated else 0


if __name__ == "__main__":
    sys.exit(main())
