"""Answer the clock's question whether one is still on it."""

from datetime import timedelta

from chalicelib import log
from chalicelib.actions.retry_stale import retry_stale
from chalicelib.domain.clock.handoff_plan import clocked, cover_for, planned
from chalicelib.domain.clock.moments import Waiting
from chalicelib.domain.errors import InvalidRequest
from chalicelib.domain.handoff import Receipt
from chalicelib.domain.handoff_change import HandoffChange
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller
from chalicelib.store import handoff_updates, handoffs, policies

LONGEST_WAIT = timedelta(days=7)


def keep_handoff(session_id: str, handoff_id: str, *, by: Caller, at: Instant) -> Receipt:
    """Say that the caller, who holds the session by this handoff, is still on it; it also ends a waiting.

    Raises NotFound, Forbidden and InvalidState.
    """
    return _keep(session_id, handoff_id, None, by, at)


def wait_with_handoff(session_id: str, handoff_id: str, waiting: Waiting, *, by: Caller, at: Instant) -> Receipt:
    """Say that the caller waits for somebody or something, until a time at which the clock asks at once.

    Raises InvalidRequest for an end that has passed or is over seven days away, NotFound, Forbidden and InvalidState.
    """
    if not at < waiting.until <= at + LONGEST_WAIT:
        raise InvalidRequest("/until", f"The end has to lie ahead, by {LONGEST_WAIT.days} days at most.")
    return _keep(session_id, handoff_id, waiting, by, at)


def _keep(session_id: str, handoff_id: str, waiting: Waiting | None, by: Caller, at: Instant) -> Receipt:
    change = HandoffChange.WAITING if waiting else HandoffChange.KEPT

    def keep() -> Receipt:
        seen = handoffs.load(by.account_id, session_id, handoff_id)
        seen.require_held_by(by.person)
        kept = seen.model_copy(update={"kept_at": at, "asked_at": None, "waiting": waiting})
        after = planned(kept, clocked(kept), cover_for(policies.find(by.account_id), kept), at)
        handoff_updates.mark_kept(seen, after, change, by.person, at)
        return seen.receipt

    receipt = retry_stale(keep, what="The handoff")
    log.info("kept", session_id=session_id, handoff_id=handoff_id, change=change.value)
    return receipt
