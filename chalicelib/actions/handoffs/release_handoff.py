"""Put a claimed handoff back for others."""

from chalicelib import log
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.handoff import Receipt
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller
from chalicelib.store import handoff_transitions, handoffs
from chalicelib.store.stale_write import StaleWrite

ATTEMPTS = 3


def release_handoff(session_id: str, handoff_id: str, note: str, *, by: Caller, at: Instant) -> Receipt:
    """Let go of the session the caller holds by this handoff, leaving `note` for the next one.

    Releasing what one has just released is a success. Raises NotFound, Forbidden and InvalidState.
    """
    for _ in range(ATTEMPTS):
        handoff = handoffs.load(by.account_id, session_id, handoff_id)
        if handoff.was_released_by(by.person):
            return handoff.receipt
        handoff.require_releasable(by.person)
        try:
            receipt = handoff_transitions.mark_released(handoff, note, by, at)
        except StaleWrite:
            continue
        log.info("released", session_id=session_id, handoff_id=handoff_id)
        return receipt
    raise Unavailable("The handoff keeps changing. Try again.", retry_after_s=1)
