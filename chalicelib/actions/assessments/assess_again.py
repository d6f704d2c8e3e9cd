"""Request a new assessment when a handoff comes back with turns or corrections that the last one lacks."""

from chalicelib import log
from chalicelib.actions import ai_permission
from chalicelib.actions.retry_stale import retry_stale
from chalicelib.domain.assessed_case import Newer, Seen
from chalicelib.domain.assessment import AssessmentError
from chalicelib.domain.handoff_detail import nothing_since
from chalicelib.domain.instants import Instant
from chalicelib.store import handoffs
from chalicelib.store.assessment_rounds import begin_round


def assess_again(account_id: str, handoff_id: str, *, returned_at_epoch: int, at: Instant) -> bool:
    """Begin a round when steps, notes or corrections came before that return; False when none did, or it is closed.

    What decides is how much of the case the last run has read, whatever came of it. So a return that is told of twice
    begins one round. The stream of that change asks the AI. Where the AI was off, and still is, no round begins.
    """

    def ask() -> bool:
        found = handoffs.read(account_id, handoff_id)
        if found is None or not found.detail.is_open:
            return False
        seen = found.parts.seen or Seen.of(found.detail.snapshot, nothing_since())
        newer = Newer.than(seen, found.detail.since, until_epoch=returned_at_epoch)
        if newer is None:
            return False
        is_off = found.detail.assessment_error is AssessmentError.OFF
        if is_off and not ai_permission.may_assess(account_id, found.detail.session_id):
            return False
        begin_round(found, at)
        log.info("assessment asked for again", handoff_id=handoff_id, **dict(newer))
        return True

    return retry_stale(ask, what="The handoff")
