"""Escalate a session the older way, which PSA scripts still use."""

from chalicelib.actions.handoffs.hand_off_session import hand_off_session
from chalicelib.contracts.requests import EscalateRequest, HandOffRequest
from chalicelib.domain.handoff import Intent
from chalicelib.domain.instants import Instant
from chalicelib.domain.keyed_request import KeyedRequest
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session
from chalicelib.store import sessions


def escalate_session(
    session_id: str, body: EscalateRequest, *, by: Caller, at: Instant, request: KeyedRequest | None = None
) -> Session:
    """Hand the session off and return it. Raises what `hand_off_session` raises."""
    asked = HandOffRequest(intent=Intent.ESCALATE, engineer_notes=body.reason, priority=body.priority)
    hand_off_session(session_id, asked, by=by, at=at, request=request)
    return sessions.load(by.account_id, session_id)
