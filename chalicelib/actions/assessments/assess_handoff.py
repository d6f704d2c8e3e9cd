"""Get the AI's assessment of a handoff, and write down what came of it."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import uuid4

from chalicelib import log
from chalicelib.actions import ai_budget, ai_permission
from chalicelib.actions.assessments.assess_again import assess_again
from chalicelib.adapters.ai import claude
from chalicelib.adapters.ai.faults import over_budget, switched_off
from chalicelib.domain.image_differences import came_back
from chalicelib.store import assessments
from chalicelib.store.handoff_rows import handoff_in

Image = Mapping[str, Any]


class Assessing(StrEnum):
    """What became of a run."""

    READY = "ready"
    UNAVAILABLE = "unavailable"
    NOT_NEEDED = "not_needed"
    TOO_LATE = "too_late"
    ASKED_AGAIN = "asked_again"


def assess_change(
    old_image: Image | None,
    new_image: Image,
    *,
    deadline_s: float,
    lease_s: float,
    clock: Callable[[], datetime],
) -> Assessing:
    """Assess the handoff in `new_image`, if the change from `old_image` is what asks for it.

    One that has come back to the queue asks by that when it holds what the last assessment does not know.
    """
    old, new = handoff_in(old_image) if old_image else None, handoff_in(new_image)
    if came_back(old, new):
        is_asked = assess_again(new.account_id, new.id, returned_at_epoch=new.claim_epoch, at=clock())
        return Assessing.ASKED_AGAIN if is_asked else Assessing.NOT_NEEDED
    if not new.newly_asks_for_assessment(old):
        return Assessing.NOT_NEEDED
    return assess_handoff(new.account_id, new.id, deadline_s=deadline_s, lease_s=lease_s, clock=clock)


def assess_handoff(
    account_id: str, handoff_id: str, *, deadline_s: float, lease_s: float, clock: Callable[[], datetime]
) -> Assessing:
    """Ask the AI about the handoff's snapshot, within `deadline_s`; one run at a time, held by a lease of `lease_s`.

    What goes wrong with the AI is stored as `unavailable` with its reason and raises nothing; so is that the policy has
    it off. A policy that cannot be read is raised: nothing is sent, and the clock asks again. A finished assessment is
    never overwritten: a run that lost its lease writes nothing.
    """
    lease_id, now = str(uuid4()), clock()
    leased = assessments.take_lease(account_id, handoff_id, lease_id, now, now + timedelta(seconds=lease_s))
    outcome = _work(leased, lease_id, deadline_s, clock) if leased else Assessing.NOT_NEEDED
    log.info("assessed", handoff_id=handoff_id, outcome=outcome.value)
    return outcome


def _work(leased: assessments.Leased, lease_id: str, deadline_s: float, clock: Callable[[], datetime]) -> Assessing:
    """Ask the AI, or take the answer that a run stored before it died: it is not paid for again."""
    handoff = leased.handoff
    if leased.stored_prompt is not None:
        is_kept = assessments.mark_ready(handoff, leased.stored_prompt, clock())
        return _counted("found", Assessing.READY if is_kept else Assessing.TOO_LATE)
    try:
        if not ai_permission.may_assess(handoff.account_id, handoff.session_id):
            raise switched_off()
        if not ai_budget.may_assess(handoff.account_id, clock()):
            raise over_budget()
        advice = claude.assess(handoff.as_it_stands, handoff.notes, handoff.report, deadline_s=deadline_s)
    except claude.AiUnavailable as fault:
        is_kept = assessments.store_unavailable(handoff.account_id, handoff.id, lease_id, fault.reason, clock())
        return _counted(fault.reason.value, Assessing.UNAVAILABLE if is_kept else Assessing.TOO_LATE)
    made = advice.assessment.model_copy(update={"seen": handoff.seen_now})
    is_kept = assessments.store_ready(handoff, lease_id, made, advice.improvement, clock())
    return _counted("ready", Assessing.READY if is_kept else Assessing.TOO_LATE)


def _counted(outcome: str, done: Assessing) -> Assessing:
    """Count what came of a run; one that lost its lease, or came after the handoff was closed, is no assessment."""
    log.count("Assessments", Outcome="too_late" if done is Assessing.TOO_LATE else outcome)
    return done
