"""The routes of a subject: handlers that return views, each with what it promises."""

from collections.abc import Callable
from typing import Any

from chalice.app import Response
from pydantic import BaseModel

from chalicelib import log
from chalicelib.domain.errors import NoRole
from chalicelib.domain.people import Role
from chalicelib.entry.operations import Operation, Refusals
from chalicelib.entry.requests import read_call
from chalicelib.entry.responses import View, respond

Handle = Callable[[Any, dict[str, str]], Response]
"""Answers a request of Chalice's, given the ids in its path."""


class Api:
    """The routes of a module. `subject` is their tag in the OpenAPI document.

    It has the name of its module, by which `entry/routing.py` finds it at the first request to one of its routes.
    """

    def __init__(self, subject: str) -> None:
        self.subject = subject
        self.operations: list[Operation] = []
        self.handlers: dict[str, Handle] = {}
        """By the name of the operation."""

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
    ) -> Callable[[Callable[..., View]], Callable[..., View]]:
        """Register a handler that takes a `Call` and the ids in the path, for callers of at least `role`.

        `takes` is the shape of the body, or of the query for a GET; `is_keyed` lets the route honor idempotency keys;
        `media_types` are those of the documents that it may answer beside JSON; `refuses` names its own errors;
        `without_role` answers a caller who has no role, where that is no refusal.
        """
        promised = Operation(method, path, self.subject, role, answers, takes, status, is_keyed, media_types, refuses)

        def register(handler: Callable[..., View]) -> Callable[..., View]:
            operation = promised.named_after(handler)

            def view_of(request: Any, ids: dict[str, str]) -> View:
                try:
                    call = read_call(request, operation, ids)
                except NoRole as refusal:
                    if without_role is None:
                        raise
                    return without_role(refusal)
                return handler(call, **ids)

            self._add(operation, lambda request, ids: _answer(operation, view_of(request, ids)))
            return handler

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
    ) -> Callable[[Callable[..., Response]], Callable[..., Response]]:
        """Register a handler that needs no token: it takes Chalice's request and the ids, and responds by itself."""
        promised = Operation(
            method, path, self.subject, None, answers, takes, status, media_types=media_types, refuses=refuses
        )

        def register(handler: Callable[..., Response]) -> Callable[..., Response]:
            self._add(promised.named_after(handler), lambda request, ids: handler(request, **ids))
            return handler

        return register

    def _add(self, operation: Operation, handle: Handle) -> None:
        self.operations.append(operation)
        self.handlers[operation.name] = handle


def _answer(operation: Operation, view: View) -> Response:
    response = respond(view, operation.status)
    log.info("answered", route=operation.name, status=operation.status)
    return response
