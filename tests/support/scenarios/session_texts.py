"""Notes, corrections and reopening of a session, driven by the actions."""

from chalicelib.actions.sessions.add_note import add_note
from chalicelib.actions.sessions.correct_session import correct_session
from chalicelib.actions.sessions.correct_turn import correct_turn
from chalicelib.actions.sessions.reopen_session import reopen_session
from chalicelib.contracts.corrections import SessionCorrectionRequest, TurnCorrectionRequest
from chalicelib.contracts.requests import NoteRequest, ReopenRequest
from chalicelib.domain.keyed_request import KeyedRequest
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session
from chalicelib.domain.turn import Turn
from tests.support.builders import JANE, minute


def leave_note(
    session_id: str, at_minute: int, by: Caller = JANE, text: str = "Any news?", request: KeyedRequest | None = None
) -> Turn:
    return add_note(session_id, NoteRequest(text=text), by=by, at=minute(at_minute), request=request)


def correct_summary(session_id: str, at_minute: int, by: Caller, epoch: int, summary: str = "No print") -> Session:
    body = SessionCorrectionRequest(problem_summary=summary, epoch=epoch)
    return correct_session(session_id, body, by=by, at=minute(at_minute))


def change_turn(session_id: str, at_minute: int, by: Caller = JANE, seq: int = 1, **changes: object) -> Turn:
    """Change a turn, or strike it out; by default it says that somebody else was asked."""
    body = TurnCorrectionRequest.model_validate(changes or {"action": "Asked Joe"})
    return correct_turn(session_id, seq, body, by=by, at=minute(at_minute))


def reopen(session_id: str, at_minute: int, by: Caller, epoch: int, reason: str = "It is back.") -> Session:
    return reopen_session(session_id, ReopenRequest(reason=reason, epoch=epoch), by=by, at=minute(at_minute))
