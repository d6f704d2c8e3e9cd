"""Put a claimed handoff back for others."""

from chalicelib import log
from chalicelib.actions.retry_stale import retry_stale
from chalicelib.domain.handoff import Receipt
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller
from chalicelib.store import handoff_transitions, handoffs


def release_handoff(session_id: str, handoff_id: str, note: str, *, by: Caller, at: Instant) -> Receipt:
    """Let go of the session the caller holds by this handoff, leaving `note` for the next one.

    Releasing what one has just released is a success. Raises NotFound, Forbidden and InvalidState.
    """

    def release() -> Receipt:
        handoff = handoffs.load(by.account_id, session_id, handoff_id)
        if handoff.was_released_by(by.person):
            return handoff.receipt
        handoff.require_releasable(by.person)
        receipt = handoff_transitions.mark_released(handoff, note, by, at)
        log.info("released", session_id=session_id, handoff_id=handoff_id)
        return receipt

    return retry_stale(release, what="The handoff")
