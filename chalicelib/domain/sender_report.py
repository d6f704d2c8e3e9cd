"""What a sender says of a handoff beside the notes: suspicion, reason, whom it affects."""

from enum import StrEnum

from chalicelib.domain.frozen_model import FrozenModel


class Reason(StrEnum):
    """Why the sender goes no further."""

    NEEDS_ACCESS = "needs_access"
    STEPS_EXHAUSTED = "steps_exhausted"
    NO_PROCEDURE = "no_procedure"
    DEADLINE = "deadline"
    OUT_OF_SCOPE = "out_of_scope"
    UNSURE = "unsure"

    @property
    def words(self) -> str:
        """The reason as a record says it."""
        return _REASONS[self]


_REASONS = {
    Reason.NEEDS_ACCESS: "needs access",
    Reason.STEPS_EXHAUSTED: "out of steps",
    Reason.NO_PROCEDURE: "no procedure",
    Reason.DEADLINE: "deadline",
    Reason.OUT_OF_SCOPE: "out of scope",
    Reason.UNSURE: "not sure",
}


class Affected(StrEnum):
    """Whom the problem hits at the client."""

    ONE = "one"
    SOME = "some"
    SITE = "site"
    COMPANY = "company"

    @property
    def words(self) -> str:
        """Those affected, as a record says it."""
        return {Affected.ONE: "one person", Affected.SOME: "some people"}.get(self, f"the whole {self.value}")


class SenderReport(FrozenModel):
    """What the sender says in a click each: what they suspect, why they go no further, whom the problem hits."""

    suspicion: str | None = None
    reason: Reason | None = None
    affected: Affected | None = None
