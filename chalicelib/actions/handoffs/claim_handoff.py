"""Claim a handoff: of all who try, exactly one gets the session."""

from chalicelib import log
from chalicelib.domain.claim_refusal import refused_claim
from chalicelib.domain.errors import AlreadyClaimed, Forbidden, NotFound
from chalicelib.domain.handoff import Receipt
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller, Role
from chalicelib.store import handoff_transitions
from chalicelib.store.stale_write import StaleWrite


def claim_handoff(session_id: str, handoff_id: str, *, by: Caller, at: Instant, epoch: int | None = None) -> Receipt:
    """Make the caller the session's holder, in one conditional transaction and without reading anything first.

    `epoch` is the `claim_epoch` that the caller was shown; None claims the handoff as it stands. Claiming what one
    already holds by this very claim is a success with the same receipt, so an answer that was lost can be asked for
    again. Raises NotFound, OwnHandoff, Forbidden, AlreadyClaimed (with who won, and when),
    DirectedElsewhere (with to whom, and until when), StaleEpoch and InvalidState.
    """
    if not by.role.is_at_least(Role.ENGINEER):
        raise Forbidden.for_role(by.role, Role.ENGINEER)
    try:
        receipt = handoff_transitions.mark_claimed(session_id, handoff_id, by, at, epoch)
    except StaleWrite as stale:
        if stale.handoff is None:
            raise
        if stale.handoff.session_id != session_id:
            raise NotFound("handoff") from stale
        if stale.handoff.is_claimed_by(by.person) and stale.handoff.is_claimed_at(epoch):
            return stale.handoff.receipt
        refusal = refused_claim(stale.handoff, by, at=at, epoch=epoch)
        if isinstance(refusal, AlreadyClaimed):
            log.count("ClaimsLost")
        raise refusal from stale
    log.count("ClaimsWon")
    log.info("claimed", session_id=session_id, handoff_id=handoff_id, by=by.id)
    return receipt
