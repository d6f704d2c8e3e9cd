"""The routing table: made from the modules of the routes, each of which a first request imports."""

import json
import subprocess
import sys
from importlib import import_module
from pkgutil import iter_modules

import pytest
from chalice.app import Chalice
from chalice.test import Client

from chalicelib import entry
from chalicelib.entry.api import Api
from chalicelib.entry.routing import register_route
from infra.routing_table import MODULES, TABLE, render
from tests.support.api.fixtures import Gate
from tests.support.api.problems import assert_problem


def test_table_is_up_to_date() -> None:
    assert TABLE.read_text(encoding="utf-8") == render()


def test_table_has_every_module_with_routes_which_are_called_as_it_is() -> None:
    with_routes = {
        (module.name, name)
        for module in iter_modules(entry.__path__)
        for name, value in vars(import_module(f"chalicelib.entry.{module.name}")).items()
        if isinstance(value, Api)
    }

    assert with_routes == {(module, module) for module in MODULES}


FIRST_REQUEST = """
import json, sys
from chalice.test import Client
from app import app
before = set(sys.modules)
answer = Client(app).http.get({path!r})
imported = [name for name in set(sys.modules) - before if name.startswith("chalicelib.entry.")]
print(json.dumps([answer.status_code, sorted(imported)]))
"""


@pytest.mark.parametrize(
    ("path", "status", "modules"),
    [
        ("/health", 200, ["chalicelib.entry.meta"]),
        ("/sessions/1/handoffs", 401, ["chalicelib.entry.handoffs"]),
        ("/webhooks/acme/psa", 204, ["chalicelib.entry.webhooks"]),
    ],
)
def test_first_request_imports_the_module_of_its_route_alone(path: str, status: int, modules: list[str]) -> None:
    run = subprocess.run(  # noqa: S603  a program of this file
        [sys.executable, "-c", FIRST_REQUEST.format(path=path)], capture_output=True, text=True, check=True
    )

    assert json.loads(run.stdout.splitlines()[-1]) == [status, modules]


def test_module_that_cannot_be_imported_is_answered_500(gate: Gate, caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> Api:
        raise ImportError("canary-5b1d")

    app = Chalice(app_name="broken", configure_logs=False)
    register_route(app, "get_broken", "GET /broken", broken)
    gate.api.http = Client(app).http

    answer = gate.api.call("GET", "/broken")

    assert_problem(answer, 500, "internal_error")
    assert "canary" not in answer.text
    assert [(record.message, vars(record)["route"]) for record in caplog.records] == [("failed", "get_broken")]
