"""Correct a turn: change it, or strike it out."""

from chalicelib import log
from chalicelib.actions.retry_stale import retry_stale
from chalicelib.contracts.corrections import TurnCorrectionRequest
from chalicelib.domain.errors import InvalidRequest, NotFound
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller
from chalicelib.domain.turn import Turn
from chalicelib.domain.turn_corrections import edited, struck_out
from chalicelib.store import corrections, sessions, turns


def correct_turn(session_id: str, seq: int, body: TurnCorrectionRequest, *, by: Caller, at: Instant) -> Turn:
    """Change what the caller wrote, or strike it out, no matter who holds the session. No epoch changes.

    Repeating it is a success. Raises NotFound, Forbidden for anybody but the turn's author, InvalidRequest,
    InvalidState when the session is resolved, the turn is struck out or it is too late to change it, and Unavailable.
    """

    def correct() -> Turn:
        session = sessions.load(by.account_id, session_id)
        session.require_open_to_notes(by.person)
        turn = turns.find(by.account_id, session_id, seq)
        if turn is None:
            raise NotFound("turn")
        corrected = _corrected(turn, body, by, at)
        if corrected is not turn:
            corrections.mark_turn_corrected(session, turn, corrected, by.person, at)
            log.info("turn corrected", session_id=session_id, is_struck=corrected.struck is not None)
        return corrected

    return retry_stale(correct, what="The session")


def _corrected(turn: Turn, body: TurnCorrectionRequest, by: Caller, at: Instant) -> Turn:
    changes = {name: getattr(body, name) for name in body.model_fields_set - {"marked", "struck"}}
    if "struck" not in body.model_fields_set:
        return edited(turn, changes, by=by.person, at=at)
    if changes:
        raise InvalidRequest("/struck", "Strike a turn out or change it, one at a time.")
    if body.struck is None:
        raise InvalidRequest("/struck", "What was struck out stays so. Write it again instead.")
    return struck_out(turn, body.struck.reason, by=by.person, at=at)
