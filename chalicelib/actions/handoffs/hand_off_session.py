"""Hand a session off: to a senior, or to whoever resumes it."""

from uuid6 import uuid7

from chalicelib import log
from chalicelib.contracts.requests import HandOffRequest
from chalicelib.domain.assessment import AssessmentStatus
from chalicelib.domain.errors import DomainError, Unavailable
from chalicelib.domain.handoff import Handoff, HandoffStatus, TicketNotes
from chalicelib.domain.instants import Instant
from chalicelib.domain.keyed_request import KeyedRequest
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session
from chalicelib.domain.snapshot import take_snapshot
from chalicelib.store import handoff_creation, sessions, turns
from chalicelib.store.stale_write import StaleWrite

ATTEMPTS = 5
"""How often the snapshot is taken anew when a turn slips in between reading the session and writing the handoff."""


def hand_off_session(
    session_id: str, body: HandOffRequest, *, by: Caller, at: Instant, request: KeyedRequest | None = None
) -> Handoff:
    """Freeze the session into a handoff and let go of it, in one transaction; once, however often `request` comes.

    Raises NotFound, StaleEpoch, InvalidState or Forbidden when the caller may not write to the session, and
    IdempotencyMismatch.
    """
    for _ in range(ATTEMPTS):
        session = sessions.load(by.account_id, session_id)
        try:
            session.require_writable(by.person, body.epoch)
        except DomainError:
            if request and (made := handoff_creation.find_made_by(by.account_id, request)):
                return made
            raise
        handoff = _freeze(session, body, by=by, at=at, handoff_id=str(request.id if request else uuid7()))
        try:
            opened = handoff_creation.open_handoff(
                session, handoff, handoff.package, request.sha256 if request else None
            )
        except StaleWrite:
            continue
        log.count("HandoffsCreated", Intent=opened.intent.value)
        log.info("handed off", session_id=session_id, handoff_id=opened.id, intent=opened.intent.value)
        return opened
    raise Unavailable("The session keeps changing. Try again.", retry_after_s=1)


def _freeze(session: Session, body: HandOffRequest, *, by: Caller, at: Instant, handoff_id: str) -> Handoff:
    return Handoff(
        account_id=session.account_id,
        id=handoff_id,
        session_id=session.id,
        intent=body.intent,
        status=HandoffStatus.UNCLAIMED,
        priority=body.priority,
        sender=by.person,
        engineer_notes=body.engineer_notes,
        release_note=None,
        snapshot=take_snapshot(session, turns.newest(session.account_id, session.id), at=at),
        assessment_status=AssessmentStatus.PENDING,
        assessment_error=None,
        assessment=None,
        assessment_attempts=0,
        pending_since=at,
        verdict=None,
        claimed_by=None,
        claimed_at=None,
        claim_epoch=session.epoch + 1,
        ticket_notes=TicketNotes(),
        actor=by.person,
        version=1,
        created_at=at,
        updated_at=at,
    )
