"""A handoff with the parts that are too large, or change too often, for its row."""

from functools import cache

from pydantic import Field

from chalicelib.domain.assessed_case import Newer, Seen
from chalicelib.domain.assessment import Assessment, AssessmentStatus
from chalicelib.domain.escalation_package import EscalationPackage, PackageImprovement
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.handoff import Handoff, HandoffStatus, Intent, Priority, TicketNotesStatus
from chalicelib.domain.handoff_change import HandoffChange
from chalicelib.domain.people import Person
from chalicelib.domain.redaction import redact
from chalicelib.domain.sender_report import SenderReport
from chalicelib.domain.session import Session
from chalicelib.domain.shown_in_lists import ShownInLists
from chalicelib.domain.snapshot import Since, Snapshot
from chalicelib.domain.titles import domain_start, snippet
from chalicelib.domain.turn import Note, NoteAbout

_PUTS_BACK = (NoteAbout.RELEASED, NoteAbout.PASSED_BY_ADMIN)

PACKAGE_STEPS = 50
"""How many of the newest steps an escalation package lists; the snapshot has them all."""


class HandOffWish(SenderReport):
    """The engineer's words and choices in a hand off."""

    intent: Intent
    priority: Priority


class TicketNotes(FrozenModel):
    """The state of the note on the PSA ticket."""

    status: TicketNotesStatus = TicketNotesStatus.NONE
    note_id: str | None = None
    attempts: int = 0
    error: str | None = None


@cache
def nothing_since() -> Since:
    """Return what has come since when nothing has: made when it is needed, and not by the import."""
    return Since.of((), is_open=False)


class HandoffDetail(Handoff):
    """A handoff with its snapshot and what was added since, its assessment and the state of its ticket notes.

    `suspicion` is what the sender suspects: a hypothesis that nobody has tested.
    """

    suspicion: str | None = None
    snapshot: Snapshot
    since: Since = Field(default_factory=nothing_since)
    assessment: Assessment | None
    improvement: PackageImprovement | None = None
    assessment_attempts: int
    ticket_notes: TicketNotes

    @classmethod
    def opened(
        cls, id_: str, session: Session, snapshot: Snapshot, wish: "HandOffWish", *, sender: Person, by: Person
    ) -> "HandoffDetail":
        """Return a new handoff of `session`, unclaimed, its assessment asked for; `by` may be an admin."""
        at = snapshot.taken_at
        return cls(
            account_id=session.account_id,
            id=id_,
            session_id=session.id,
            intent=wish.intent,
            status=HandoffStatus.UNCLAIMED,
            priority=wish.priority,
            sender=sender,
            handed_off_by=by if by.id != sender.id else None,
            owner_id=session.owner.id,
            title=snippet(redact(snapshot.problem_summary)),
            **ShownInLists.of(snapshot.problem_summary, snapshot.ticket)._asdict(),
            problem_domain=domain_start(snapshot.problem_domain),
            psa_ticket_id=snapshot.psa_ticket_id,
            step_count=snapshot.step_count,
            reason=wish.reason,
            affected=wish.affected,
            suspicion=wish.suspicion,
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
            change=HandoffChange.HANDED_OFF,
            actor=by,
            version=1,
            created_at=at,
            updated_at=at,
        )

    @property
    def notes(self) -> tuple[Note, ...]:
        """What people wrote for each other in the session until the handoff was closed, oldest first, as corrected."""
        return (*self.snapshot.applying(self.since.corrections).notes, *self.since.notes)

    @property
    def as_it_stands(self) -> Snapshot:
        """The snapshot as it was corrected, with the steps and messages since: what an assessment is made of."""
        corrected = self.snapshot.applying(self.since.corrections)
        steps = (*corrected.steps, *self.since.steps)
        messages = (*corrected.messages, *self.since.messages)
        count = self.snapshot.step_count + len(self.since.steps)
        return corrected.model_copy(update={"steps": steps, "messages": messages, "step_count": count})

    @property
    def seen_now(self) -> Seen:
        """What an assessment would know that is made now."""
        return Seen.of(self.snapshot, self.since)

    @property
    def newer_than_assessment(self) -> Newer | None:
        """What the assessment that is there does not know; None when it knows all, and of a closed handoff."""
        if self.assessment is None or not self.is_open:
            return None
        return Newer.than(self.assessment.seen or Seen.of(self.snapshot, nothing_since()), self.since)

    @property
    def engineer_notes(self) -> str:
        """What the sender wrote when handing the session off; empty when they wrote nothing."""
        return self.snapshot.own_note.text if self.snapshot.own_note else ""

    @property
    def release_note(self) -> str | None:
        """What was written when the handoff was put back for the last time; None when nothing was."""
        written = (note.text for note in reversed(self.since.notes) if note.about in _PUTS_BACK)
        return next(written, None)

    @property
    def report(self) -> SenderReport:
        """What the sender said beside the notes."""
        return SenderReport(suspicion=self.suspicion, reason=self.reason, affected=self.affected)

    @property
    def package(self) -> EscalationPackage:
        """The escalation package: as a program can write it, or in the AI's wording once its assessment is there."""
        plain = EscalationPackage(
            handoff_id=self.id,
            reason=self.engineer_notes,
            priority=self.priority.value,
            summary=self.snapshot.problem_summary,
            steps_tried=tuple(
                f"{step.description} ({step.result.words})"
                for step in self.snapshot.steps[-PACKAGE_STEPS:]
                if not step.struck
            ),
            created_at=self.created_at,
        )
        return plain.enriched(self.improvement) if self.improvement else plain
