"""What can go wrong by the rules. Each error says what happened; `entry` alone knows how HTTP puts it."""

from datetime import datetime

from chalicelib.domain.people import Person, Role


class DomainError(Exception):
    """The base of every refusal that is the product's own, with a sentence for the person who asked."""


class Unauthenticated(DomainError):
    """The caller has not shown who they are."""


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
    """A neighbour needed for the answer did not do its part in time; asking again does no harm."""

    def __init__(self, detail: str, *, retry_after_s: int) -> None:
        super().__init__(detail)
        self.retry_after_s = retry_after_s
