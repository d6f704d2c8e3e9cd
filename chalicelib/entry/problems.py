"""The one table that says how HTTP puts what went wrong."""

from collections.abc import Sequence

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from chalicelib.contracts.problem import FieldError, Problem
from chalicelib.domain import errors

MOST_FIELD_ERRORS = 20
"""How many wrong fields are named: enough to mend a request, and never more to send than was received."""


class BadJson(errors.DomainError):
    """The body is no JSON object."""


class BadShape(errors.DomainError):
    """The request breaks the contract; `found` says where."""

    def __init__(self, found: Sequence[FieldError]) -> None:
        super().__init__("; ".join(f"{error.pointer}: {error.detail}" for error in found))
        self.found = list(found)

    @classmethod
    def of(cls, failure: ValidationError) -> "BadShape":
        """Say in our words what pydantic found, without repeating what was sent."""
        found = failure.errors(include_url=False, include_input=False)
        return cls([_field_error(error) for error in found[:MOST_FIELD_ERRORS]])


class TooLarge(errors.DomainError):
    """The body is larger than any request needs to be."""


TABLE: dict[type[errors.DomainError], tuple[int, str, str]] = {
    BadJson: (400, "invalid_json", "The body is not JSON"),
    BadShape: (422, "invalid_request", "The request breaks the contract"),
    TooLarge: (413, "payload_too_large", "The body is too large"),
    errors.InvalidRequest: (422, "invalid_request", "The request breaks the contract"),
    errors.IdempotencyMismatch: (422, "idempotency_mismatch", "The key was used with another body"),
    errors.Unauthenticated: (401, "unauthenticated", "Sign in first"),
    errors.Forbidden: (403, "forbidden", "You may not do this"),
    errors.OwnHandoff: (403, "own_handoff", "This is your own handoff"),
    errors.NotFound: (404, "not_found", "Not found"),
    errors.AlreadyClaimed: (409, "already_claimed", "Already picked up"),
    errors.StaleEpoch: (409, "stale_epoch", "The session changed hands"),
    errors.InvalidState: (409, "invalid_state", "Not possible now"),
    errors.Unavailable: (503, "unavailable", "Not available right now"),
}
"""Status, code and title of every refusal."""


def problem_of(refusal: errors.DomainError) -> Problem:
    """Return the error document for `refusal`."""
    status, code, title = TABLE[type(refusal)]
    return Problem(title=title, status=status, code=code, detail=str(refusal), **_fields_of(refusal))


def internal_problem() -> Problem:
    """Return the error document for a failure of ours; it tells nothing of what failed."""
    return Problem(
        title="Something went wrong on our side",
        status=500,
        code="internal_error",
        detail="The error has been logged. Try again; if it stays, tell your administrator the request id.",
    )


def retry_after_s(refusal: errors.DomainError | None) -> int | None:
    """Return when it makes sense to ask again, None when it does not."""
    return refusal.retry_after_s if isinstance(refusal, errors.Unavailable) else None


def _fields_of(refusal: errors.DomainError) -> dict[str, object]:
    match refusal:
        case BadShape():
            return {"errors": refusal.found}
        case errors.InvalidRequest():
            return {"errors": [FieldError(pointer=refusal.pointer, detail=str(refusal))]}
        case errors.AlreadyClaimed():
            return {"claimed_by": refusal.claimed_by, "claimed_at": refusal.claimed_at}
        case errors.StaleEpoch():
            return {"current_epoch": refusal.current_epoch}
        case errors.InvalidState():
            return {"current_status": refusal.status}
    return {}


def _field_error(error: ErrorDetails) -> FieldError:
    path = "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in _place_of(error))
    detail = error["msg"].removeprefix("Value error, ")
    return FieldError(pointer=path[:200], detail=detail[:300])


def _place_of(error: ErrorDetails) -> tuple[int | str, ...]:
    """Where the error is; inside of an object, a name that the sender made up is part of what was sent."""
    place = error["loc"]
    if place and place[-1] == "[key]":
        return place[:-2]
    is_made_up = error["type"] == "extra_forbidden" and len(place) > 1
    return place[:-1] if is_made_up else place
