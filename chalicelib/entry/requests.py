"""Requests: who calls, with what body, and under which idempotency key."""

import re
from datetime import datetime
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

from pydantic import BaseModel, ValidationError

from chalicelib.actions.people.identify_caller import identify_caller
from chalicelib.contracts.marked_request import MarkedRequest
from chalicelib.contracts.page_query import PageQuery
from chalicelib.domain.errors import Forbidden, InvalidRequest, NotFound
from chalicelib.domain.keyed_request import KeyedRequest
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller
from chalicelib.entry.operations import Operation
from chalicelib.entry.problems import BadJson, BadShape, TooLarge
from chalicelib.entry.wall_clock import current_instant

BODY_LIMIT = 128 * 1024
"""The largest body accepted, in bytes: three times the longest text in four-byte characters."""

ID_LIMIT = 128
"""The longest engineer or integration id, in characters. DynamoDB itself refuses much longer ones as keys."""

BodyT = TypeVar("BodyT")
ModelT = TypeVar("ModelT", bound=BaseModel)

_THINGS = {"target_id": "webhook", "seq": "turn", "page_id": "test message"}
"""What an id is of, where its name does not say it."""


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
    return Call(caller, current_instant(), body, _keyed(request, operation, caller, route, body))


def request_id(request: Any) -> str:
    """Return the id that API Gateway gave the request; empty without one."""
    return str((request.context or {}).get("requestId", ""))


def _require_ids(ids: dict[str, str]) -> None:
    """Raise NotFound for an id that no item can have, as for an absent one: no read of DynamoDB needed."""
    absent = [name for name, text in ids.items() if not _may_exist(name, text)]
    if absent:
        named = "integration_id" if "integration_id" in absent else list(ids)[-1]  # without one there are no tickets
        raise NotFound(_THINGS.get(named, named.removesuffix("_id")))


def _may_exist(name: str, text: str) -> bool:
    if name == "seq":
        return re.fullmatch("[1-9][0-9]{0,8}", text, re.ASCII) is not None
    if name not in ("session_id", "handoff_id"):
        return len(text) <= ID_LIMIT
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def read_body(request: Any, shape: type[ModelT]) -> ModelT:
    """Return the JSON body of a request of Chalice's. Raises TooLarge, BadJson and BadShape."""
    _require_size(request)
    try:
        return shape.model_validate_json(request.raw_body or b"{}", strict=True)
    except ValidationError as failure:
        if failure.errors()[0]["type"] == "json_invalid":
            raise BadJson("The body is not valid JSON in UTF-8.") from failure
        raise BadShape.of(failure) from failure


def _require_size(request: Any) -> None:
    size = len(request.raw_body)
    if size > BODY_LIMIT:
        raise TooLarge(f"The body has {size} bytes; at most {BODY_LIMIT} are accepted.")


def _parse(request: Any, operation: Operation) -> BaseModel | None:
    _require_size(request)
    if operation.takes is None:
        return None
    if operation.method == "GET":
        return read_query(request, operation.takes)
    body = read_body(request, operation.takes)
    return body.masked() if isinstance(body, MarkedRequest) else body


def read_query(request: Any, shape: type[ModelT]) -> ModelT:
    """Return the query of a request of Chalice's. Raises BadShape."""
    try:
        return shape.model_validate(dict(request.query_params or {}))
    except ValidationError as failure:
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
