"""Ask once more for an assessment that could not be had."""

from chalicelib.domain.assessment import AssessmentStatus
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller
from chalicelib.store import assessments, handoffs


def request_assessment(session_id: str, handoff_id: str, *, by: Caller, at: Instant) -> HandoffDetail:
    """Set an unavailable assessment to pending, which makes the stream ask the AI again.

    Asking for one that is already pending is a success. Raises NotFound, and InvalidState when it is ready.
    """
    handoff = handoffs.load_detail(by.account_id, session_id, handoff_id)
    if handoff.assessment_status is AssessmentStatus.PENDING:
        return handoff
    handoff.require_assessment_missing()
    asked = assessments.ask_again(handoff, by.person, at)
    return asked or handoffs.load_detail(by.account_id, session_id, handoff_id)
