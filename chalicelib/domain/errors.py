"""Errors of the domain. Each says what happened; `entry` alone maps it to HTTP."""

from datetime import datetime
from math import ceil

from chalicelib.domain.people import Person, Role


class DomainError(Exception):
    """Base of every error of the product's own; its message is a sentence for the caller."""


class Unauthenticated(DomainError):
    """The caller is not authenticated."""


class NotFound(DomainError):
    """There is no such thing in the caller's account, or the caller may not know of it."""

    def __init__(self, thing: str) -> None:
        super().__init__(f"There is no such {thing}.")


class Forbidden(DomainError):
    """The caller's role or standing does not allow this."""

    @classmethod
    def for_role(cls, role: Role, needed: Role) -> "Forbidden":
        """The caller's role is below the one needed."""
        return cls(f"This needs the role {needed} or higher; yours is {role}.")


class NoRole(Forbidden):
    """The caller is known and has none of the roles."""

    def __init__(self, account_id: str, person: Person, email: str) -> None:
        super().__init__(
            "Your sign-in has none of the roles viewer, engineer, senior or admin. Ask your administrator."
        )
        self.account_id, self.person, self.email = account_id, person, email


class RemovedFromDirectory(Forbidden):
    """The caller was removed from the directory after they signed in."""

    def __init__(self) -> None:
        super().__init__("An administrator removed you from FlowPilot. Sign in again if you should still have access.")


class OwnHandoff(DomainError):
    """The engineer who escalated may not claim the escalation."""

    def __init__(self) -> None:
        super().__init__("You handed this session off; another senior has to pick it up. You can withdraw it instead.")


class AlreadyClaimed(DomainError):
    """Somebody else won the claim."""

    def __init__(self, claimed_by: Person, claimed_at: datetime) -> None:
        super().__init__(f"{claimed_by.name} has already picked this up.")
        self.claimed_by = claimed_by
        self.claimed_at = claimed_at


class DirectedElsewhere(DomainError):
    """The handoff is directed to somebody else, who alone may claim it until then."""

    def __init__(self, to: Person, directed_until: datetime) -> None:
        super().__init__(f"This is directed to {to.name}; for now only they may pick it up.")
        self.to = to
        self.directed_until = directed_until


class StaleEpoch(DomainError):
    """The session has changed hands since the caller last looked."""

    def __init__(self, current_epoch: int) -> None:
        super().__init__("The session has changed hands since you loaded it. Load it again.")
        self.current_epoch = current_epoch


class InvalidState(DomainError):
    """The thing is in a status that does not allow this."""

    def __init__(self, detail: str, *, status: str) -> None:
        super().__init__(detail)
        self.status = status


class InvalidRequest(DomainError):
    """A field of the request is well-formed and still cannot be accepted; `pointer` names it (RFC 6901)."""

    def __init__(self, pointer: str, detail: str) -> None:
        super().__init__(detail)
        self.pointer = pointer


class IdempotencyMismatch(DomainError):
    """The `Idempotency-Key` was used before, with another body."""

    def __init__(self) -> None:
        super().__init__("This Idempotency-Key was already used with a different request body.")


class Unavailable(DomainError):
    """A dependency did not answer in time; the request may be repeated safely."""

    def __init__(self, detail: str, *, retry_after_s: int) -> None:
        super().__init__(detail)
        self.retry_after_s = retry_after_s


class TooManyRequests(DomainError):
    """The caller has used up a limit, or the request should be sent again later; nothing was written.

    `retry_at` is when the limit is renewed, where one is known.
    """

    def __init__(self, detail: str, *, retry_after_s: int, retry_at: datetime | None = None) -> None:
        super().__init__(detail)
        self.retry_after_s = retry_after_s
        self.retry_at = retry_at

    @classmethod
    def until(cls, end: datetime, detail: str, *, at: datetime) -> "TooManyRequests":
        """Return the error, at `at`, for a limit that is renewed at `end`."""
        return cls(detail, retry_after_s=ceil((end - at).total_seconds()), retry_at=end)
