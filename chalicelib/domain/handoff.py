"""A handoff: the act and the record of handing a session over, and the rules of taking it up."""

from enum import StrEnum

from chalicelib.domain.assessment import AssessmentError, AssessmentStatus, Verdict
from chalicelib.domain.clock.moments import Moment, SlaWarning, Waiting
from chalicelib.domain.errors import AlreadyClaimed, DomainError, Forbidden, InvalidRequest, InvalidState, StaleEpoch
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.handoff_change import HandoffChange, is_last_made
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller, Person, Role
from chalicelib.domain.sender_report import Affected, Reason
from chalicelib.domain.undone_claim import UndoneClaim


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


class Receipt(FrozenModel):
    """What a claim, release or withdrawal did: all that is known without reading anything."""

    handoff_id: str
    session_id: str
    status: HandoffStatus
    claimed_by: Person | None
    claimed_at: Instant | None


class Handoff(FrozenModel):
    """One handing over of one session, as its small row holds it; `HandoffDetail` adds what lies in parts beside it.

    `handed_off_by` is the admin who handed it off for its sender. `claim_epoch` is the session's epoch as of the last
    change of holder. `title` has secrets masked. `client_key` is what rules for clients are found by. `due_at` is when
    the clock looks at it next, at the latest; `next_moment` what people see as due; `look_s` how long after a claim it
    looks, 0 (at its next run) until it was planned. `level` and `round` are the ladder's step since `ladder_start`,
    assumed until the clock saw that it tells anybody, and early when it was reached before its time since nobody of
    those before was there; a claim keeps them.
    `reopened_at` and `reopened_by` are of the session's last reopening, until it is resolved again.
    """

    account_id: str
    id: str
    session_id: str
    intent: Intent
    status: HandoffStatus
    priority: Priority
    sender: Person
    handed_off_by: Person | None = None
    owner_id: str
    title: str
    summary_start: str
    problem_domain: str | None
    psa_ticket_id: str | None
    client: str | None = None
    client_key: str | None = None
    contact: str | None = None
    reason: Reason | None = None
    affected: Affected | None = None
    step_count: int
    released_by: Person | None = None
    withdrawn_by: Person | None = None
    undone_claim: UndoneClaim | None = None
    assessment_status: AssessmentStatus
    assessment_error: AssessmentError | None
    prompt_version: str | None = None
    pending_since: Instant | None
    verdict: Verdict | None
    reopened_at: Instant | None = None
    reopened_by: Person | None = None
    claimed_by: Person | None
    claimed_at: Instant | None
    claim_epoch: int
    ticket_notes_status: TicketNotesStatus = TicketNotesStatus.NONE
    to: Person | None = None
    directed_until: Instant | None = None
    ladder_start: Instant | None = None
    level: int | None = None
    round: int | None = None
    is_level_assumed: bool | None = None
    is_early: bool | None = None
    kept_at: Instant | None = None
    asked_at: Instant | None = None
    waiting: Waiting | None = None
    sla_due_at: Instant | None = None
    sla_warning: SlaWarning | None = None
    next_moment: Moment | None = None
    look_s: int = 0
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

    @property
    def is_open(self) -> bool:
        """Whether it waits to be claimed, or is held."""
        return self.status in (HandoffStatus.UNCLAIMED, HandoffStatus.CLAIMED)

    def is_claimed_by(self, person: Person) -> bool:
        """Whether `person` holds the session by this handoff."""
        return self.status is HandoffStatus.CLAIMED and self.claimed_by is not None and self.claimed_by.id == person.id

    def is_claimed_at(self, epoch: int | None) -> bool:
        """Whether the claim that stands is one that was made at `epoch`, the `claim_epoch` before it (None: at any)."""
        return self.status is HandoffStatus.CLAIMED and epoch in (None, self.claim_epoch - 1)

    @property
    def claim_role(self) -> Role:
        """The least role that may claim: a senior takes an escalation, any engineer resumes what was parked."""
        return Role.SENIOR if self.intent is Intent.ESCALATE else Role.ENGINEER

    def is_own_escalation(self, by: Caller) -> bool:
        """Whether `by` asked for another pair of eyes with this handoff, and so cannot be that pair."""
        return self.intent is Intent.ESCALATE and self.sender.id == by.id

    def was_released_by(self, by: Caller) -> bool:
        """Whether nobody has claimed the handoff since `by` put it back, or it was put back for them."""
        if self.status is not HandoffStatus.UNCLAIMED or self.released_by is None:
            return False
        is_for_holder = (
            is_last_made(HandoffChange.RELEASED, self.change) and by.role is Role.ADMIN and self.actor.id == by.id
        )
        return is_for_holder or self.released_by.id == by.id

    def is_directed_at(self, at: Instant) -> bool:
        """Whether only the person in `to` may claim it at that time, whether or not the clock has run since."""
        return self.to is not None and self.directed_until is not None and at < self.directed_until

    def may_claim(self, by: Caller) -> bool:
        """Whether the rules let `by` claim a handoff of this intent and sender, whatever its status."""
        return by.role.is_at_least(self.claim_role) and not self.is_own_escalation(by)

    def refused_withdrawal(self, by: Person) -> DomainError:
        """Return why `by` cannot take this handoff back: it is not theirs, or its status forbids it."""
        if by.id not in (self.sender.id, self.owner_id, self.handed_off_by.id if self.handed_off_by else ""):
            return Forbidden("Only the person who handed it off, or the session's owner, can withdraw the handoff.")
        if self.status is HandoffStatus.CLAIMED and self.claimed_by and self.claimed_at:
            return AlreadyClaimed(self.claimed_by, self.claimed_at)
        return InvalidState(f"The handoff is {self.status}; it can no longer be withdrawn.", status=self.status)

    def require_releasable(self, by: Caller, epoch: int | None = None) -> None:
        """Raise unless `by` holds the session by this handoff, or is an admin, and so may put it back.

        `epoch` is the `claim_epoch` that `by` was shown (None: whatever it is). Raises InvalidState when nobody holds
        it, StaleEpoch when it is another claim, Forbidden when somebody else holds it.
        """
        if self.status is not HandoffStatus.CLAIMED:
            raise InvalidState(f"The handoff is {self.status}; there is nothing to release.", status=self.status)
        if epoch not in (None, self.claim_epoch):
            raise StaleEpoch(self.claim_epoch)
        if not self.is_claimed_by(by.person) and by.role is not Role.ADMIN:
            raise Forbidden("Only the engineer who picked the session up, or an admin, can release it.")

    def require_held_by(self, by: Person) -> None:
        """Raise unless `by` holds the session by this handoff.

        Raises InvalidState when nobody does, Forbidden when somebody else does.
        """
        if self.status is not HandoffStatus.CLAIMED:
            raise InvalidState(f"The handoff is {self.status}; nobody holds it.", status=self.status)
        if not self.is_claimed_by(by):
            raise Forbidden("Only the engineer who holds the session can do this.")

    def require_waiting(self) -> None:
        """Raise InvalidState unless the handoff waits to be claimed."""
        if self.status is not HandoffStatus.UNCLAIMED:
            raise InvalidState(f"The handoff is {self.status}; it does not wait any more.", status=self.status)

    @property
    def is_queued(self) -> bool:
        """Whether it stands in the queue of escalations."""
        return self.intent is Intent.ESCALATE and self.status is HandoffStatus.UNCLAIMED

    def judged(self, verdict: Verdict | None) -> Verdict | None:
        """Return the verdict to keep: `unknown` when there is an assessment and nobody judged it.

        Raises InvalidRequest for a verdict on an assessment that is not there.
        """
        if self.has_assessment:
            return verdict or Verdict.UNKNOWN
        if verdict not in (None, Verdict.UNKNOWN):
            detail = f"There is no assessment to judge; it is {self.assessment_status}."
            raise InvalidRequest("/assessment_verdict", detail)
        return None

    @property
    def has_assessment(self) -> bool:
        """Whether there is an assessment to read: also an earlier one, while a newer is asked for or cannot be had."""
        return self.assessment_status is AssessmentStatus.READY or self.prompt_version is not None

    def newly_asks_for_assessment(self, old: "Handoff | None") -> bool:
        """Whether the change from `old` to this is what asks the AI, rather than one that happens while it works."""
        is_asked = self.assessment_status is AssessmentStatus.PENDING
        return is_asked and (old is None or old.pending_since != self.pending_since)

    def require_assessment_missing(self) -> None:
        """Raise InvalidState unless the assessment is unavailable and so may be asked for again."""
        if self.assessment_status is not AssessmentStatus.UNAVAILABLE:
            detail = f"The assessment is {self.assessment_status}; it can be asked for again only when unavailable."
            raise InvalidState(detail, status=self.assessment_status)
