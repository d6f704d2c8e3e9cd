"""The PSA's side of a case: its tickets, what we ask of them, and how a PSA says no."""

from chalicelib.domain.instants import Instant
from chalicelib.domain.value import Value


class PsaTicket(Value):
    """A ticket as the PSA holds it now. `number` is what people call it; names are there where the PSA tells them."""

    id: str
    number: str
    summary: str
    status_id: str
    status_name: str | None
    is_closed: bool
    company: str | None
    contact: str | None
    priority: str | None
    owner_id: str | None
    owner_name: str | None
    updated_at: Instant | None
    owner_email: str | None = None
    url: str | None = None


class PsaFault(Exception):
    """The PSA did not do what was asked. The sentence is for people: what went wrong, and where to mend it.

    It holds no secret of ours; words of the PSA itself are cut short and masked.
    """


class PsaRefused(PsaFault):
    """The PSA will not do it however often it is asked: credentials, permissions, a ticket that is gone, bad input."""


class PsaUnavailable(PsaFault):
    """The PSA could not do it now; `retry_after_s` is how long it asks to be left alone, None when it does not say."""

    def __init__(self, detail: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(detail)
        self.retry_after_s = retry_after_s
