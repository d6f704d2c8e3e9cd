"""Request bodies and queries."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from chalicelib.contracts.marked_request import Marked, MarkedRequest
from chalicelib.contracts.page_query import PageQuery
from chalicelib.contracts.shape import (
    Line,
    LongText,
    Notes,
    Paragraph,
    PersonId,
    ShortText,
    StrictModel,
    TicketId,
    VerbatimText,
)
from chalicelib.domain.assessment import Verdict
from chalicelib.domain.handoff import Intent, Priority
from chalicelib.domain.instants import Instant
from chalicelib.domain.sender_report import Affected, Reason
from chalicelib.domain.session import SessionStatus
from chalicelib.domain.turn import Evidence, StepResult

Epoch = Annotated[int, Field(ge=1, le=10**9, description="The epoch of the session that the caller last saw.")]

Id = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"),
    Field(description="The id of a session, or of a handoff."),
]


class OpenSessionRequest(MarkedRequest):
    """The body that opens a session."""

    marked_texts: ClassVar = {"problem_summary": 2_000}

    problem_summary: Paragraph
    problem_domain: Line | None = None
    psa_ticket_id: TicketId | None = None
    integration_id: TicketId | None = None


class StepRequest(MarkedRequest):
    """The body that adds a step."""

    marked_texts: ClassVar = {"action": 2_000, "finding": 300}

    kind: Literal["step"]
    action: Paragraph
    result: StepResult
    finding: ShortText | None = None
    evidence: Evidence = Evidence.OBSERVED
    epoch: Epoch


class MessageRequest(MarkedRequest):
    """The body of a message to the assistant."""

    marked_texts: ClassVar = {"text": 10_000}

    text: LongText
    epoch: Epoch


class NoteRequest(MarkedRequest):
    """The body of a note to the other people of a session."""

    marked_texts: ClassVar = {"text": 10_000}
    text: LongText


class HandOffRequest(MarkedRequest):
    """The body that hands a session off."""

    marked_texts: ClassVar = {"engineer_notes": 10_000, "suspicion": 300}

    intent: Intent
    engineer_notes: Notes = ""
    suspicion: ShortText | None = None
    priority: Priority = Priority.NORMAL
    reason: Reason | None = None
    affected: Affected | None = None
    to: PersonId | None = None
    epoch: Epoch | None = None


class RedactionPreviewRequest(StrictModel):
    """A text as it stands in an input, before it is sent, and what its author has marked in it."""

    text: VerbatimText
    marked: Marked = ()


class ClaimRequest(StrictModel):
    """The body of a claim: the `claim_epoch` that the caller was shown. Without it, the handoff as it stands."""

    epoch: Epoch | None = None


class UndoRequest(StrictModel):
    """The body of an undo: the `claim_epoch` of the claim to undo. Without it, the claim that the caller holds by."""

    epoch: Epoch | None = None


class EscalateRequest(StrictModel):
    """The older body of an escalation, which PSA scripts still send."""

    reason: Notes
    priority: Priority = Priority.NORMAL


class ReleaseRequest(MarkedRequest):
    """The body that releases a claimed handoff, with a note for the next claimer.

    `epoch` is the `claim_epoch` that the caller was shown. Without it, the handoff as it stands.
    """

    marked_texts: ClassVar = {"note": 10_000}

    note: Notes = ""
    epoch: Epoch | None = None


class DeclineRequest(MarkedRequest):
    """The body that declines a handoff that is directed to the caller, with the reason."""

    marked_texts: ClassVar = {"reason": 10_000}

    reason: Notes = ""


class ReassignRequest(MarkedRequest):
    """The body that directs a claimed handoff to somebody, with a note for them.

    `epoch` is the `claim_epoch` that the caller was shown. Without it, the handoff as it stands.
    """

    marked_texts: ClassVar = {"note": 10_000}

    to: PersonId
    note: Notes = ""
    epoch: Epoch | None = None


class WithdrawRequest(MarkedRequest):
    """The body that takes a handoff back, with a note for the others."""

    marked_texts: ClassVar = {"note": 10_000}

    note: Notes = ""


class WaitRequest(StrictModel):
    """What the holder waits for, and until when the clock leaves them alone: at most seven days."""

    until: Instant
    reason: Line


class PriorityRequest(StrictModel):
    """The new priority of a handoff that waits."""

    priority: Priority


class ResolveRequest(MarkedRequest):
    """The body that resolves a session."""

    marked_texts: ClassVar = {"resolution": 10_000, "root_cause": 10_000}

    resolution: LongText
    root_cause: LongText | None = None
    assessment_verdict: Verdict | None = None
    epoch: Epoch


class ReopenRequest(MarkedRequest):
    """The body that reopens a resolved session, with the reason."""

    marked_texts: ClassVar = {"reason": 10_000}

    reason: LongText
    epoch: Epoch


class SkillsRequest(StrictModel):
    """The skills of an engineer."""

    skills: Annotated[list[Line], Field(max_length=50)]


class ReadNotificationsRequest(StrictModel):
    """What has been read, one of: all up to a time (the `updated_at` of the newest item seen), a handoff, a session."""

    up_to: Instant | None = None
    handoff_id: Id | None = None
    session_id: Id | None = None

    @model_validator(mode="after")
    def _require_one(self) -> Self:
        if len(self.model_fields_set) != 1 or None in (getattr(self, name) for name in self.model_fields_set):
            raise ValueError("Name exactly one of up_to, handoff_id and session_id.")
        return self


class SessionsQuery(PageQuery):
    """The page of a list of sessions: those one owns or holds, somebody's for an admin, or those one handed off."""

    status: SessionStatus | None = None
    engineer: PersonId | None = None
    mine: Literal["handed_off"] | None = None

    @model_validator(mode="after")
    def _require_one_list(self) -> Self:
        if self.engineer is not None and self.mine is not None:
            raise ValueError("Name an engineer or mine, not both.")
        return self


class DocumentationQuery(StrictModel):
    """The format of the documentation: Markdown, plain text, HTML or JSON."""

    format: Literal["md", "txt", "html", "json"] = "md"


class FeedQuery(PageQuery):
    """The page of the feed: from `after`, the `resume_after` of an earlier answer, or from a `cursor` on."""

    limit: Annotated[int, Field(ge=1, le=100)] = 100
    after: Annotated[str, Field(min_length=1, max_length=1_000)] | None = None
