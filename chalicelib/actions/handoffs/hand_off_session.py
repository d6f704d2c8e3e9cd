"""Hand a session off: to a senior, or to anyone who resumes it."""

from uuid6 import uuid7

from chalicelib import log
from chalicelib.actions.retry_stale import retry_stale
from chalicelib.contracts.requests import HandOffRequest
from chalicelib.domain.errors import DomainError
from chalicelib.domain.handoff_detail import HandoffDetail, HandOffWish
from chalicelib.domain.instants import Instant
from chalicelib.domain.keyed_request import KeyedRequest
from chalicelib.domain.people import Caller
from chalicelib.domain.snapshot import take_snapshot
from chalicelib.store import handoff_creation, sessions, turns


def hand_off_session(
    session_id: str, body: HandOffRequest, *, by: Caller, at: Instant, request: KeyedRequest | None = None
) -> HandoffDetail:
    """Freeze the session into a handoff and let go of it, in one transaction; once, however often `request` comes.

    Raises NotFound, StaleEpoch, InvalidState or Forbidden when the caller may not write to the session, and
    IdempotencyMismatch.
    """
    return retry_stale(lambda: _hand_off(session_id, body, by, at, request), what="The session")


def _hand_off(
    session_id: str, body: HandOffRequest, by: Caller, at: Instant, request: KeyedRequest | None
) -> HandoffDetail:
    """Try it with the session as it stands; a turn that slips in makes a snapshot of it worthless."""
    session = sessions.load(by.account_id, session_id)
    try:
        session.require_writable(by.person, body.epoch)
    except DomainError:
        if request and (made := handoff_creation.find_made_by(by.account_id, request)):
            return made
        raise
    handoff = HandoffDetail.opened(
        str(request.id if request else uuid7()),
        session,
        take_snapshot(session, turns.newest(session.account_id, session.id), at=at),
        HandOffWish(intent=body.intent, priority=body.priority, engineer_notes=body.engineer_notes),
        by=by.person,
        at=at,
    )
    opened = handoff_creation.open_handoff(session, handoff, request.sha256 if request else None)
    log.count("HandoffsCreated", Intent=opened.intent.value)
    log.info("handed off", session_id=session_id, handoff_id=opened.id, intent=opened.intent.value)
    return opened
