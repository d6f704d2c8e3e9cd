"""A handoff with the parts that are too large, or change too often, for its row."""

from chalicelib.domain.agenda import LOOK_AFTER
from chalicelib.domain.assessment import Assessment, AssessmentStatus
from chalicelib.domain.escalation_package import EscalationPackage, PackageImprovement
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.handoff import (
    Handoff,
    HandoffChange,
    HandoffStatus,
    Intent,
    Priority,
    TicketNotesStatus,
)
from chalicelib.domain.instants import Instant, up_to_second
from chalicelib.domain.people import Person
from chalicelib.domain.redaction import redact
from chalicelib.domain.session import Session
from chalicelib.domain.snapshot import Snapshot
from chalicelib.domain.titles import domain_start, snippet, summary_start

PACKAGE_STEPS = 50
"""How many of the newest steps an escalation package lists; the snapshot has them all."""


class HandOffWish(FrozenModel):
    """What an engineer says when handing a session off."""

    intent: Intent
    priority: Priority
    engineer_notes: str


class TicketNotes(FrozenModel):
    """The state of the note on the PSA ticket."""

    status: TicketNotesStatus = TicketNotesStatus.NONE
    note_id: str | None = None
    attempts: int = 0
    error: str | None = None


class HandoffDetail(Handoff):
    """A handoff with its snapshot, its notes, its assessment and the state of its ticket notes."""

    engineer_notes: str
    release_note: str | None
    snapshot: Snapshot
    assessment: Assessment | None
    improvement: PackageImprovement | None = None
    assessment_attempts: int
    ticket_notes: TicketNotes

    @classmethod
    def opened(
        cls, id_: str, session: Session, snapshot: Snapshot, wish: "HandOffWish", *, by: Person, at: Instant
    ) -> "HandoffDetail":
        """Return a new handoff of `session`, unclaimed, its assessment asked for."""
        return cls(
            account_id=session.account_id,
            id=id_,
            session_id=session.id,
            intent=wish.intent,
            status=HandoffStatus.UNCLAIMED,
            priority=wish.priority,
            sender=by,
            title=snippet(redact(snapshot.problem_summary)),
            summary_start=summary_start(snapshot.problem_summary),
            problem_domain=domain_start(snapshot.problem_domain),
            psa_ticket_id=snapshot.psa_ticket_id,
            step_count=snapshot.step_count,
            engineer_notes=wish.engineer_notes,
            release_note=None,
            snapshot=snapshot,
            assessment_status=AssessmentStatus.PENDING,
            assessment_error=None,
            assessment=None,
            assessment_attempts=0,
            pending_since=at,
            verdict=None,
            claimed_by=None,
            claimed_at=None,
            claim_epoch=session.epoch + 1,
            ticket_notes=TicketNotes(),
            due_at=up_to_second(at + LOOK_AFTER),
            change=HandoffChange.HANDED_OFF,
            actor=by,
            version=1,
            created_at=at,
            updated_at=at,
        )

    @property
    def package(self) -> EscalationPackage:
        """The escalation package: as a program can write it, or in the AI's wording once its assessment is there."""
        plain = EscalationPackage(
            handoff_id=self.id,
            reason=self.engineer_notes,
            priority=self.priority.value,
            summary=self.snapshot.problem_summary,
            steps_tried=tuple(f"{step.action} ({step.outcome.value})" for step in self.snapshot.steps[-PACKAGE_STEPS:]),
            created_at=self.created_at,
        )
        return plain.enriched(self.improvement) if self.improvement else plain
