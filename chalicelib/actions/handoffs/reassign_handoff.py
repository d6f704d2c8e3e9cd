"""Hand a claimed handoff over to somebody: it is put back and directed to them at once."""

from chalicelib import log
from chalicelib.actions.handoffs.find_recipient import find_recipient
from chalicelib.actions.retry_stale import retry_stale
from chalicelib.domain.clock.handoff_plan import cover_for, put_back
from chalicelib.domain.direction_rules import was_reassigned_by
from chalicelib.domain.handoff import Handoff, Receipt
from chalicelib.domain.handoff_change import HandoffChange
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller, Engineer
from chalicelib.domain.turn import NoteAbout
from chalicelib.store import handoff_transitions, handoffs, policies, sessions
from chalicelib.store.paired_writes import Written


def reassign_handoff(
    session_id: str, handoff_id: str, to: str, note: str, *, by: Caller, at: Instant, epoch: int | None = None
) -> Receipt:
    """Direct the handoff, which the caller holds by claim, to the engineer `to`; an admin does so for any holder.

    In one transaction it is put back, its ladder begins again, and the note becomes a turn. `epoch` is the
    `claim_epoch` that the caller was shown. Repeating it is a success while nothing else has happened. Raises NotFound,
    StaleEpoch, Forbidden, InvalidState, and InvalidRequest for somebody who may not be named.
    """

    def reassign() -> Receipt:
        handoff = handoffs.load(by.account_id, session_id, handoff_id)
        if was_reassigned_by(handoff, by.person, to):
            return handoff.receipt
        handoff.require_releasable(by, epoch)
        holder = [handoff.claimed_by] if handoff.claimed_by else []
        recipient = find_recipient(to, handoff, barred=[handoff.sender, *holder])
        waiting = put_back(handoff, cover_for(policies.find(by.account_id), handoff), at, recipient)
        written = _written(handoff, note, recipient, by, at)
        change = HandoffChange.REASSIGNED
        receipt = handoff_transitions.mark_released(handoff, waiting, by, at, written, change=change)
        log.info("reassigned", session_id=session_id, handoff_id=handoff_id)
        return receipt

    return retry_stale(reassign, what="The handoff")


def _written(handoff: Handoff, note: str, to: Engineer | None, by: Caller, at: Instant) -> Written | None:
    """Return the note as the session's next turn; None, and nothing is read, when it is empty."""
    if not note:
        return None
    session = sessions.load(by.account_id, handoff.session_id)
    about = NoteAbout.RELEASED if handoff.is_claimed_by(by.person) else NoteAbout.PASSED_BY_ADMIN
    return Written(session, session.note(note, about, by=by.person, at=at, to=to.person if to else None))
