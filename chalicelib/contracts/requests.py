"""What the page and other clients send."""

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
    """A new case."""

    problem_summary: Paragraph
    problem_domain: Line | None = None
    psa_ticket_id: TicketId | None = None
    integration_id: TicketId | None = None


class StepRequest(StrictModel):
    """Something that was tried."""

    kind: Literal["step"]
    action: Paragraph
    outcome: StepOutcome
    evidence: Evidence = Evidence.OBSERVED
    epoch: Epoch


class MessageRequest(StrictModel):
    """Something said to the assistant."""

    text: LongText
    epoch: Epoch


class HandOffRequest(StrictModel):
    """Handing a session over."""

    intent: Intent
    engineer_notes: Notes = ""
    priority: Priority = Priority.NORMAL
    epoch: Epoch | None = None


class RedactionPreviewRequest(StrictModel):
    """A text as it stands in an input, before it is sent."""

    text: VerbatimText


class EscalateRequest(StrictModel):
    """The older form of handing over, which PSA scripts still send."""

    reason: Notes
    priority: Priority = Priority.NORMAL


class ReleaseRequest(StrictModel):
    """Putting a claimed handoff back, with a word for whoever takes it next."""

    note: Notes = ""


class ResolveRequest(StrictModel):
    """Closing a case."""

    resolution: LongText
    root_cause: LongText | None = None
    assessment_verdict: Verdict | None = None
    epoch: Epoch


class SkillsRequest(StrictModel):
    """What an engineer is good at."""

    skills: Annotated[list[Line], Field(max_length=50)]


class ReadNotificationsRequest(StrictModel):
    """How far the bell has been read: the `created_at` of the newest item seen."""

    up_to: Instant


class PageQuery(StrictModel):
    """Which part of a list."""

    limit: Annotated[int, Field(ge=1, le=100)] = 25
    cursor: Annotated[str, Field(min_length=1, max_length=1_000)] | None = None


class SessionsQuery(PageQuery):
    """Which part of the list of sessions."""

    status: SessionStatus | None = None


class DocumentationQuery(StrictModel):
    """In which form a handoff is documented: Markdown, plain text, HTML or JSON."""

    format: Literal["md", "txt", "html", "json"] = "md"


class FeedQuery(PageQuery):
    """Which part of the feed: from `after`, the `resume_after` of an earlier answer, or from a `cursor` on."""

    limit: Annotated[int, Field(ge=1, le=100)] = 100
    after: Annotated[str, Field(min_length=1, max_length=1_000)] | None = None
