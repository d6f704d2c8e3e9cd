"""Decline a handoff that is directed to oneself."""

from chalicelib import log
from chalicelib.actions.handoffs.note_turn import note_turn
from chalicelib.actions.retry_stale import retry_stale
from chalicelib.domain.clock.handoff_plan import cover_for, put_back
from chalicelib.domain.direction_rules import require_directed_to, was_declined_by
from chalicelib.domain.handoff import Receipt
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller
from chalicelib.domain.turn import NoteAbout
from chalicelib.store import handoff_transitions, handoffs, policies


def decline_handoff(session_id: str, handoff_id: str, reason: str = "", *, by: Caller, at: Instant) -> Receipt:
    """Open the handoff, which is directed to the caller, to all; its ladder begins. A reason becomes a turn.

    Declining what one has just declined is a success. Raises NotFound, Forbidden and InvalidState.
    """

    def decline() -> Receipt:
        handoff = handoffs.load(by.account_id, session_id, handoff_id)
        if was_declined_by(handoff, by):
            return handoff.receipt
        require_directed_to(handoff, by.person, at)
        waiting = put_back(handoff, cover_for(policies.find(by.account_id), handoff), at)
        written = note_turn(session_id, reason, NoteAbout.DECLINED, by=by, at=at)
        receipt = handoff_transitions.mark_declined(handoff, waiting, by, at, written)
        log.info("declined", session_id=session_id, handoff_id=handoff_id)
        return receipt

    return retry_stale(decline, what="The handoff")
