"""Deal with many handoffs that are due."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import NamedTuple

from chalicelib import log
from chalicelib.actions.clock.account_rules import AccountRules
from chalicelib.actions.clock.deal_with_due import deal_with_due
from chalicelib.domain.agenda import DueHandoff
from chalicelib.domain.clock.moments import What


class Dealt(NamedTuple):
    """How often each action was done, and how many handoffs are left because they failed or time ran out."""

    done: Counter[What]
    left: int


def deal_with_all(
    due: Sequence[DueHandoff], *, at: datetime, is_time_left: Callable[[], bool], width: int = 1
) -> Dealt:
    """Deal with handoffs while there is time, `width` of them side by side. A handoff that fails holds no other up."""
    rules = AccountRules(at)

    def deal(one: DueHandoff) -> list[What] | None:
        if not is_time_left():
            return None
        try:
            return deal_with_due(one.account_id, one.handoff_id, rules)
        except Exception as failure:  # noqa: BLE001  one bad handoff must not stop the clock of all others
            log.error("due handoff failed", failure, account_id=one.account_id, handoff_id=one.handoff_id)
            log.count("ClockFailures")
            return None

    with ThreadPoolExecutor(width) as pool:
        outcomes = list(pool.map(deal, due))
    done = Counter(what for outcome in outcomes for what in outcome or ())
    return Dealt(done, sum(outcome is None for outcome in outcomes))
