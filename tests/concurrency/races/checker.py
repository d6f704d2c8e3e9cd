"""Checks a history: is there an order of its operations that explains every answer?

Each operation takes effect at one moment between being asked and being answered; one without an answer, at any moment
after it was asked, or never. That is linearizability (Herlihy and Wing, 1990), found by the search of Wing and Gong:
try whatever may come next, and go back where that leads nowhere.
"""

from collections.abc import Iterable, Sequence
from itertools import chain

from tests.concurrency.races.claim_register import Register, State
from tests.concurrency.races.history import History, LostClaim, Operation, Saw, Tenure, Won


def unexplained(history: History, originator: str, epoch: int) -> Operation | None:
    """Return None when an order explains every answer, else the operation where the longest attempt got stuck.

    The handoff was unclaimed at `epoch` when the history began, and `originator` may never claim it.
    """
    operations = history.operations
    register = Register(originator, epoch, frozenset(chain.from_iterable(map(_mentioned, operations))))
    attempts = [(frozenset(operations), State(epoch))]
    seen: set[tuple[frozenset[Operation], State]] = set()
    fewest_left = frozenset(operations)
    while attempts:
        left, state = attempts.pop()
        left = _without_effectless(left, state, register)
        if not any(operation.is_answered for operation in left):
            return None
        fewest_left = min(fewest_left, left, key=len)
        if (left, state) not in seen:
            seen.add((left, state))
            attempts += [(left - {one}, then) for one in _may_be_next(left) for then in register.after(one, state)]
    return min(fewest_left, key=lambda operation: operation.completed)


def _without_effectless(left: frozenset[Operation], state: State, register: Register) -> frozenset[Operation]:
    """Let everything take place that fits here and changes nothing: later would never suit it better than now."""
    while fitting := [one for one in _may_be_next(left) if state in register.after(one, state)]:
        left = left.difference(fitting)
    return left


def _may_be_next(left: Iterable[Operation]) -> Sequence[Operation]:
    """Those that were asked for before any of the others was answered."""
    first_answer = min((operation.completed for operation in left), default=0.0)
    return [operation for operation in left if operation.invoked <= first_answer]


def _mentioned(operation: Operation) -> Iterable[Tenure]:
    match operation.answer:
        case Won(tenure) | LostClaim(tenure) | Saw(Tenure() as tenure, _):
            yield tenure
