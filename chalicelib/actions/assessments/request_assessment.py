"""Request an unavailable assessment again."""

from chalicelib.actions import ai_permission
from chalicelib.domain.assessment import AssessmentError, AssessmentStatus
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller
from chalicelib.store import assessments, handoffs


def request_assessment(session_id: str, handoff_id: str, *, by: Caller, at: Instant) -> HandoffDetail:
    """Set an unavailable assessment to pending, which makes the stream ask the AI again.

    Asking for one that is already pending is a success, and so is asking where the AI was off and still is: nothing
    changes. Raises NotFound, InvalidState when it is ready, and Unavailable when the policy cannot be read.
    """
    handoff = handoffs.load_detail(by.account_id, session_id, handoff_id)
    if handoff.assessment_status is AssessmentStatus.PENDING:
        return handoff
    handoff.require_assessment_missing()
    is_off = handoff.assessment_error is AssessmentError.OFF
    if is_off and not ai_permission.may_assess(by.account_id, session_id):
        return handoff
    asked = assessments.ask_again(handoff, by.person, at)
    return asked or handoffs.load_detail(by.account_id, session_id, handoff_id)
