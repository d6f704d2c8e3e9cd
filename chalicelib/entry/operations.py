"""The promises of a route: the source of the OpenAPI document, and of the tests that walk over all routes."""

from collections.abc import Callable
from typing import NamedTuple

from pydantic import BaseModel

from chalicelib.domain import errors
from chalicelib.domain.people import Role
from chalicelib.entry.problems import BadJson, BadShape, InternalError, TooLarge

Refusals = tuple[type[errors.DomainError], ...]


class Operation(NamedTuple):
    """What a route takes, answers and refuses."""

    method: str
    path: str
    subject: str
    role: Role | None
    """The least role of its callers; None for a route that needs no token."""
    answers: type[BaseModel] | None
    takes: type[BaseModel] | None = None
    """The shape of the body, or of the query for a GET."""
    status: int = 200
    is_keyed: bool = False
    """Whether the route honors an `Idempotency-Key`."""
    media_types: tuple[str, ...] = ()
    """Media types it may answer beside JSON."""
    refuses: Refusals = ()
    """Errors of its own, beside those that follow from the fields above."""
    name: str = ""
    summary: str = ""

    def named_after(self, handler: Callable[..., object]) -> "Operation":
        """Return the operation with the handler's name, and the first line of its docstring as summary."""
        summary = (handler.__doc__ or "").strip().partition("\n")[0]
        return self._replace(name=handler.__name__, summary=summary)

    @property
    def refusals(self) -> Refusals:
        """Every error that the route can answer."""
        found: list[type[errors.DomainError]] = [*self.refuses]
        if self.role:
            found += [errors.Unauthenticated, errors.Forbidden, TooLarge, errors.Unavailable, InternalError]
        if self.role and "{" in self.path:
            found.append(errors.NotFound)
        if self.takes:
            found.append(BadShape)
        if self.takes and self.method != "GET":
            found.append(BadJson)
        if self.is_keyed:
            found.append(errors.IdempotencyMismatch)
        return tuple(dict.fromkeys(found))
