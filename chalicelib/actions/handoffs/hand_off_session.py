"""Hand a session off: to a senior, or to anyone who resumes it."""

from uuid6 import uuid7

from chalicelib import log
from chalicelib.actions.handoffs.find_recipient import find_recipient
from chalicelib.actions.retry_stale import retry_stale
from chalicelib.contracts.requests import HandOffRequest
from chalicelib.domain.clock.handoff_plan import begun, cover_for, directed
from chalicelib.domain.errors import DomainError
from chalicelib.domain.handoff_detail import HandoffDetail, HandOffWish
from chalicelib.domain.instants import Instant
from chalicelib.domain.keyed_request import KeyedRequest
from chalicelib.domain.people import Caller, Person
from chalicelib.domain.session import Session
from chalicelib.domain.snapshot import take_snapshot
from chalicelib.domain.turn import NoteAbout
from chalicelib.store import handoff_creation, policies, sessions, turns


def hand_off_session(
    session_id: str, body: HandOffRequest, *, by: Caller, at: Instant, request: KeyedRequest | None = None
) -> HandoffDetail:
    """Freeze the session into a handoff and let go of it, in one transaction; once, however often `request` comes.

    An admin may do so for its holder, who then is the sender.

    Raises NotFound, StaleEpoch, InvalidState or Forbidden when the caller may not write to the session, InvalidRequest
    when it cannot be directed to the person named, and IdempotencyMismatch.
    """
    return retry_stale(lambda: _hand_off(session_id, body, by, at, request), what="The session")


def _hand_off(
    session_id: str, body: HandOffRequest, by: Caller, at: Instant, request: KeyedRequest | None
) -> HandoffDetail:
    """Try it with the session as it stands; a turn that slips in makes a snapshot of it worthless."""
    session = sessions.load(by.account_id, session_id)
    try:
        sender = session.require_handed_off_by(by, body.epoch)
    except DomainError:
        if request and (made := handoff_creation.find_made_by(by.account_id, request)):
            return made
        raise
    note = session.note(body.engineer_notes, _about(session, sender, by), by=by.person, at=at)
    handoff = HandoffDetail.opened(
        str(request.id if request else uuid7()),
        session,
        take_snapshot(session, turns.newest_with_steps(session), note, at=at),
        HandOffWish(**{name: getattr(body, name) for name in HandOffWish.model_fields}),
        sender=sender,
        by=by.person,
    )
    cover = cover_for(policies.find(by.account_id), handoff)
    planned = begun(directed(handoff, find_recipient(body.to, handoff, barred=[sender]), cover, at), cover, at)
    opened = handoff_creation.open_handoff(session, planned, request.sha256 if request else None)
    log.count("HandoffsCreated", Intent=opened.intent.value)
    log.info("handed off", session_id=session_id, handoff_id=opened.id, intent=opened.intent.value)
    return opened


def _about(session: Session, sender: Person, by: Caller) -> NoteAbout:
    if sender.id != by.id:
        return NoteAbout.PASSED_BY_ADMIN
    return NoteAbout.PASSED_ON if session.open_handoff_id else NoteAbout.HANDED_OFF
