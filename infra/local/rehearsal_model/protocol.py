"""The part of the Messages API that the rehearsal model speaks: https://platform.claude.com/docs/en/api/messages."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import from_json

from infra.local.fake_http import Answer

MODEL = "rehearsal-1"

_ERROR_TYPES = {
    400: "invalid_request_error",
    401: "authentication_error",
    402: "billing_error",
    403: "permission_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    504: "timeout_error",
    529: "overloaded_error",
}

_UNSUPPORTED = {"minimum", "maximum", "multipleOf", "minLength", "maxLength", "maxItems", "pattern", "default"}
"""Keywords of JSON Schema that the API refuses in a schema for structured output."""


class Refused(Exception):
    """A request that the API would not accept, with the status and the sentence it would answer."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class _Asked(BaseModel):
    """Unknown fields are refused, as the API does."""

    model_config = ConfigDict(extra="forbid")


class AskedMessage(_Asked):
    """A message of the conversation."""

    role: Literal["user", "assistant"]
    content: str | list[dict[str, Any]]


class AskedFormat(_Asked):
    """The form that the answer has to have."""

    type: Literal["json_schema"]
    schema_: dict[str, Any] = Field(alias="schema")


class AskedOutput(_Asked):
    """What the answer is to be like."""

    format: AskedFormat | None = None


class AskedFor(_Asked):
    """A request for a message. Bedrock names the model in the path and the version in the body."""

    model: str = Field(min_length=1)
    max_tokens: int = Field(ge=1)
    messages: list[AskedMessage] = Field(min_length=1)
    system: str | list[dict[str, Any]] = ""
    output_config: AskedOutput | None = None
    stream: Literal[False] = False
    anthropic_version: str | None = None

    @property
    def schema_(self) -> dict[str, Any] | None:
        """The schema that the answer has to follow, if any."""
        return self.output_config.format.schema_ if self.output_config and self.output_config.format else None

    @property
    def last_text(self) -> str:
        """What the last message says; of a message in blocks, all their text."""
        content = self.messages[-1].content
        return content if isinstance(content, str) else "\n".join(str(block.get("text", "")) for block in content)


def api_error(status: int, message: str, headers: Mapping[str, str] | None = None) -> Answer:
    """An error in the API's envelope."""
    request_id = f"req_{uuid4().hex[:24]}"
    error = {"type": _ERROR_TYPES.get(status, "api_error"), "message": message}
    body = {"type": "error", "error": error, "request_id": request_id}
    return Answer.of_json(status, body, {"request-id": request_id, **(headers or {})})


def read_request(headers: Mapping[str, str], body: bytes, bedrock_model: str | None) -> AskedFor:
    """Return what is asked for. Raises Refused as the API would: no key, no version, a field that is wrong."""
    if not (headers.get("x-api-key") or headers.get("authorization")):
        raise Refused(401, "x-api-key header is required")
    if not (bedrock_model or headers.get("anthropic-version")):
        raise Refused(400, "anthropic-version: header is required")
    try:
        named = {"model": bedrock_model} if bedrock_model else {}
        asked = AskedFor.model_validate(from_json(body, allow_inf_nan=False) | named)
    except (ValidationError, ValueError, TypeError) as error:
        raise Refused(400, _first_fault(error)) from error
    if asked.schema_ and (faults := list(_faults_of(asked.schema_))):
        raise Refused(400, f"output_config.format.schema: {faults[0]}")
    return asked


def message(text: str, asked_bytes: int) -> dict[str, Any]:
    """Return a finished message. Tokens are guessed at four bytes each."""
    return {
        "id": f"msg_{uuid4().hex[:24]}",
        "type": "message",
        "role": "assistant",
        "model": MODEL,
        "content": [{"type": "text", "text": text}],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": asked_bytes // 4, "output_tokens": len(text.encode()) // 4},
    }


def _first_fault(error: Exception) -> str:
    if not isinstance(error, ValidationError):
        return "The request body is not a JSON object"
    first = error.errors()[0]
    return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"


def _faults_of(schema: object) -> Iterator[str]:
    if isinstance(schema, list):
        for item in schema:
            yield from _faults_of(item)
    if isinstance(schema, dict):
        yield from (f"{name} is not supported" for name in sorted(_UNSUPPORTED & schema.keys()))
        if schema.get("type") == "object" and schema.get("additionalProperties") is not False:
            yield "additionalProperties must be false"
        for item in schema.values():
            yield from _faults_of(item)
