"""How the due moments of all handoffs are spread, and in which order they are dealt with."""

from collections import defaultdict
from collections.abc import Iterable

from chalicelib.domain.frozen_model import FrozenModel

SHARDS = 16
"""How many partitions the due moments of all handoffs are spread over, by the handoff's id."""


class DueHandoff(FrozenModel):
    """A handoff whose moment has come, as the index knows it: when that was, in seconds since 1970."""

    account_id: str
    handoff_id: str
    due_s: int


def in_order(due: Iterable[DueHandoff]) -> list[DueHandoff]:
    """Return `due` in the order to deal with it: accounts with the fewest first, in an account the longest overdue.

    So an account in which much is due at once does not hold the others up.
    """
    by_account: defaultdict[str, list[DueHandoff]] = defaultdict(list)
    for one in due:
        by_account[one.account_id].append(one)
    accounts = sorted(by_account.values(), key=len)
    return [one for account in accounts for one in sorted(account, key=lambda handoff: handoff.due_s)]
