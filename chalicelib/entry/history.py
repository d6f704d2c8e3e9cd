"""Routes of what people leave for each other in a session, and of what became of it."""

from chalicelib.actions.handoffs.read_history import read_handoff_history, read_session_history
from chalicelib.actions.sessions.add_note import add_note
from chalicelib.contracts.handoff_view import HistoryView
from chalicelib.contracts.requests import NoteRequest
from chalicelib.domain.errors import InvalidState
from chalicelib.domain.people import Role
from chalicelib.domain.turn import Note, Turn
from chalicelib.entry.api import Api
from chalicelib.entry.handoffs import HANDOFF
from chalicelib.entry.requests import Call

history = Api("sessions")


@history.operation(
    "POST",
    "/sessions/{session_id}/notes",
    takes=NoteRequest,
    answers=Note,
    role=Role.ENGINEER,
    status=201,
    is_keyed=True,
    refuses=(InvalidState,),
)
def post_note(call: Call[NoteRequest], session_id: str) -> Turn:
    """Leave a note for the other people of a session that you own or hold, or held."""
    return add_note(session_id, call.body, by=call.caller, at=call.at, request=call.request)


@history.operation("GET", "/sessions/{session_id}/history", answers=HistoryView)
def get_session_history(call: Call[None], session_id: str) -> HistoryView:
    """List every event of the handoffs of a session that you own or hold, or held, oldest first."""
    return HistoryView(items=read_session_history(session_id, by=call.caller), next_cursor=None)


@history.operation("GET", HANDOFF + "/history", answers=HistoryView)
def get_handoff_history(call: Call[None], session_id: str, handoff_id: str) -> HistoryView:
    """List every event of a handoff of your account, oldest first."""
    return HistoryView(items=read_handoff_history(session_id, handoff_id, by=call.caller), next_cursor=None)
