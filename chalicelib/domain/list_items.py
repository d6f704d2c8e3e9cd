"""Items of lists: only what a list shows."""

from chalicelib.domain.assessment import AssessmentStatus
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.handoff import Priority
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Person
from chalicelib.domain.session import SessionStatus


class SessionSummary(FrozenModel):
    """A session in a list."""

    id: str
    problem_summary: str
    psa_ticket_id: str | None
    status: SessionStatus
    owner: Person
    holder: Person | None
    updated_at: Instant


class QueueItem(FrozenModel):
    """An escalation in the queue."""

    handoff_id: str
    session_id: str
    problem_summary: str
    problem_domain: str | None
    psa_ticket_id: str | None
    priority: Priority
    sender: Person
    step_count: int
    assessment_status: AssessmentStatus
    created_at: Instant
