"""Requests: who calls, with what body, and under which idempotency key."""

from datetime import UTC, datetime
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

from pydantic import BaseModel, ValidationError

from chalicelib.actions.people.identify_caller import identify_caller
from chalicelib.contracts.requests import PageQuery
from chalicelib.domain.errors import Forbidden, InvalidRequest, NotFound
from chalicelib.domain.instants import to_milliseconds
from chalicelib.domain.keyed_request import KeyedRequest
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller
from chalicelib.entry.operations import Operation
from chalicelib.entry.problems import BadJson, BadShape, TooLarge

BODY_LIMIT = 128 * 1024
"""The largest body accepted, in bytes: three times the longest text in four-byte characters."""

ID_LIMIT = 128
"""The longest engineer or integration id, in characters. DynamoDB itself refuses much longer ones as keys."""

BodyT = TypeVar("BodyT")


class Call(NamedTuple, Generic[BodyT]):
    """One authenticated request. `body` is the body of a POST or PUT, else the query."""

    caller: Caller
    at: datetime
    body: BodyT
    request: KeyedRequest | None
    """Identifies repeats of the request; only with an `Idempotency-Key`."""

    @property
    def page(self) -> PageRequest:
        """The part of the list that the query asks for."""
        if not isinstance(self.body, PageQuery):
            raise TypeError("this route takes no page")
        return PageRequest(self.body.limit, self.body.cursor)


def read_call(request: Any, operation: Operation, ids: dict[str, str]) -> Call[Any]:
    """Authenticate, authorize and validate a request of Chalice's; `ids` are the parameters of the path.

    Raises Unauthenticated, Forbidden, NotFound for an id that cannot exist, TooLarge, BadJson, BadShape, InvalidRequest
    for a bad idempotency key, and Unavailable when the identity provider's keys cannot be read.
    """
    caller = identify_caller(request.headers.get("authorization"))
    if operation.role and not caller.role.is_at_least(operation.role):
        raise Forbidden.for_role(caller.role, operation.role)
    _require_ids(ids)
    body = _parse(request, operation)
    route = "/".join([operation.name, *ids.values()])
    return Call(caller, to_milliseconds(datetime.now(UTC)), body, _keyed(request, operation, caller, route, body))


def request_id(request: Any) -> str:
    """Return the id that API Gateway gave the request; empty without one."""
    return str((request.context or {}).get("requestId", ""))


def _require_ids(ids: dict[str, str]) -> None:
    """Raise NotFound for an id that no item can have, as for an absent one: no read of DynamoDB needed."""
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
        raise TooLarge(f"The body has {len(raw)} bytes; at most {BODY_LIMIT} are accepted.")
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
