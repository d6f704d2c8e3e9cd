"""Take back a handoff that nobody has claimed."""

from chalicelib import log
from chalicelib.actions.handoffs.note_turn import note_turn
from chalicelib.actions.retry_stale import retry_stale
from chalicelib.domain.errors import NotFound
from chalicelib.domain.handoff import Handoff, HandoffStatus, Receipt
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller
from chalicelib.domain.turn import NoteAbout
from chalicelib.store import handoff_transitions, handoffs, sessions
from chalicelib.store.paired_writes import Written
from chalicelib.store.stale_write import StaleWrite


def withdraw_handoff(session_id: str, handoff_id: str, note: str = "", *, by: Caller, at: Instant) -> Receipt:
    """Make the sender, or the session's owner, its holder again; a note becomes a turn of the session.

    An admin who handed it off for its sender takes it back for them.

    Withdrawing what one has withdrawn is a success. Raises NotFound, Forbidden, AlreadyClaimed and InvalidState.
    """
    receipt = retry_stale(lambda: _withdraw(session_id, handoff_id, note, by, at), what="The handoff")
    log.info("withdrawn", session_id=session_id, handoff_id=handoff_id)
    return receipt


def _withdraw(session_id: str, handoff_id: str, note: str, by: Caller, at: Instant) -> Receipt:
    """Try it as the sender, without reading anything first where there is no note; then as the owner."""
    if note:  # so that a handoff that is not there, or is another session's, is said to be so before its session is
        handoffs.load(by.account_id, session_id, handoff_id)
    written = note_turn(session_id, note, NoteAbout.TAKEN_BACK, by=by, at=at)
    try:
        return handoff_transitions.mark_withdrawn(session_id, handoff_id, by, at, written)
    except StaleWrite as stale:
        if stale.handoff is None:
            raise
        handoff = stale.handoff
        if handoff.session_id != session_id:
            raise NotFound("handoff") from stale
        if handoff.withdrawn_by is not None and handoff.withdrawn_by.id == by.id:
            return handoff.receipt
        if handoff.status is not HandoffStatus.UNCLAIMED or handoff.sender.id == by.id:
            raise handoff.refused_withdrawal(by.person) from stale
    if handoff.handed_off_by is not None and handoff.handed_off_by.id == by.id:
        return handoff_transitions.mark_withdrawn(session_id, handoff_id, by, at, written, for_sender=handoff.sender)
    return _withdraw_as_owner(handoff, written, by, at)


def _withdraw_as_owner(handoff: Handoff, written: Written | None, by: Caller, at: Instant) -> Receipt:
    session = written.session if written else sessions.load(by.account_id, handoff.session_id)
    if session.owner.id != by.id:
        raise handoff.refused_withdrawal(by.person)
    return handoff_transitions.mark_withdrawn(session.id, handoff.id, by, at, written, as_owner=True)
