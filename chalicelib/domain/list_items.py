"""Items of lists: only what a list shows."""

from collections.abc import Iterable

from chalicelib.domain.assessment import AssessmentError, AssessmentStatus
from chalicelib.domain.clock.moments import Moment
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.handoff import Handoff, HandoffStatus, Priority
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Person
from chalicelib.domain.sender_report import Affected, Reason
from chalicelib.domain.session import SessionStatus


class TicketSession(FrozenModel):
    """A live session of a ticket as every colleague may know it. `since` is when it came into its present hands.

    Without a holder it waits, parked or escalated.
    """

    id: str
    owner: Person
    holder: Person | None
    status: SessionStatus
    since: Instant


class SessionSummary(FrozenModel):
    """A session in a list. What is None or empty from `client` on is told by its newest handoff, where it has one."""

    id: str
    problem_summary: str
    psa_ticket_id: str | None
    status: SessionStatus
    owner: Person
    holder: Person | None
    updated_at: Instant
    newest_handoff_id: str | None = None
    client: str | None = None
    sender: Person | None = None
    waiting_since: Instant | None = None
    held_since: Instant | None = None
    asked_at: Instant | None = None
    opened_by: tuple[Person, ...] = ()

    def joined(self, handoff: Handoff | None, opened_by: Iterable[Person] = ()) -> "SessionSummary":
        """Return the session with what its newest handoff tells, and who has opened that, while it waits."""
        if handoff is None:
            return self
        waits, is_held = (handoff.status is each for each in (HandoffStatus.UNCLAIMED, HandoffStatus.CLAIMED))
        told = {
            "client": handoff.client,
            "sender": handoff.sender,
            "waiting_since": (handoff.ladder_start or handoff.created_at) if waits else None,
            "held_since": handoff.claimed_at if is_held else None,
            "asked_at": handoff.asked_at if is_held else None,
            "opened_by": tuple(opened_by) if waits else (),
        }
        return self.model_copy(update=told)


class QueueItem(FrozenModel):
    """An escalation in the queue. `cover` says what is special about the cover of its client, by its `client_key`."""

    handoff_id: str
    session_id: str
    problem_summary: str
    problem_domain: str | None
    psa_ticket_id: str | None
    client: str | None
    client_key: str | None = None
    cover: str | None = None
    contact: str | None
    priority: Priority
    reason: Reason | None
    affected: Affected | None
    sender: Person
    step_count: int
    assessment_status: AssessmentStatus
    assessment_error: AssessmentError | None
    to: Person | None
    directed_until: Instant | None
    due: Moment | None
    sla_due_at: Instant | None
    level: int | None
    is_early: bool
    waiting_since: Instant
    created_at: Instant
