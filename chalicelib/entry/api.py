"""Routing: a Chalice blueprint whose handlers return views, and whose errors become problem documents.

Chalice turns an exception into a 500 before any middleware runs, and functions of a blueprint skip the middleware of
the app, so errors are handled around the handler itself.
"""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from chalice.app import Blueprint, Response
from pydantic import BaseModel

from chalicelib import log
from chalicelib.actions.classify_failure import classify_failure
from chalicelib.domain.errors import DomainError, NoRole
from chalicelib.domain.people import Role
from chalicelib.entry.operations import Operation, Refusals
from chalicelib.entry.problems import InternalError, problem_of
from chalicelib.entry.requests import read_call, request_id
from chalicelib.entry.responses import View, refuse, respond

Route = Callable[..., Response]


class Api(Blueprint):
    """A blueprint of the HTTP API. `subject` is the tag of its routes in the OpenAPI document."""

    def __init__(self, import_name: str, subject: str) -> None:
        super().__init__(import_name)
        self.subject = subject
        self.operations: list[Operation] = []

    def operation(  # noqa: PLR0913  each argument is one promise of the route
        self,
        method: str,
        path: str,
        *,
        answers: type[BaseModel] | None,
        takes: type[BaseModel] | None = None,
        role: Role = Role.VIEWER,
        status: int = 200,
        is_keyed: bool = False,
        media_types: tuple[str, ...] = (),
        refuses: Refusals = (),
        without_role: Callable[[NoRole], View] | None = None,
    ) -> Callable[[Callable[..., View]], Route]:
        """Register a handler that takes a `Call` and the ids in the path, for callers of at least `role`.

        `takes` is the shape of the body, or of the query for a GET; `is_keyed` lets the route honor idempotency keys;
        `media_types` are those of the documents that it may answer beside JSON; `refuses` names its own errors;
        `without_role` answers a caller who has no role, where that is no refusal.
        """
        promised = Operation(method, path, self.subject, role, answers, takes, status, is_keyed, media_types, refuses)

        def register(handler: Callable[..., View]) -> Route:
            operation = promised.named_after(handler)

            def answer(request: Any, ids: dict[str, str]) -> View:
                try:
                    call = read_call(request, operation, ids)
                except NoRole as refusal:
                    if without_role is None:
                        raise
                    return without_role(refusal)
                return handler(call, **ids)

            def handle(request: Any, ids: dict[str, str]) -> Response:
                return _answer(operation, lambda: answer(request, ids))

            return self._route(operation, handle)

        return register

    def open_operation(
        self,
        method: str,
        path: str,
        *,
        answers: type[BaseModel] | None,
        takes: type[BaseModel] | None = None,
        status: int = 200,
        media_types: tuple[str, ...] = (),
        refuses: Refusals = (),
    ) -> Callable[[Callable[..., Response]], Route]:
        """Register a handler that needs no token: it takes Chalice's request and the ids, and responds by itself.

        What it raises becomes a problem document, as for any other route.
        """
        promised = Operation(
            method, path, self.subject, None, answers, takes, status, media_types=media_types, refuses=refuses
        )

        def register(handler: Callable[..., Response]) -> Route:
            operation = promised.named_after(handler)

            def handle(request: Any, ids: dict[str, str]) -> Response:
                return _guarded(operation, lambda: handler(request, **ids))

            return self._route(operation, handle)

        return register

    def _route(self, operation: Operation, handle: Callable[[Any, dict[str, str]], Response]) -> Route:
        self.operations.append(operation)

        def view(**ids: str) -> Response:
            # API Gateway passes on what stands in the path as it was encoded, as in `auth0%7C42`
            decoded = {name: unquote(text) for name, text in ids.items()}
            with log.correlated(request_id(self.current_request)):
                return handle(self.current_request, decoded)

        view.__name__ = operation.name
        # Chalice would refuse other content types in a form of its own; the body is parsed, and refused, here
        registered: Route = self.route(operation.path, methods=[operation.method], content_types=["*/*"])(view)
        return registered


def _answer(operation: Operation, handle: Callable[[], View]) -> Response:
    def answer() -> Response:
        response = respond(handle(), operation.status)
        log.info("answered", route=operation.name, status=operation.status)
        return response

    return _guarded(operation, answer)


def _guarded(operation: Operation, answer: Callable[[], Response]) -> Response:
    try:
        return answer()
    except DomainError as refusal:
        log.info("refused", route=operation.name, code=problem_of(refusal).code)
        return refuse(refusal)
    except Exception as failure:  # noqa: BLE001  the last border before Chalice, whose own log would quote the message
        log.error("failed", failure, route=operation.name)
        return refuse(classify_failure(failure) or InternalError())
