"""Ask again for assessments that nobody is working on any more."""

from datetime import datetime, timedelta

from chalicelib import log
from chalicelib.store import assessments, handoffs

OVERDUE_AFTER = timedelta(minutes=5)
MOST_RUNS = 5
"""After this many runs died without a word, the assessment is marked unavailable instead of asked for again."""

MOST_AT_ONCE = 200
"""How many a sweep looks at; the rest waits for the next one, five minutes later."""


def sweep_assessments(*, at: datetime) -> int:
    """Ask again for each assessment that has been pending for too long and that no run holds; return how many."""
    overdue = handoffs.list_overdue(at - OVERDUE_AFTER, MOST_AT_ONCE)
    asked = 0
    for account_id, handoff_id in overdue:
        if assessments.give_up(account_id, handoff_id, MOST_RUNS, at):
            log.count("Assessments", Outcome="gave_up")
        elif assessments.ask_overdue_again(account_id, handoff_id, at - OVERDUE_AFTER, at):
            asked += 1
    log.info("swept", overdue=len(overdue), asked=asked)
    return asked
