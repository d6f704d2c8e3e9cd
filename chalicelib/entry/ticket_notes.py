"""Routes that retry failed ticket notes."""

from chalicelib.actions.ticket_notes.retry_notes import retry_notes
from chalicelib.actions.ticket_notes.retry_session_notes import retry_session_notes
from chalicelib.contracts.handoff_view import HandoffView
from chalicelib.contracts.views import SessionView
from chalicelib.domain.errors import InvalidState
from chalicelib.domain.people import Role
from chalicelib.entry.api import Api
from chalicelib.entry.handoffs import HANDOFF, handoff_view
from chalicelib.entry.requests import Call
from chalicelib.entry.sessions import shown_session

ticket_notes = Api("ticket_notes")


@ticket_notes.operation(
    "POST",
    HANDOFF + "/ticket-notes/retry",
    answers=HandoffView,
    role=Role.ENGINEER,
    status=202,
    refuses=(InvalidState,),
)
def post_ticket_notes_retry(call: Call[None], session_id: str, handoff_id: str) -> HandoffView:
    """Retry the ticket notes of a handoff that failed."""
    return handoff_view(retry_notes(session_id, handoff_id, by=call.caller, at=call.at))


@ticket_notes.operation(
    "POST",
    "/sessions/{session_id}/ticket-notes/retry",
    answers=SessionView,
    role=Role.ENGINEER,
    status=202,
    refuses=(InvalidState,),
)
def post_session_notes_retry(call: Call[None], session_id: str) -> SessionView:
    """Retry the ticket notes of a session that was reopened without a handoff, where they failed."""
    return shown_session(retry_session_notes(session_id, by=call.caller, at=call.at))
