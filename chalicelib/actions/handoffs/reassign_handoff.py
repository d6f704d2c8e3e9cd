"""Hand a claimed handoff over to somebody: it is put back and directed to them at once."""

from chalicelib import log
from chalicelib.actions.handoffs.find_recipient import find_recipient
from chalicelib.actions.handoffs.note_turn import about_putting_back, note_turn
from chalicelib.actions.retry_stale import retry_stale
from chalicelib.domain.clock.handoff_plan import cover_for, put_back
from chalicelib.domain.direction_rules import was_reassigned_by
from chalicelib.domain.handoff import Receipt
from chalicelib.domain.handoff_change import HandoffChange
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller
from chalicelib.store import handoff_transitions, handoffs, policies


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
        if was_reassigned_by(handoff, by, to):
            return handoff.receipt
        handoff.require_releasable(by, epoch)
        holder = [handoff.claimed_by] if handoff.claimed_by else []
        recipient = find_recipient(to, handoff, barred=[handoff.sender, *holder])
        waiting = put_back(handoff, cover_for(policies.find(by.account_id), handoff), at, recipient)
        written = note_turn(session_id, note, about_putting_back(handoff, by), by=by, at=at, to=recipient)
        change = HandoffChange.REASSIGNED
        receipt = handoff_transitions.mark_released(handoff, waiting, by, at, written, change=change)
        log.info("reassigned", session_id=session_id, handoff_id=handoff_id)
        return receipt

    return retry_stale(reassign, what="The handoff")
