"""Hands DynamoDB requests to moto without the HTTP in between, which was half of a small request's time.

botocore still writes each request and reads each answer, and moto's own handler parses, checks and answers it. What is
left out has no effect on a table: signatures, the search for the service that a URL belongs to, werkzeug's request.
"""

from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest
from botocore.auth import SigV4Auth
from moto.core import models, responses
from moto.core.botocore_stubber import BotocoreStubber
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.core.utils import method_names_from_class
from moto.dynamodb.responses import DynamoHandler

PROTOCOL = "DynamoDB_20120810."
ON_AWS = ".amazonaws.com"


def skip_http(patch: pytest.MonkeyPatch) -> None:
    """Hand DynamoDB requests to moto's handler directly until `patch` is undone."""
    patch.setattr(BotocoreStubber, "process_request", _process_request)
    patch.setattr(SigV4Auth, "add_auth", _add_auth)
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


class _Content:
    """The members of a request that moto parses its parameters from."""

    def __init__(self, request: Any, headers: dict[str, str]) -> None:
        self.method, self.path, self.headers = request.method, "/", headers
        self.content_type = headers.get("content-type")
        self.data, self.values = request.body, dict[str, Any]()


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


_process_any_request = BotocoreStubber.process_request
_sign = SigV4Auth.add_auth
