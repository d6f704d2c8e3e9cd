"""Why a claim was refused."""

from chalicelib.domain.errors import (
    AlreadyClaimed,
    DirectedElsewhere,
    DomainError,
    Forbidden,
    InvalidState,
    OwnHandoff,
    StaleEpoch,
)
from chalicelib.domain.handoff import Handoff, HandoffStatus
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller


def refused_claim(handoff: Handoff, by: Caller, *, at: Instant, epoch: int | None = None) -> DomainError:
    """Say why `by`, who was shown `epoch`, did not win at `at`. To be asked of the image of the failed write.

    Somebody who comes while it is directed elsewhere is told so first, as loading it again would not help.
    """
    if handoff.is_own_escalation(by):
        return OwnHandoff()
    if not handoff.may_claim(by):
        return Forbidden.for_role(by.role, handoff.claim_role)
    if handoff.status is HandoffStatus.CLAIMED and handoff.claimed_by and handoff.claimed_at:
        is_own = handoff.claimed_by.id == by.id
        return StaleEpoch(handoff.claim_epoch) if is_own else AlreadyClaimed(handoff.claimed_by, handoff.claimed_at)
    if handoff.status is HandoffStatus.UNCLAIMED:
        if handoff.is_directed_at(at) and handoff.to and handoff.directed_until and handoff.to.id != by.id:
            return DirectedElsewhere(handoff.to, handoff.directed_until)
        if epoch not in (None, handoff.claim_epoch):
            return StaleEpoch(handoff.claim_epoch)
    return InvalidState(f"The handoff is {handoff.status}; there is nothing to pick up.", status=handoff.status)
