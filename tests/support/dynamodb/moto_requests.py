"""Hands DynamoDB requests to moto without the HTTP in between, which was half of a small request's time.

botocore still checks and writes each request and reads each answer, and moto's own handler checks and answers it. What
is left out has no effect on a table: signatures, the search for the service that a URL belongs to, werkzeug's request,
and the conversion of requests and answers member by member, which changes nothing but binary values. A request or an
answer with a binary value is converted as usual.
"""

import json
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest
from botocore.auth import SigV4Auth
from botocore.parsers import JSONParser
from botocore.serialize import JSONSerializer
from moto.core import models, responses
from moto.core.botocore_stubber import BotocoreStubber
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.core.utils import get_service_model, method_names_from_class
from moto.dynamodb.responses import DynamoHandler

PROTOCOL = "DynamoDB_20120810."
AS_JSON = {
    "BatchGetItem",
    "BatchWriteItem",
    "DeleteItem",
    "GetItem",
    "PutItem",
    "Query",
    "Scan",
    "TransactGetItems",
    "TransactWriteItems",
    "UpdateItem",
}
"""The operations whose requests and answers hold no times, which are numbers in JSON."""

ANSWERS_AS_JSON = {f"{operation}Output" for operation in AS_JSON}

ON_AWS = ".amazonaws.com"


def skip_http(patch: pytest.MonkeyPatch) -> None:
    """Hand DynamoDB requests to moto's handler directly until `patch` is undone."""
    patch.setattr(BotocoreStubber, "process_request", _process_request)
    patch.setattr(SigV4Auth, "add_auth", _add_auth)
    patch.setattr(JSONSerializer, "serialize_to_request", _write_request)
    patch.setattr(JSONParser, "_handle_json_body", _read_answer)
    patch.setattr(models, "RESPONSES_METHODS", [])  # 1,288 URLs for the library `requests`, made again for each test
    patch.setattr(responses, "method_names_from_class", cache(method_names_from_class))
    patch.setattr(responses, "gen_amzn_requestid_long", _add_request_id)


class _DirectHandler(DynamoHandler):
    """moto's handler, which reads the request as botocore prepared it."""

    def __init__(self, request: Any) -> None:
        super().__init__()
        self.headers = {name.lower(): _text(value) for name, value in request.headers.items()}
        self.querystring: dict[str, Any] = {}
        self.response_headers = {"server": "amazon.com"}
        self.region = urlsplit(request.url).netloc.split(".")[1]
        self.current_account = DEFAULT_ACCOUNT_ID
        self.access_key = "AKIAEXAMPLE"
        self.uri_match: dict[str, Any] = {}
        content: Any = _Content(request, self.headers)
        self.parse_parameters(content)

    def parse_parameters(self, request: Any) -> None:
        if self._get_action() in AS_JSON and not _has_binary(request.data):
            self.params = json.loads(request.data)
        else:
            super().parse_parameters(request)

    def serialized(self, action_result: responses.ActionResult) -> Any:
        result, action = action_result.result, self._get_action()
        if not isinstance(result, dict) or action not in AS_JSON:
            return super().serialized(action_result)
        told = {name: value for name, value in result.items() if value is not None and name in _members_of(action)}
        try:
            return 200, {"Content-Type": "application/x-amz-json-1.0", **self.response_headers}, json.dumps(told)
        except TypeError:  # a binary value
            return super().serialized(action_result)


class _Content:
    """The members of a request that moto parses its parameters from."""

    def __init__(self, request: Any, headers: dict[str, str]) -> None:
        self.method, self.path, self.headers = request.method, "/", headers
        self.content_type = headers.get("content-type")
        self.data, self.values = request.body, dict[str, Any]()


@cache
def _members_of(operation: str) -> frozenset[str]:
    shape: Any = get_service_model("dynamodb").operation_model(operation).output_shape
    return frozenset(shape.members)


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


def _process_request(self: BotocoreStubber, request: Any) -> Any:
    target = _text(request.headers.get("X-Amz-Target", ""))
    if target.startswith(PROTOCOL) and ON_AWS in request.url:
        return _DirectHandler(request).call_action()
    return _process_any_request(self, request)


def _add_auth(self: Any, request: Any) -> None:
    if self._service_name != "dynamodb" or self.credentials is None:
        _sign(self, request)


def _add_request_id(headers: dict[str, Any]) -> str:
    headers["x-amzn-requestid"] = "MOTO"
    return "MOTO"


def _write_request(self: JSONSerializer, parameters: dict[str, Any], operation: Any) -> Any:
    if operation.service_model.service_name == "dynamodb" and operation.name in AS_JSON:
        try:
            body = json.dumps(parameters)
        except TypeError:  # a binary value
            return _write_any_request(self, parameters, operation)
        return {**_write_any_request(self, {}, operation), "body": body.encode()}
    return _write_any_request(self, parameters, operation)


def _read_answer(self: Any, body: bytes, shape: Any) -> Any:
    if shape.name in ANSWERS_AS_JSON and not _has_binary(body):
        return json.loads(body)
    return _read_any_answer(self, body, shape)


def _has_binary(body: bytes) -> bool:
    return b'"B":' in body or b'"BS":' in body


_write_any_request: Any = JSONSerializer.serialize_to_request
_read_any_answer: Any = vars(JSONParser)["_handle_json_body"]
_process_any_request = BotocoreStubber.process_request
_sign = SigV4Auth.add_auth
