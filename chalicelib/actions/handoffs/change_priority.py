"""Change the priority of a handoff that waits."""

from chalicelib import log
from chalicelib.actions.retry_stale import retry_stale
from chalicelib.domain.clock.handoff_plan import clocked, cover_for, planned
from chalicelib.domain.errors import Forbidden
from chalicelib.domain.handoff import Handoff, Priority, Receipt
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller
from chalicelib.store import handoff_updates, handoffs, policies, sessions


def change_priority(session_id: str, handoff_id: str, priority: Priority, *, by: Caller, at: Instant) -> Receipt:
    """Give a waiting handoff another priority, so another place in the queue and another ladder.

    The ladder counts from the old start, so a step of it may be due at once. Repeating it is a success. Raises
    NotFound, Forbidden for anybody but its sender, the session's owner and seniors, and InvalidState once it is claimed
    or closed.
    """

    def change() -> Receipt:
        seen = handoffs.load(by.account_id, session_id, handoff_id)
        _require_standing(seen, by)
        seen.require_waiting()
        if seen.priority is priority:
            return seen.receipt
        changed = seen.model_copy(update={"priority": priority})
        after = planned(changed, clocked(changed), cover_for(policies.find(by.account_id), changed), at)
        handoff_updates.mark_prioritized(seen, after, by.person, at)
        return seen.receipt

    receipt = retry_stale(change, what="The handoff")
    log.info("priority changed", session_id=session_id, handoff_id=handoff_id, priority=priority.value)
    return receipt


def _require_standing(handoff: Handoff, by: Caller) -> None:
    if by.is_senior or handoff.sender.id == by.id:
        return
    if sessions.load(by.account_id, handoff.session_id).owner.id != by.id:
        raise Forbidden("Only the sender, the session's owner and seniors can change the priority.")
