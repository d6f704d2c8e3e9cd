"""Put a claimed handoff back for others."""

from chalicelib import log
from chalicelib.actions.handoffs.note_turn import about_putting_back, note_turn
from chalicelib.actions.retry_stale import retry_stale
from chalicelib.domain.clock.handoff_plan import cover_for, put_back
from chalicelib.domain.handoff import Receipt
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller
from chalicelib.store import handoff_transitions, handoffs, policies


def release_handoff(
    session_id: str, handoff_id: str, note: str, *, by: Caller, at: Instant, epoch: int | None = None
) -> Receipt:
    """Let go of the session the caller holds by this handoff, leaving `note` for the others, as a turn.

    An admin does so for any holder; `epoch` is the `claim_epoch` that the caller was shown. Releasing what one has just
    released is a success. Raises NotFound, StaleEpoch, Forbidden and InvalidState.
    """

    def release() -> Receipt:
        handoff = handoffs.load(by.account_id, session_id, handoff_id)
        if handoff.was_released_by(by):
            return handoff.receipt
        handoff.require_releasable(by, epoch)
        waiting = put_back(handoff, cover_for(policies.find(by.account_id), handoff), at)
        written = note_turn(session_id, note, about_putting_back(handoff, by), by=by, at=at)
        receipt = handoff_transitions.mark_released(handoff, waiting, by, at, written)
        log.info("released", session_id=session_id, handoff_id=handoff_id)
        return receipt

    return retry_stale(release, what="The handoff")
