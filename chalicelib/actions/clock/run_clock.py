"""Do what is due for handoffs, whichever account they belong to."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from chalicelib import log
from chalicelib.domain.agenda import MOST_RUNS, SHARDS, ClockPlan, ClockStep, plan_of
from chalicelib.domain.handoff import Handoff
from chalicelib.store import agenda, assessments, handoffs
from chalicelib.store.agenda import DueHandoff

MOST_PER_SHARD = 500
"""How many handoffs of a shard one run looks at; the rest waits for the next run, a minute later."""


class ClockResult(NamedTuple):
    """How many handoffs were due, and for how many an assessment was asked for again or given up."""

    due: int
    asked: int
    given_up: int


def run_clock(*, at: datetime, is_time_left: Callable[[], bool] = lambda: True) -> ClockResult:
    """Do what is due at `at` in every shard of the agenda; what there is no time for is still due at the next run.

    Each write names the due moment and the holder it saw, so a run that is late, comes twice, or meets another one
    changes nothing twice. A handoff that fails holds no other up.
    """
    steps: list[ClockStep | None] = []
    for shard in range(SHARDS):
        for due in agenda.list_due(shard, at, MOST_PER_SHARD):
            if not is_time_left():
                break
            steps.append(_deal_safely(due, at))
    result = ClockResult(len(steps), steps.count(ClockStep.ASK_AGAIN), steps.count(ClockStep.GIVE_UP))
    log.info("clock ran", **result._asdict())
    return result


def _deal_safely(due: DueHandoff, at: datetime) -> ClockStep | None:
    try:
        return _deal_with(due, at)
    except Exception as failure:  # noqa: BLE001  one bad handoff must not stop the clock of all others
        log.error("due handoff failed", failure, account_id=due.account_id, handoff_id=due.handoff_id)
        return None


def _deal_with(due: DueHandoff, at: datetime) -> ClockStep | None:
    """Return the step that was taken, None when somebody else's change came first."""
    handoff = handoffs.find(due.account_id, due.handoff_id)
    if handoff is None or handoff.due_at is None or handoff.due_at > at:
        return None
    work = assessments.read_work(due.account_id, due.handoff_id)
    plan = plan_of(handoff, attempts=work.attempts, leased_until=work.leased_until, now=at)
    return plan.step if _take(plan, handoff, at) else None


def _take(plan: ClockPlan, handoff: Handoff, at: datetime) -> bool:
    if plan.step is ClockStep.ASK_AGAIN:
        return assessments.ask_overdue_again(handoff, at)
    if plan.step is ClockStep.GIVE_UP:
        is_done = assessments.give_up(handoff, MOST_RUNS, at)
        if is_done:
            log.count("Assessments", Outcome="gave_up")
        return is_done
    return agenda.put_off(handoff, plan.due_at)
