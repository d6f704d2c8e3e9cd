"""Request bodies and answers of corrections."""

from typing import ClassVar

from pydantic import RootModel

from chalicelib.contracts.marked_request import MarkedRequest
from chalicelib.contracts.requests import Epoch
from chalicelib.contracts.shape import Line, LongText, Paragraph, ShortText, StrictModel, TicketId
from chalicelib.domain.turn import Evidence, StepResult, Turn


class SessionCorrectionRequest(MarkedRequest):
    """The new summary, domain or ticket of a session. Omitted fields stay; null removes domain or ticket."""

    marked_texts: ClassVar = {"problem_summary": 2_000}

    problem_summary: Paragraph | None = None
    problem_domain: Line | None = None
    psa_ticket_id: TicketId | None = None
    integration_id: TicketId | None = None
    epoch: Epoch


class StrikeOut(StrictModel):
    """Why a turn is struck out."""

    reason: ShortText


class TurnCorrectionRequest(MarkedRequest):
    """The new content of a turn, or that it is struck out. Omitted fields stay."""

    marked_texts: ClassVar = {"text": 10_000, "action": 2_000, "finding": 300}

    text: LongText | None = None
    action: Paragraph | None = None
    result: StepResult | None = None
    finding: ShortText | None = None
    evidence: Evidence | None = None
    struck: StrikeOut | None = None


class TurnView(RootModel[Turn]):
    """A turn: a message, a step or a note."""
