"""Read what the planner needs in addition to a handoff's row."""

from datetime import datetime

from chalicelib.domain.assessment import AssessmentStatus
from chalicelib.domain.clock.clocked import ClockedHandoff
from chalicelib.domain.clock.handoff_plan import clocked
from chalicelib.domain.handoff import Handoff, HandoffStatus, Intent
from chalicelib.store import assessments, turns


def read_clocked(handoff: Handoff) -> ClockedHandoff:
    """Return `handoff` as the planner knows it; one read for a pending assessment, one query for a claim."""
    if handoff.assessment_status is AssessmentStatus.PENDING:
        work = assessments.read_work(handoff.account_id, handoff.id)
        return clocked(handoff, active_at=_active_at(handoff), attempts=work.attempts, leased_until=work.leased_until)
    return clocked(handoff, active_at=_active_at(handoff))


def is_watched(handoff: Handoff) -> bool:
    """Whether the next due moment depends on what the holder has done."""
    return handoff.status is HandoffStatus.CLAIMED and handoff.intent is Intent.ESCALATE


def _active_at(handoff: Handoff) -> datetime | None:
    if not is_watched(handoff) or handoff.claimed_by is None:
        return None
    return turns.newest_at(handoff.account_id, handoff.session_id, handoff.claimed_by.id, handoff.claim_epoch)
