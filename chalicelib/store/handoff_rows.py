"""Between a handoff, its row and its parts."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from pynamodb.expressions.condition import Condition

from chalicelib import log
from chalicelib.domain.assessed_case import Seen
from chalicelib.domain.assessment import Assessment, AssessmentError, AssessmentStatus
from chalicelib.domain.correction import Correction
from chalicelib.domain.escalation_package import PackageImprovement
from chalicelib.domain.handoff import Handoff, Intent, TicketNotesStatus
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.snapshot import Snapshot
from chalicelib.domain.ticket_note_ledger import TicketNoteLedger
from chalicelib.store.keys import ASSESSMENT as ASSESSMENT_PART
from chalicelib.store.keys import (
    CORRECTIONS,
    SNAPSHOT,
    TICKET_NOTES,
    engineer_key,
    handoff_key,
    queue_order,
    session_in,
    session_key,
    shard_of,
)
from chalicelib.store.mapping import from_seconds, plain, to_attributes, to_document, to_seconds
from chalicelib.store.rows.handoff_parts import (
    AssessmentPartRow,
    CorrectionPartRow,
    PartRow,
    SnapshotPartRow,
    TicketNotesPartRow,
)
from chalicelib.store.rows.handoffs import HandoffRow
from chalicelib.store.rows.row import Image

READY = AssessmentStatus.READY.value
"""The `assessment_outcome` of an assessment that is there; any other says why there is none."""

_OTHERWISE_KEPT = {
    "id",
    "session_id",
    "owner_id",
    "assessment_status",
    "assessment_error",
    "ticket_notes_status",
    "due_at",
    "sla_due_at",
}

P = TypeVar("P", bound=PartRow)


class MissingPart(Exception):
    """A handoff lacks what was written in the same transaction as its row: a fault of ours."""

    def __init__(self, handoff_id: str, part: str) -> None:
        super().__init__(f"handoff {handoff_id} has no {part}")


def new_row(handoff: Handoff) -> HandoffRow:
    """Return the row of a handoff, with the keys of every index that it belongs in."""
    kept = to_attributes(Handoff.model_validate({name: getattr(handoff, name) for name in Handoff.model_fields}))
    row = HandoffRow(
        **{name: content for name, content in kept.items() if name not in _OTHERWISE_KEPT},
        handoff_id=handoff.id,
        session_key=session_key(handoff.account_id, handoff.session_id),
        sender_key=engineer_key(handoff.account_id, handoff.sender.id),
        assessment_outcome=outcome_of(handoff),
        correlation_id=log.correlation_id(),
    )
    if handoff.owner_id != handoff.sender.id:
        row.owner_id = handoff.owner_id
    if handoff.ticket_notes_status is not TicketNotesStatus.NONE:
        row.ticket_notes_status = handoff.ticket_notes_status.value
    if handoff.intent is Intent.ESCALATE and handoff.status == "unclaimed":
        row.queue_order = queue_order(handoff)
    if handoff.sla_due_at:
        row.sla_due_at = to_seconds(handoff.sla_due_at)
    if handoff.due_at:
        row.shard, row.due_at = shard_of(handoff.id), to_seconds(handoff.due_at)
    return row


def is_of_session(account_id: str, session_id: str) -> Condition:
    """Return the condition that a handoff belongs to the session."""
    return HandoffRow.session_key == session_key(account_id, session_id)


def outcome_of(handoff: Handoff) -> str | None:
    """Return what the row keeps of the assessment's status."""
    if handoff.assessment_status is AssessmentStatus.PENDING:
        return None
    return handoff.assessment_error.value if handoff.assessment_error else handoff.assessment_status.value


def snapshot_part(handoff: HandoffDetail, request_sha256: str | None) -> SnapshotPartRow:
    """Return the part with what was handed over."""
    return SnapshotPartRow(
        handoff_key(handoff.account_id, handoff.id),
        SNAPSHOT,
        snapshot=to_document(handoff.snapshot),
        suspicion=handoff.suspicion,
        request_sha256=request_sha256,
    )


def to_handoff(row: HandoffRow) -> Handoff:
    """Read a handoff from its row."""
    return Handoff.model_validate(_fields_of(row))


def handoff_in(image: Mapping[str, Any]) -> Handoff:
    """Read a handoff from an image as DynamoDB writes it, in a stream record or a failed condition."""
    return to_handoff(HandoffRow.from_raw_data(dict(image)))


def _fields_of(row: HandoffRow) -> dict[str, Any]:
    fields = {name: plain(getattr(row, name)) for name in Handoff.model_fields if name not in _OTHERWISE_KEPT}
    return {
        **fields,
        "id": row.handoff_id,
        "session_id": session_in(row.session_key),
        "owner_id": row.owner_id or row.sender["id"],
        **assessment_fields(row.assessment_outcome),
        "ticket_notes_status": row.ticket_notes_status or TicketNotesStatus.NONE,
        "due_at": from_seconds(row.due_at),
        "sla_due_at": from_seconds(row.sla_due_at),
    }


def assessment_fields(outcome: str | None) -> dict[str, Any]:
    """Return what a row's `assessment_outcome` means."""
    if outcome is None:
        return {"assessment_status": AssessmentStatus.PENDING, "assessment_error": None}
    if outcome == READY:
        return {"assessment_status": AssessmentStatus.READY, "assessment_error": None}
    return {"assessment_status": AssessmentStatus.UNAVAILABLE, "assessment_error": AssessmentError(outcome)}


class Parts:
    """The parts of one handoff, as one query found them."""

    def __init__(self, images: Iterable[Image]) -> None:
        self._by_name = {image["part"]["S"]: image for image in images}

    @property
    def assessment(self) -> AssessmentPartRow | None:
        """Who works on the assessment, and the answer where it is there."""
        return self._read(ASSESSMENT_PART, AssessmentPartRow)

    @property
    def ticket_notes(self) -> TicketNotesPartRow | None:
        """The ledger."""
        return self._read(TICKET_NOTES, TicketNotesPartRow)

    @property
    def request_sha256(self) -> str | None:
        """The digest of the body that made the handoff."""
        snapshot = self._read(SNAPSHOT, SnapshotPartRow)
        return snapshot.request_sha256 if snapshot else None

    @property
    def corrections(self) -> list[Correction]:
        """What was corrected of what was handed over."""
        rows = (
            CorrectionPartRow.from_raw_data(image)
            for name, image in self._by_name.items()
            if name.startswith(CORRECTIONS)
        )
        return [correction_in(row) for row in rows]

    def _read(self, name: str, kind: type[P]) -> P | None:
        image = self._by_name.get(name)
        return kind.from_raw_data(image) if image else None

    def fields_for(self, handoff_id: str) -> dict[str, Any]:
        """Return what the parts add to a handoff. Raises MissingPart."""
        snapshot = self._read(SNAPSHOT, SnapshotPartRow)
        if snapshot is None:
            raise MissingPart(handoff_id, SNAPSHOT)
        assessment = self.assessment
        return {
            "snapshot": Snapshot.model_validate(plain(snapshot.snapshot)),
            "suspicion": snapshot.suspicion,
            "assessment_attempts": int(assessment.attempts or 0) if assessment else 0,
            "ticket_notes": ledger_in(self.ticket_notes).summary,
        }

    @property
    def answer(self) -> Assessment | None:
        """The answer of this round, also where the row does not say yet that it is there."""
        row = self.assessment
        return Assessment.model_validate(plain(row.assessment)) if row and row.assessment else None

    @property
    def seen(self) -> Seen | None:
        """What the last run knew of the case; None where none has begun."""
        row = self.assessment
        return Seen.model_validate(plain(row.seen)) if row and row.seen else None

    @property
    def advice(self) -> dict[str, Any]:
        """The newest answer, be it of an earlier round, and the better wording that came with it."""
        row = self.assessment
        newest = (row.assessment or row.earlier) if row else None
        better = plain(row.improvement) if row and newest else None
        return {
            "assessment": Assessment.model_validate(plain(newest)) if newest else None,
            "improvement": PackageImprovement.model_validate(better) if better else None,
        }


def ledger_in(row: TicketNotesPartRow | None) -> TicketNoteLedger:
    """Read the ledger; an empty one where there is none."""
    return TicketNoteLedger.model_validate(plain(row.ledger)) if row and row.ledger else TicketNoteLedger()


def correction_in(row: CorrectionPartRow) -> Correction:
    """Read a correction."""
    return Correction.model_validate(plain(row.correction))


def to_detail(row: HandoffRow, parts: Parts) -> HandoffDetail:
    """Read a handoff from its row and parts; an answer counts once the row has said that there is one.

    What was added since the snapshot are turns of the session, and not in it yet.
    """
    fields = _fields_of(row)
    is_told = row.assessment_outcome == READY or row.prompt_version is not None
    advice = parts.advice if is_told else {"assessment": None, "improvement": None}
    return HandoffDetail.model_validate({**fields, **parts.fields_for(row.handoff_id), **advice})
