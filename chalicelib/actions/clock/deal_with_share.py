"""Deal with a share of what one run of the clock has found."""

from collections.abc import Callable
from datetime import datetime

from chalicelib import log
from chalicelib.actions.clock.deal_with_all import deal_with_all
from chalicelib.contracts.due_share import DueShare

WIDTH = 8
"""How many handoffs are dealt with side by side, so that the function does not stand still while DynamoDB answers."""


def deal_with_share(share: DueShare, *, at: datetime, is_time_left: Callable[[], bool]) -> bool:
    """Do what is due at `at` for the handoffs of the share, by what their rows say now.

    A share that comes twice, late or while the next run of the clock is at work changes nothing twice. Returns False
    when handoffs are left, which failed or had no time.
    """
    dealt = deal_with_all(share.handoffs, at=at, is_time_left=is_time_left, width=WIDTH)
    done = {what.value: count for what, count in dealt.done.items()}
    log.info("share dealt with", due=len(share.handoffs), done=done, left=dealt.left)
    return dealt.left == 0
