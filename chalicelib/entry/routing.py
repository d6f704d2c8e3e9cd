"""Routing: Chalice knows all routes from a table, and the first request to a route imports the route's module.

`chalicelib/routes.json` has the method and path of every route by its module and its handler. It is made from the
modules (`make openapi`), so that a route is declared in one place, at its handler.

Errors become problem documents here: Chalice turns an exception into a 500 before any middleware runs.
"""

import json
from collections.abc import Callable
from importlib import import_module
from importlib.resources import files
from urllib.parse import unquote

from chalice.app import Chalice, Response

from chalicelib import log
from chalicelib.actions.classify_failure import classify_failure
from chalicelib.domain.errors import DomainError
from chalicelib.entry.api import Api
from chalicelib.entry.problems import InternalError, problem_of
from chalicelib.entry.requests import request_id
from chalicelib.entry.responses import refuse

Table = dict[str, dict[str, str]]


def routes_of_modules() -> Table:
    """Return the method and path of every route, by module and handler."""
    table: Table = json.loads(files("chalicelib").joinpath("routes.json").read_text(encoding="utf-8"))
    return table


def api_of(module: str) -> Api:
    """Return the routes of a module of `entry`, which is imported if it was not."""
    api: Api = getattr(import_module(f"chalicelib.entry.{module}"), module)
    return api


def register_routes(app: Chalice) -> None:
    """Make every route of the table known to Chalice."""
    for module, routes in routes_of_modules().items():
        for name, route in routes.items():
            register_route(app, name, route, lambda module=module: api_of(module))  # type: ignore[misc]


def register_route(app: Chalice, name: str, route: str, find: Callable[[], Api]) -> None:
    """Make a route known to Chalice, whose handler of that name is found when it is first asked for."""
    method, _, path = route.partition(" ")

    def view(**ids: str) -> Response:
        # API Gateway passes on what stands in the path as it was encoded, as in `auth0%7C42`
        decoded = {name: unquote(text) for name, text in ids.items()}
        with log.correlated(request_id(app.current_request)):
            return _guarded(name, lambda: find().handlers[name](app.current_request, decoded))

    view.__name__ = name
    # Chalice would refuse other content types in a form of its own; the body is parsed, and refused, by the handler
    app.route(path, methods=[method], content_types=["*/*"])(view)


def _guarded(name: str, answer: Callable[[], Response]) -> Response:
    try:
        return answer()
    except DomainError as refusal:
        log.info("refused", route=name, code=problem_of(refusal).code)
        return refuse(refusal)
    except Exception as failure:  # noqa: BLE001  the last border before Chalice, whose own log would quote the message
        log.error("failed", failure, route=name)
        return refuse(classify_failure(failure) or InternalError())
