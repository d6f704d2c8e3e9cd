"""What the API answers about a handoff."""

from pydantic import Field

from chalicelib.contracts.shape import OneLine, StrictModel
from chalicelib.contracts.views import ListView
from chalicelib.domain.assessed_case import Newer
from chalicelib.domain.assessment import (
    Assessment,
    AssessmentError,
    AssessmentStatus,
    Verdict,
)
from chalicelib.domain.clock.handoff_plan import due_of
from chalicelib.domain.clock.ladder import StepReached
from chalicelib.domain.clock.moments import Moment, Waiting
from chalicelib.domain.display_text import one_line
from chalicelib.domain.documentation import document
from chalicelib.domain.events import Event
from chalicelib.domain.handoff import HandoffStatus, Intent, Priority
from chalicelib.domain.handoff_detail import HandoffDetail, TicketNotes
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Person
from chalicelib.domain.sender_report import Affected, Reason
from chalicelib.domain.snapshot import Since, Snapshot


class JudgedView(StrictModel):
    """The verdict on an assessment, and whether the session was reopened after it was given."""

    value: Verdict
    reopened: bool

    @classmethod
    def of(cls, handoff: HandoffDetail) -> "JudgedView | None":
        """Show the verdict on the assessment of `handoff`, None where none was given."""
        if handoff.verdict is None:
            return None
        return cls(value=handoff.verdict, reopened=handoff.reopened_at is not None)


class HandoffView(StrictModel):
    """A handoff. `from` is who handed it off, `to` whom it is directed to, until `directed_until`.

    `due` is what comes next by the clock, `sla_due_at` the ticket system's own deadline, `level` the step of the ladder
    reached, `step` the same while it waits, with whom it tells. `cover` says what the policy has for its client
    alone. `asked_at` is when the holder was asked whether they
    are still on it; `documentation` is Markdown.
    `reopened_by` is who reopened the session after this handoff had ended, until it is resolved again.
    `ai_assessment_data` may be there while a newer assessment is pending or unavailable; `newer_than_assessment` counts
    what it does not know.
    """

    id: str
    session_id: str
    intent: Intent
    status: HandoffStatus
    priority: Priority
    reason: Reason | None
    affected: Affected | None
    sender: Person = Field(serialization_alias="from")
    to: Person | None
    directed_until: Instant | None
    due: Moment | None
    sla_due_at: Instant | None
    waiting: Waiting | None
    asked_at: Instant | None
    level: int | None
    step: StepReached | None
    cover: OneLine | None
    engineer_notes: str
    suspicion: str | None
    release_note: str | None
    snapshot: Snapshot
    since: Since
    documentation: str
    assessment_status: AssessmentStatus
    assessment_error: AssessmentError | None
    ai_assessment: str | None
    ai_assessment_data: Assessment | None
    newer_than_assessment: Newer | None
    assessment_verdict: JudgedView | None
    reopened_at: Instant | None
    reopened_by: Person | None
    claimed_by: Person | None
    claimed_at: Instant | None
    claim_epoch: int
    ticket_notes: TicketNotes
    actor: Person
    version: int
    created_at: Instant
    updated_at: Instant

    @classmethod
    def of(cls, handoff: HandoffDetail, step: StepReached | None, cover: str | None = None) -> "HandoffView":
        """Show `handoff`, which has reached `step`, and the `cover` of its client."""
        shown = dict(handoff)
        return cls.model_construct(
            **{name: shown[name] for name in cls.model_fields if name in shown and name != "snapshot"},
            due=due_of(handoff),
            step=step,
            cover=cover,
            snapshot=_shown(handoff.snapshot),
            engineer_notes=handoff.engineer_notes,
            release_note=handoff.release_note,
            documentation=document(handoff),
            ai_assessment=handoff.assessment.prose if handoff.assessment else None,
            ai_assessment_data=handoff.assessment,
            newer_than_assessment=handoff.newer_than_assessment,
            assessment_verdict=JudgedView.of(handoff),
        )


def _shown(snapshot: Snapshot) -> Snapshot:
    """Return the snapshot with what is shown on one line readable there; the rest is as it was written."""
    domain = snapshot.problem_domain
    return snapshot.model_copy(update={"problem_domain": one_line(domain) if domain else None})


class HandoffListView(ListView):
    """Handoffs."""

    items: list[HandoffView]


class HistoryView(ListView):
    """Events in order, oldest first; all of them, also those that the feeds no longer have."""

    items: list[Event]
