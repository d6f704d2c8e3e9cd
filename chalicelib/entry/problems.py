"""The one table that maps errors to HTTP statuses and problem documents."""

from collections.abc import Sequence

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from chalicelib.contracts.pasted_text import spelling
from chalicelib.contracts.problem import FieldError, Problem
from chalicelib.domain import errors

MOST_FIELD_ERRORS = 20
"""How many wrong fields a problem document names, so that it is never much larger than the request."""


class BadJson(errors.DomainError):
    """The body is not JSON."""


class BadShape(errors.DomainError):
    """The request breaks the contract; `found` says where."""

    def __init__(self, found: Sequence[FieldError]) -> None:
        super().__init__("; ".join(f"{error.pointer}: {error.detail}" for error in found))
        self.found = list(found)

    @classmethod
    def of(cls, failure: ValidationError) -> "BadShape":
        """Describe what pydantic found, without repeating what was sent."""
        found = failure.errors(include_url=False, include_input=False)
        return cls([_field_error(error) for error in found[:MOST_FIELD_ERRORS]])


class TooLarge(errors.DomainError):
    """The body is larger than any request needs to be."""


class InternalError(errors.DomainError):
    """A failure on our side; it says nothing of what failed."""

    def __init__(self) -> None:
        super().__init__(
            "The error has been logged. Try again; if it persists, give your administrator the request id."
        )


TABLE: dict[type[errors.DomainError], tuple[int, str, str]] = {
    BadJson: (400, "invalid_json", "The body is not JSON"),
    BadShape: (422, "invalid_request", "The request breaks the contract"),
    TooLarge: (413, "payload_too_large", "The body is too large"),
    errors.InvalidRequest: (422, "invalid_request", "The request breaks the contract"),
    errors.IdempotencyMismatch: (422, "idempotency_mismatch", "The key was used with another body"),
    errors.Unauthenticated: (401, "unauthenticated", "Not authenticated"),
    errors.Forbidden: (403, "forbidden", "You may not do this"),
    errors.NoRole: (403, "forbidden", "You may not do this"),
    errors.RemovedFromDirectory: (403, "removed", "You were removed from the directory"),
    errors.OwnHandoff: (403, "own_handoff", "This is your own handoff"),
    errors.NotFound: (404, "not_found", "Not found"),
    errors.AlreadyClaimed: (409, "already_claimed", "Already picked up"),
    errors.DirectedElsewhere: (409, "directed_elsewhere", "Directed to somebody else"),
    errors.StaleEpoch: (409, "stale_epoch", "The session changed hands"),
    errors.InvalidState: (409, "invalid_state", "Not possible now"),
    errors.TooManyRequests: (429, "too_many_requests", "Try again later"),
    errors.Unavailable: (503, "unavailable", "Not available right now"),
    InternalError: (500, "internal_error", "Something went wrong on our side"),
}
"""Status, code and title of every error."""


def problem_of(refusal: errors.DomainError) -> Problem:
    """Return the error document for `refusal`."""
    status, code, title = TABLE[type(refusal)]
    return Problem(title=title, status=status, code=code, detail=str(refusal), **_fields_of(refusal))


def retry_after_s(refusal: errors.DomainError) -> int | None:
    """Return after how many seconds it makes sense to ask again, None when it does not."""
    return refusal.retry_after_s if isinstance(refusal, errors.Unavailable | errors.TooManyRequests) else None


def _fields_of(refusal: errors.DomainError) -> dict[str, object]:
    fields: dict[str, object] = {}
    match refusal:
        case BadShape():
            fields["errors"] = refusal.found
        case errors.InvalidRequest():
            fields["errors"] = [FieldError(pointer=refusal.pointer, detail=str(refusal))]
        case errors.AlreadyClaimed():
            fields |= {"claimed_by": refusal.claimed_by, "claimed_at": refusal.claimed_at}
        case errors.DirectedElsewhere():
            fields |= {"to": refusal.to, "directed_until": refusal.directed_until}
        case errors.StaleEpoch():
            fields["current_epoch"] = refusal.current_epoch
        case errors.TooManyRequests():
            fields["retry_at"] = refusal.retry_at
        case errors.InvalidState():
            fields["current_status"] = refusal.status
    return fields


def _field_error(error: ErrorDetails) -> FieldError:
    path = "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in _place_of(error))
    is_spelling = error["type"] == "string_pattern_mismatch"
    detail = spelling(error["ctx"]["pattern"]) if is_spelling else error["msg"].removeprefix("Value error, ")
    return FieldError(pointer=path[:200], detail=detail[:300])


def _place_of(error: ErrorDetails) -> tuple[int | str, ...]:
    """Return where the error is. An unknown name inside an object is left out: it is part of what was sent."""
    place = error["loc"]
    if place and place[-1] == "[key]":
        return place[:-2]
    is_made_up = error["type"] == "extra_forbidden" and len(place) > 1
    return place[:-1] if is_made_up else place
