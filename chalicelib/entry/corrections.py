"""Routes of corrections: of what a session says, and of its turns."""

from chalicelib.actions.sessions.correct_session import correct_session
from chalicelib.actions.sessions.correct_turn import correct_turn
from chalicelib.contracts.corrections import SessionCorrectionRequest, TurnCorrectionRequest, TurnView
from chalicelib.contracts.views import SessionView
from chalicelib.domain.errors import InvalidRequest, InvalidState, StaleEpoch
from chalicelib.domain.people import Role
from chalicelib.domain.turn import Turn
from chalicelib.entry.api import Api
from chalicelib.entry.requests import Call
from chalicelib.entry.sessions import shown_session

corrections = Api("sessions")


@corrections.operation(
    "PATCH",
    "/sessions/{session_id}",
    takes=SessionCorrectionRequest,
    answers=SessionView,
    role=Role.ENGINEER,
    refuses=(StaleEpoch, InvalidRequest, InvalidState),
)
def patch_session(call: Call[SessionCorrectionRequest], session_id: str) -> SessionView:
    """Correct summary, domain or ticket of the session you hold, or that waits and that you own or held."""
    return shown_session(correct_session(session_id, call.body, by=call.caller, at=call.at))


@corrections.operation(
    "PATCH",
    "/sessions/{session_id}/turns/{seq}",
    takes=TurnCorrectionRequest,
    answers=TurnView,
    role=Role.ENGINEER,
    refuses=(InvalidRequest, InvalidState),
)
def patch_turn(call: Call[TurnCorrectionRequest], session_id: str, seq: str) -> Turn:
    """Change what you wrote within the last ten minutes, or strike it out with a reason."""
    return correct_turn(session_id, int(seq), call.body, by=call.caller, at=call.at)
