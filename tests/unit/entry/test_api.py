"""What holds for every route and function of the app, whatever it does."""

import ast
import inspect
from importlib import import_module
from typing import Any

import pytest
from chalice.app import Chalice
from chalice.test import Client

from app import app
from chalicelib.contracts.health_view import HealthView
from chalicelib.domain.people import Role
from chalicelib.entry.api import Api
from chalicelib.entry.requests import Call
from chalicelib.entry.routing import register_route
from infra.routing_table import MODULES
from tests.support.api.client import ApiClient
from tests.support.api.fixtures import Gate
from tests.support.builders import JANE

LONGEST_HANDLER = 10
"""Lines from `def` to the end, docstring included, decorators not."""

EVERY_ANSWER = {"content-type", "cache-control", "x-content-type-options", "x-request-id"}
WEBHOOK = "/webhooks/acme/absent"


def long_handlers(source: str) -> list[str]:
    """The handlers of a module of `entry` that are too long; a handler is what an `….operation(…)` decorates."""
    return [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef)
        and any(_is_operation(decorator) for decorator in node.decorator_list)
        and (node.end_lineno or node.lineno) - node.lineno + 1 > LONGEST_HANDLER
    ]


def _is_operation(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else None
    return isinstance(called, ast.Attribute) and called.attr == "operation"


@pytest.mark.parametrize("module", MODULES)
def test_handler_has_at_most_ten_lines(module: str) -> None:
    source = inspect.getsource(import_module(f"chalicelib.entry.{module}"))

    assert long_handlers(source) == []


def test_handler_of_eleven_lines_is_found() -> None:
    source = "@routes.operation('GET', '/a', answers=None)\ndef get_a(call):\n" + "    pass\n" * 10

    assert long_handlers(source) == ["get_a"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/health", 200), ("GET", "/openapi.json", 200), ("GET", "/me", 401), ("POST", WEBHOOK, 404)],
)
def test_every_answer_carries_the_same_headers(gate: Gate, method: str, path: str, status: int) -> None:
    answer = gate.api.call(method, path)

    assert answer.status == status
    assert answer.headers.keys() >= EVERY_ANSWER
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_app_has_no_middleware_which_blueprint_functions_would_skip() -> None:
    assert app.middleware_handlers == []


@pytest.fixture
def unserializable(gate: Gate) -> ApiClient:
    """An API of one route, whose answer JSON refuses."""
    routes, tried = Api("service"), Chalice(app_name="unserializable", configure_logs=False)
    routes.operation("GET", "/guarded", answers=HealthView, role=Role.VIEWER)(get_broken_view)
    register_route(tried, "get_broken_view", "GET /guarded", lambda: routes)
    client = ApiClient(gate.api.provider)
    client.http = Client(tried).http
    return client


def get_broken_view(_: Call[None]) -> HealthView:
    broken: Any = object()
    return HealthView.model_construct(status=broken, version="1", zone_data_version="2026f")


def test_body_that_json_refuses_is_answered_500(unserializable: ApiClient) -> None:
    answer = unserializable.call("GET", "/guarded", by=JANE)

    assert (answer.status, answer.json["code"]) == (500, "internal_error")
