"""Undo a claim: the case is where it was, as if it had never been picked up."""

from collections.abc import Callable

from chalicelib import log
from chalicelib.actions.retry_stale import retry_stale
from chalicelib.domain.claim_undo import (
    require_claim_of,
    require_nothing_written,
    require_undo_in_time,
    was_undone_by,
)
from chalicelib.domain.handoff import Receipt
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller
from chalicelib.store import claim_undo, corrections, handoffs, sessions, turns

TURNS_READ = 100
"""How many of the newest turns are looked through for one of the claimer's: more than ten seconds can bring."""


def undo_claim(
    session_id: str, handoff_id: str, *, by: Caller, clock: Callable[[], Instant], epoch: int | None = None
) -> Receipt:
    """Put back what the caller has just claimed. `epoch` is the `claim_epoch` of that claim; None: the one they hold.

    Undoing what one has undone is a success while nobody has claimed since. The time is compared before each try, so
    that none is made after ten seconds. Raises NotFound, Forbidden, StaleEpoch and InvalidState.
    """

    def undo() -> Receipt:
        handoff = handoffs.load(by.account_id, session_id, handoff_id)
        if was_undone_by(handoff, by.person, epoch):
            return handoff.receipt
        require_claim_of(handoff, by.person, epoch)
        session = sessions.load(by.account_id, session_id)
        written = turns.newest(by.account_id, session_id, TURNS_READ)
        at = clock()
        has_corrected = corrections.is_corrected_by(by.account_id, handoff_id, by.person, handoff.claimed_at or at)
        require_nothing_written(handoff, by.person, written, has_corrected=has_corrected)
        require_undo_in_time(handoff, at)
        in_time = lambda: require_undo_in_time(handoff, clock())  # noqa: E731  said again before each try
        receipt = claim_undo.mark_undone(handoff, session, by, at, in_time)
        log.count("ClaimsUndone")
        log.info("claim undone", session_id=session_id, handoff_id=handoff_id)
        return receipt

    return retry_stale(undo, what="The handoff")
