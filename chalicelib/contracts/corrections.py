"""Request bodies and answers of corrections."""

from typing import ClassVar

from pydantic import RootModel

from chalicelib.contracts.marked_request import MarkedRequest
from chalicelib.contracts.requests import Epoch
from chalicelib.contracts.shape import Line, LongText, Paragraph, ShortText, StrictModel, TicketId
from chalicelib.domain.turn import Evidence, StepResult, Turn


class SessionCorrectionRequest(MarkedRequest):
    """What a session should say instead. What is left out stays; null takes domain or ticket away."""

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
    """What a turn should say instead, or that it is struck out. What is left out stays."""

    marked_texts: ClassVar = {"text": 10_000, "action": 2_000, "finding": 300}

    text: LongText | None = None
    action: Paragraph | None = None
    result: StepResult | None = None
    finding: ShortText | None = None
    evidence: Evidence | None = None
    struck: StrikeOut | None = None


class TurnView(RootModel[Turn]):
    """A turn: a message, a step or a note."""
