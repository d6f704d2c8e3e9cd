"""The route that requests an assessment again."""

from chalicelib.actions.assessments.request_assessment import request_assessment
from chalicelib.contracts.handoff_view import HandoffView
from chalicelib.domain.errors import InvalidState
from chalicelib.domain.people import Role
from chalicelib.entry.api import Api
from chalicelib.entry.handoffs import HANDOFF, handoff_view
from chalicelib.entry.requests import Call

assessments = Api("assessments")


@assessments.operation(
    "POST", HANDOFF + "/assessment", answers=HandoffView, role=Role.ENGINEER, status=202, refuses=(InvalidState,)
)
def post_assessment(call: Call[None], session_id: str, handoff_id: str) -> HandoffView:
    """Request an assessment again that is unavailable."""
    return handoff_view(request_assessment(session_id, handoff_id, by=call.caller, at=call.at))
