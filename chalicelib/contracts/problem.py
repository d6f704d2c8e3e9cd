"""The error document: RFC 9457 Problem Details for HTTP APIs, with a `code` that programs can rely on."""

from chalicelib.contracts.shape import StrictModel
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Person


class FieldError(StrictModel):
    """One thing wrong with a request; `pointer` (RFC 6901) names the field, in the body or the query."""

    pointer: str
    detail: str


class Problem(StrictModel):
    """An error. The fields after `detail` are present for the codes they belong to."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    errors: list[FieldError] | None = None
    claimed_by: Person | None = None
    claimed_at: Instant | None = None
    to: Person | None = None
    directed_until: Instant | None = None
    current_epoch: int | None = None
    current_status: str | None = None
    retry_at: Instant | None = None
