"""Take back a handoff that nobody has claimed."""

from chalicelib import log
from chalicelib.domain.errors import NotFound
from chalicelib.domain.handoff import HandoffStatus, Receipt
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller
from chalicelib.store import handoff_transitions
from chalicelib.store.stale_write import StaleWrite


def withdraw_handoff(session_id: str, handoff_id: str, *, by: Caller, at: Instant) -> Receipt:
    """Make the sender the session's holder again. Withdrawing what one has withdrawn is a success.

    Raises NotFound, Forbidden, AlreadyClaimed and InvalidState.
    """
    try:
        receipt = handoff_transitions.mark_withdrawn(session_id, handoff_id, by, at)
    except StaleWrite as stale:
        if stale.handoff is None:
            raise
        if stale.handoff.session_id != session_id:
            raise NotFound("handoff") from stale
        if stale.handoff.status is HandoffStatus.WITHDRAWN and stale.handoff.sender.id == by.id:
            return stale.handoff.receipt
        raise stale.handoff.refused_withdrawal(by.person) from stale
    log.info("withdrawn", session_id=session_id, handoff_id=handoff_id)
    return receipt
