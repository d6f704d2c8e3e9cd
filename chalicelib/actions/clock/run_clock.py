"""Find what is due, whichever account it belongs to, and see that it is dealt with."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from chalicelib import log
from chalicelib.actions.clock.deal_with_all import deal_with_all
from chalicelib.contracts.due_share import MOST_IN_SHARE, DueShare
from chalicelib.domain.agenda import SHARDS, DueHandoff, in_order
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.shares import shares_of
from chalicelib.store import agenda

MOST_PER_SHARD = 1_000
"""How many handoffs of a shard one run finds; the rest waits for the next run, a minute later."""

MOST_OF_ITS_OWN = 200
"""How many handoffs a run deals with itself, which is done within seconds; what is more goes to the queue."""


class ClockResult(NamedTuple):
    """How many handoffs were due and how many of them went to the queue, what was done, and how late the latest was."""

    due: int
    shared: int
    done: dict[str, int]
    late_s: int


def run_clock(*, at: datetime, is_time_left: Callable[[], bool] = lambda: True) -> ClockResult:
    """Find what is due at `at` in every shard of the agenda; deal with some of it and share the rest out by the queue.

    What there is no time for is still due at the next run, and so is what the queue loses. Without the queue the run
    deals with as much as it has time for.
    """
    found = in_order(due for shard in range(SHARDS) for due in agenda.list_due(shard, at, MOST_PER_SHARD))
    late_s = max((int(at.timestamp()) - due.due_s for due in found), default=0)
    own, others = found[:MOST_OF_ITS_OWN], found[MOST_OF_ITS_OWN:]
    if not _share_out(others):
        own, others = found, []
    done = deal_with_all(own, at=at, is_time_left=is_time_left).done
    log.record_seconds("ClockLateness", late_s)
    result = ClockResult(len(found), len(others), {what.value: count for what, count in done.items()}, late_s)
    log.info("clock ran", **result._asdict())
    return result


def _share_out(others: Sequence[DueHandoff]) -> bool:
    """Send `others` to the queue before anything else is done; return whether it took them."""
    if not others:
        return True
    from chalicelib.adapters.aws import due_handoffs_queue  # lazy: on most runs nothing is shared out (ADR 0015)

    try:
        due_handoffs_queue.put(DueShare(handoffs=tuple(share)) for share in shares_of(others, MOST_IN_SHARE))
    except Unavailable as failure:
        log.error("due handoffs not shared out", failure, due=len(others))
        return False
    return True
