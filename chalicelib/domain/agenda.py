"""What the clock has to do for a handoff, and when: one due moment for each handoff."""

from datetime import timedelta
from enum import Enum, auto
from typing import NamedTuple

from chalicelib.domain.assessment import AssessmentStatus
from chalicelib.domain.handoff import Handoff
from chalicelib.domain.instants import Instant, up_to_second

SHARDS = 16
"""How many partitions the due moments of all handoffs are spread over, by the handoff's id."""

LOOK_S = 300
"""How long after a hand off or a claim the clock looks at a handoff, in seconds."""

LOOK_AFTER = timedelta(seconds=LOOK_S)
OVERDUE_AFTER = timedelta(minutes=5)
"""How long an assessment may stay pending before it is asked for again."""

MOST_RUNS = 5
"""After this many runs died without a word, the assessment is unavailable instead of asked for again."""


class ClockStep(Enum):
    """What is to be done now."""

    ASK_AGAIN = auto()
    GIVE_UP = auto()
    WAIT = auto()
    """Nothing yet; look again when the plan says."""
    REST = auto()
    """Nothing is left that time alone could bring about."""


class ClockPlan(NamedTuple):
    """The step that is due, and when the handoff is to be looked at next (None: never)."""

    step: ClockStep
    due_at: Instant | None


def plan_of(handoff: Handoff, *, attempts: int, leased_until: Instant | None, now: Instant) -> ClockPlan:
    """Return what is due for `handoff`, whose assessment `attempts` runs have begun.

    One of them may hold it until `leased_until`. Pure: the same handoff at the same time always gives the same plan.
    """
    if handoff.assessment_status is not AssessmentStatus.PENDING:  # closing a handoff ends what was pending
        return ClockPlan(ClockStep.REST, None)
    if leased_until is not None and leased_until > now:
        return ClockPlan(ClockStep.WAIT, up_to_second(leased_until))
    if attempts >= MOST_RUNS:
        return ClockPlan(ClockStep.GIVE_UP, None)
    asked_at = handoff.pending_since or handoff.updated_at
    if asked_at + OVERDUE_AFTER > now:
        return ClockPlan(ClockStep.WAIT, up_to_second(asked_at + OVERDUE_AFTER))
    return ClockPlan(ClockStep.ASK_AGAIN, up_to_second(now + LOOK_AFTER))
