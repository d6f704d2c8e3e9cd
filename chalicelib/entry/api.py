"""Routes: a Chalice blueprint whose handlers get a `Call` and return a view, and whose refusals become problems.

Chalice turns an exception into a 500 before any middleware sees it, so this is done around the handler itself.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

from chalice.app import Blueprint, Response
from pydantic import BaseModel, ValidationError

from chalicelib import log
from chalicelib.actions.classify_failure import classify_failure
from chalicelib.actions.people.identify_caller import identify_caller
from chalicelib.contracts.requests import PageQuery
from chalicelib.domain.errors import DomainError, Forbidden, InvalidRequest, NotFound
from chalicelib.domain.instants import to_milliseconds
from chalicelib.domain.keyed_request import KeyedRequest
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller, Role
from chalicelib.entry.problems import BadJson, BadShape, TooLarge, internal_problem, problem_of, retry_after_s

BODY_LIMIT = 128 * 1024
"""The largest body taken, in bytes: three times the longest text in four-byte characters."""

ID_LIMIT = 128
"""The longest id that a person has, in characters. DynamoDB itself refuses much longer ones as keys."""

BodyT = TypeVar("BodyT")


class Call(NamedTuple, Generic[BodyT]):
    """One request: who asks, when, for what. `body` is the body of a POST or PUT, else the query."""

    caller: Caller
    at: datetime
    body: BodyT
    request: KeyedRequest | None
    """What makes the request harmless when it comes twice; only with an `Idempotency-Key`."""

    @property
    def page(self) -> PageRequest:
        """The part of the list that the query asks for."""
        if not isinstance(self.body, PageQuery):
            raise TypeError("this route takes no page")
        return PageRequest(self.body.limit, self.body.cursor)


class Document(NamedTuple):
    """An answer that is no JSON. It is shown as what it is, and nothing in it runs."""

    content: str
    media_type: str


View = BaseModel | Document | None


class Operation(NamedTuple):
    """What a route promises: the source of the OpenAPI document, and of the tests that walk over all routes."""

    method: str
    path: str
    name: str
    summary: str
    role: Role | None
    takes: type[BaseModel] | None
    answers: type[BaseModel] | None
    status: int
    is_keyed: bool
    media_types: tuple[str, ...] = ()
    """What else than JSON may be answered."""


class Api(Blueprint):
    """A blueprint of the HTTP API."""

    def __init__(self, import_name: str) -> None:
        super().__init__(import_name)
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
    ) -> Callable[[Callable[..., View]], Callable[..., Response]]:
        """Register a handler that takes a `Call` and the ids in the path, for callers of at least `role`.

        `takes` is the shape of the body, or of the query for a GET; `is_keyed` lets the route honour idempotency keys;
        `media_types` are those of the documents that it may answer beside JSON.
        """

        def register(handler: Callable[..., View]) -> Callable[..., Response]:
            name, summary = handler.__name__, (handler.__doc__ or "").strip()
            operation = Operation(method, path, name, summary, role, takes, answers, status, is_keyed, media_types)
            self.operations.append(operation)

            @wraps(handler)
            def view(**ids: str) -> Response:
                with log.correlated(_request_id(self.current_request)):
                    return _answer(operation, lambda: handler(_read(self.current_request, operation, ids), **ids))

            # Chalice would refuse other content types in a form of its own; the body is parsed, and refused, here
            registered: Callable[..., Response] = self.route(path, methods=[method], content_types=["*/*"])(view)
            return registered

        return register


def _answer(operation: Operation, handle: Callable[[], View]) -> Response:
    try:
        answer = _respond(handle(), operation.status, {})
    except DomainError as refusal:
        problem = problem_of(refusal)
        log.info("refused", route=operation.name, code=problem.code)
        return _respond(problem, problem.status, _when_to_ask_again(refusal))
    except Exception as failure:  # noqa: BLE001  the last border before Chalice, whose own log would quote the message
        log.error("failed", failure, route=operation.name)
        outage = classify_failure(failure)
        problem = problem_of(outage) if outage else internal_problem()
        return _respond(problem, problem.status, _when_to_ask_again(outage))
    log.info("answered", route=operation.name, status=operation.status)
    return answer


def _when_to_ask_again(refusal: DomainError | None) -> dict[str, str]:
    wait = retry_after_s(refusal)
    return {"Retry-After": str(wait)} if wait else {}


def _respond(view: View, status: int, headers: dict[str, str]) -> Response:
    is_problem = status >= 400
    if isinstance(view, Document):
        body, media_type = view.content, f"{view.media_type}; charset=utf-8"
        headers = {"Content-Security-Policy": "default-src 'none'; sandbox", **headers}
    else:
        body = view.model_dump_json(by_alias=True, exclude_none=is_problem) if view else ""
        media_type = "application/problem+json" if is_problem else "application/json"
    return Response(
        body=body,
        status_code=status,
        headers={
            "Content-Type": media_type,
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "X-Request-Id": log.correlation_id(),
            **headers,
        },
    )


def _read(request: Any, operation: Operation, ids: dict[str, str]) -> Call[Any]:
    caller = identify_caller(request.headers.get("authorization"))
    if operation.role and not caller.role.is_at_least(operation.role):
        raise Forbidden.for_role(caller.role, operation.role)
    _require_ids(ids)
    body = _parse(request, operation)
    route = "/".join([operation.name, *ids.values()])
    return Call(caller, to_milliseconds(datetime.now(UTC)), body, _keyed(request, operation, caller, route, body))


def _require_ids(ids: dict[str, str]) -> None:
    """Refuse ids that nothing of ours can have in the words for those that nothing has: no look at DynamoDB needed."""
    if not all(_may_exist(name, text) for name, text in ids.items()):
        raise NotFound(list(ids)[-1].removesuffix("_id"))


def _may_exist(name: str, text: str) -> bool:
    if name not in ("session_id", "handoff_id"):
        return len(text) <= ID_LIMIT
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _parse(request: Any, operation: Operation) -> BaseModel | None:
    raw = request.raw_body
    if len(raw) > BODY_LIMIT:
        raise TooLarge(f"The body has {len(raw)} bytes; at most {BODY_LIMIT} are taken.")
    if operation.takes is None:
        return None
    try:
        if operation.method == "GET":
            return operation.takes.model_validate(dict(request.query_params or {}))
        return operation.takes.model_validate_json(raw or b"{}", strict=True)
    except ValidationError as failure:
        if failure.errors()[0]["type"] == "json_invalid":
            raise BadJson("The body is not valid JSON in UTF-8.") from failure
        raise BadShape.of(failure) from failure


def _keyed(
    request: Any, operation: Operation, caller: Caller, route: str, body: BaseModel | None
) -> KeyedRequest | None:
    key = request.headers.get("idempotency-key")
    if key is None or not operation.is_keyed or body is None:
        return None
    if not (1 <= len(key) <= 255 and key.isascii() and key.isprintable()):
        raise InvalidRequest("/Idempotency-Key", "An Idempotency-Key is 1 to 255 printable ASCII characters.")
    return KeyedRequest.of(caller, route, key, body.model_dump_json())


def _request_id(request: Any) -> str:
    return str((request.context or {}).get("requestId", ""))
