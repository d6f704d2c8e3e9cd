"""A handoff: the act and the record of handing a session over, and the rules of taking it up."""

from enum import StrEnum

from chalicelib.domain.assessment import AssessmentError, AssessmentStatus, Verdict
from chalicelib.domain.errors import AlreadyClaimed, DomainError, Forbidden, InvalidRequest, InvalidState, OwnHandoff
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller, Person, Role


class Intent(StrEnum):
    """Why the session is handed over: to a senior, or to anyone who resumes it later."""

    ESCALATE = "escalate"
    PARK = "park"


class HandoffStatus(StrEnum):
    """Where a handoff stands. `unclaimed` and `claimed` are open; the others are final."""

    UNCLAIMED = "unclaimed"
    CLAIMED = "claimed"
    WITHDRAWN = "withdrawn"
    PASSED_ON = "passed_on"
    RESOLVED = "resolved"


class Priority(StrEnum):
    """How urgent a handoff is, from least to most."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"

    @property
    def rank(self) -> int:
        """The place in a queue that starts with the most urgent: 0 for urgent, 3 for low."""
        return list(reversed(Priority)).index(self)


class TicketNotesStatus(StrEnum):
    """How far the PSA ticket's note has come."""

    NONE = "none"
    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"


class HandoffChange(StrEnum):
    """What the last change of a handoff was; two images alone do not always say it."""

    HANDED_OFF = "handed_off"
    CLAIMED = "claimed"
    RELEASED = "released"
    WITHDRAWN = "withdrawn"
    PASSED_ON = "passed_on"
    RESOLVED = "resolved"
    ASSESSMENT_REQUESTED = "assessment_requested"
    ASSESSMENT_SETTLED = "assessment_settled"
    TICKET_NOTES = "ticket_notes"
    TICKET_MOVED = "ticket_moved"


class Receipt(FrozenModel):
    """What a claim, release or withdrawal did: all that is known without reading anything."""

    handoff_id: str
    session_id: str
    status: HandoffStatus
    claimed_by: Person | None
    claimed_at: Instant | None


class Handoff(FrozenModel):
    """One handing over of one session, as its small row holds it; `HandoffDetail` adds what lies in parts beside it.

    `claim_epoch` is the session's epoch as of the last change of holder. `title` is one line with secrets masked, and
    `summary_start` the beginning of the summary. `due_at` is when the clock has to look at the handoff next.
    """

    account_id: str
    id: str
    session_id: str
    intent: Intent
    status: HandoffStatus
    priority: Priority
    sender: Person
    title: str
    summary_start: str
    problem_domain: str | None
    psa_ticket_id: str | None
    client: str | None = None
    step_count: int
    released_by: Person | None = None
    assessment_status: AssessmentStatus
    assessment_error: AssessmentError | None
    prompt_version: str | None = None
    pending_since: Instant | None
    verdict: Verdict | None
    claimed_by: Person | None
    claimed_at: Instant | None
    claim_epoch: int
    ticket_notes_status: TicketNotesStatus = TicketNotesStatus.NONE
    due_at: Instant | None = None
    change: HandoffChange
    actor: Person
    version: int
    created_at: Instant
    updated_at: Instant

    @property
    def receipt(self) -> Receipt:
        """The receipt of the change that brought the handoff to where it stands."""
        return Receipt(
            handoff_id=self.id,
            session_id=self.session_id,
            status=self.status,
            claimed_by=self.claimed_by,
            claimed_at=self.claimed_at,
        )

    def is_claimed_by(self, person: Person) -> bool:
        """Whether `person` holds the session by this handoff."""
        return self.status is HandoffStatus.CLAIMED and self.claimed_by is not None and self.claimed_by.id == person.id

    @property
    def claim_role(self) -> Role:
        """The least role that may claim: a senior takes an escalation, any engineer resumes what was parked."""
        return Role.SENIOR if self.intent is Intent.ESCALATE else Role.ENGINEER

    def is_own_escalation(self, by: Caller) -> bool:
        """Whether `by` asked for another pair of eyes with this handoff, and so cannot be that pair."""
        return self.intent is Intent.ESCALATE and self.sender.id == by.id

    def was_released_by(self, person: Person) -> bool:
        """Whether nobody has claimed the handoff since `person` put it back."""
        by = self.released_by
        return self.status is HandoffStatus.UNCLAIMED and by is not None and by.id == person.id

    def may_claim(self, by: Caller) -> bool:
        """Whether the rules let `by` claim a handoff of this intent and sender, whatever its status."""
        return by.role.is_at_least(self.claim_role) and not self.is_own_escalation(by)

    def refused_claim(self, by: Caller) -> DomainError:
        """Say why `by` did not win this handoff. To be asked of the image that the failed write returned."""
        if self.is_own_escalation(by):
            return OwnHandoff()
        if not self.may_claim(by):
            return Forbidden.for_role(by.role, self.claim_role)
        if self.status is HandoffStatus.CLAIMED and self.claimed_by and self.claimed_at:
            return AlreadyClaimed(self.claimed_by, self.claimed_at)
        return InvalidState(f"The handoff is {self.status}; there is nothing to pick up.", status=self.status)

    def refused_withdrawal(self, by: Person) -> DomainError:
        """Say why `by` cannot take this handoff back."""
        if self.sender.id != by.id:
            return Forbidden("Only the engineer who handed the session off can withdraw the handoff.")
        if self.status is HandoffStatus.CLAIMED and self.claimed_by and self.claimed_at:
            return AlreadyClaimed(self.claimed_by, self.claimed_at)
        return InvalidState(f"The handoff is {self.status}; it can no longer be withdrawn.", status=self.status)

    def require_releasable(self, by: Person) -> None:
        """Raise unless `by` holds the session by this handoff and so may put it back.

        Raises InvalidState when nobody does, Forbidden when somebody else does.
        """
        if self.status is not HandoffStatus.CLAIMED:
            raise InvalidState(f"The handoff is {self.status}; there is nothing to release.", status=self.status)
        if not self.is_claimed_by(by):
            raise Forbidden("Only the engineer who picked the session up can release it.")

    def judged(self, verdict: Verdict | None) -> Verdict | None:
        """Return the verdict to keep: `unknown` when the assessment was ready and nobody judged it.

        Raises InvalidRequest for a verdict on an assessment that is not there.
        """
        if self.assessment_status is AssessmentStatus.READY:
            return verdict or Verdict.UNKNOWN
        if verdict not in (None, Verdict.UNKNOWN):
            raise InvalidRequest(
                "/assessment_verdict", f"There is no assessment to judge; it is {self.assessment_status}."
            )
        return None

    def newly_asks_for_assessment(self, old: "Handoff | None") -> bool:
        """Whether the change from `old` to this is what asks the AI, rather than one that happens while it works."""
        is_asked = self.assessment_status is AssessmentStatus.PENDING
        return is_asked and (old is None or old.pending_since != self.pending_since)

    def require_assessment_missing(self) -> None:
        """Raise InvalidState unless the assessment is unavailable and so may be asked for again."""
        if self.assessment_status is not AssessmentStatus.UNAVAILABLE:
            detail = f"The assessment is {self.assessment_status}; it can be asked for again only when unavailable."
            raise InvalidState(detail, status=self.assessment_status)
