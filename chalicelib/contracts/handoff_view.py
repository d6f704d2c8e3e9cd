"""What the API answers about a handoff."""

from pydantic import Field

from chalicelib.contracts.shape import StrictModel
from chalicelib.contracts.views import ListView
from chalicelib.domain.assessment import (
    Assessment,
    AssessmentError,
    AssessmentStatus,
    Verdict,
)
from chalicelib.domain.display_text import one_line
from chalicelib.domain.documentation import document
from chalicelib.domain.handoff import HandoffStatus, Intent, Priority
from chalicelib.domain.handoff_detail import HandoffDetail, TicketNotes
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Person
from chalicelib.domain.snapshot import Snapshot


class HandoffView(StrictModel):
    """A handoff. `from` is who handed it off, `to` who claimed it; `documentation` is Markdown."""

    id: str
    session_id: str
    intent: Intent
    status: HandoffStatus
    priority: Priority
    sender: Person = Field(serialization_alias="from")
    to: Person | None
    engineer_notes: str
    release_note: str | None
    snapshot: Snapshot
    documentation: str
    assessment_status: AssessmentStatus
    assessment_error: AssessmentError | None
    ai_assessment: str | None
    ai_assessment_data: Assessment | None
    assessment_verdict: Verdict | None
    claimed_by: Person | None
    claimed_at: Instant | None
    claim_epoch: int
    ticket_notes: TicketNotes
    actor: Person
    version: int
    created_at: Instant
    updated_at: Instant

    @classmethod
    def of(cls, handoff: HandoffDetail) -> "HandoffView":
        """Show `handoff`."""
        shown = dict(handoff)
        return cls.model_construct(
            **{name: shown[name] for name in cls.model_fields if name in shown and name != "snapshot"},
            to=handoff.claimed_by,
            snapshot=_shown(handoff.snapshot),
            documentation=document(handoff),
            ai_assessment=handoff.assessment.prose if handoff.assessment else None,
            ai_assessment_data=handoff.assessment,
            assessment_verdict=handoff.verdict,
        )


def _shown(snapshot: Snapshot) -> Snapshot:
    """Return the snapshot with what is shown on one line readable there; the rest is as it was written."""
    domain = snapshot.problem_domain
    return snapshot.model_copy(update={"problem_domain": one_line(domain) if domain else None})


class HandoffListView(ListView):
    """Handoffs."""

    items: list[HandoffView]
