"""Request bodies and queries."""

from typing import Annotated, Literal

from pydantic import Field

from chalicelib.contracts.shape import Line, LongText, Notes, Paragraph, StrictModel, TicketId, VerbatimText
from chalicelib.domain.assessment import Verdict
from chalicelib.domain.handoff import Intent, Priority
from chalicelib.domain.instants import Instant
from chalicelib.domain.session import SessionStatus
from chalicelib.domain.turn import Evidence, StepOutcome

Epoch = Annotated[int, Field(ge=1, le=10**9, description="The epoch of the session that the caller last saw.")]


class OpenSessionRequest(StrictModel):
    """The body that opens a session."""

    problem_summary: Paragraph
    problem_domain: Line | None = None
    psa_ticket_id: TicketId | None = None
    integration_id: TicketId | None = None


class StepRequest(StrictModel):
    """The body that adds a step."""

    kind: Literal["step"]
    action: Paragraph
    outcome: StepOutcome
    evidence: Evidence = Evidence.OBSERVED
    epoch: Epoch


class MessageRequest(StrictModel):
    """The body of a message to the assistant."""

    text: LongText
    epoch: Epoch


class HandOffRequest(StrictModel):
    """The body that hands a session off."""

    intent: Intent
    engineer_notes: Notes = ""
    priority: Priority = Priority.NORMAL
    epoch: Epoch | None = None


class RedactionPreviewRequest(StrictModel):
    """A text as it stands in an input, before it is sent."""

    text: VerbatimText


class EscalateRequest(StrictModel):
    """The older body of an escalation, which PSA scripts still send."""

    reason: Notes
    priority: Priority = Priority.NORMAL


class ReleaseRequest(StrictModel):
    """The body that releases a claimed handoff, with a note for the next claimer."""

    note: Notes = ""


class ResolveRequest(StrictModel):
    """The body that resolves a session."""

    resolution: LongText
    root_cause: LongText | None = None
    assessment_verdict: Verdict | None = None
    epoch: Epoch


class SkillsRequest(StrictModel):
    """The skills of an engineer."""

    skills: Annotated[list[Line], Field(max_length=50)]


class ReadNotificationsRequest(StrictModel):
    """How far notifications have been read: the `created_at` of the newest item seen."""

    up_to: Instant


class PageQuery(StrictModel):
    """The page of a list."""

    limit: Annotated[int, Field(ge=1, le=100)] = 25
    cursor: Annotated[str, Field(min_length=1, max_length=1_000)] | None = None


class SessionsQuery(PageQuery):
    """The page of the list of sessions."""

    status: SessionStatus | None = None


class DocumentationQuery(StrictModel):
    """The format of the documentation: Markdown, plain text, HTML or JSON."""

    format: Literal["md", "txt", "html", "json"] = "md"


class FeedQuery(PageQuery):
    """The page of the feed: from `after`, the `resume_after` of an earlier answer, or from a `cursor` on."""

    limit: Annotated[int, Field(ge=1, le=100)] = 100
    after: Annotated[str, Field(min_length=1, max_length=1_000)] | None = None
