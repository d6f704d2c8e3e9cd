"""How a handoff must behave when nothing happens at the same time: a register that one person at a time may hold."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.concurrency.races.history import Act, LostClaim, Operation, RefusedClaim, Released, Saw, Tenure, Unknown, Won

UNSEEN = "at a time nobody saw"


@dataclass(frozen=True)
class State:
    """Who holds it. The epoch rises by one with every change of holder."""

    epoch: int
    holder: Tenure | None = None

    def held_by(self, tenure: Tenure) -> "State":
        """After a claim."""
        return State(self.epoch + 1, tenure)

    def put_back(self) -> "State":
        """After a release."""
        return State(self.epoch + 1)


@dataclass(frozen=True)
class Register:
    """The rules for one handoff. `tenures` are all that any answer speaks of."""

    originator: str
    epoch: int
    tenures: frozenset[Tenure] = frozenset()

    def after(self, operation: Operation, state: State) -> Iterator[State]:
        """Yield each state that may follow when the operation takes effect in `state`; none when its answer is wrong.

        An unknown operation yields only what it would change: that it changed nothing needs no place in the order.
        """
        who, holder = operation.who, state.holder
        match operation.act, operation.answer:
            case Act.CLAIM, Won(tenure) if holder == tenure and tenure.who == who:
                yield state
            case Act.CLAIM, Won(tenure) if self._may_claim(who, state) and tenure.who == who:
                yield state.held_by(tenure)
            case Act.CLAIM, LostClaim(to) if holder == to and to.who != who:
                yield state
            case Act.CLAIM, RefusedClaim() if who == self.originator:
                yield state
            case Act.CLAIM, Unknown() if self._may_claim(who, state):
                seen = {tenure for tenure in self.tenures if tenure.who == who}
                yield from (state.held_by(tenure) for tenure in seen or {Tenure(who, UNSEEN)})
            case Act.RELEASE, Released() | Unknown() if holder and holder.who == who:
                yield state.put_back()
            case Act.READ, Saw(tenure, epoch) if (holder, state.epoch) == (tenure, epoch):
                yield state

    def _may_claim(self, who: str, state: State) -> bool:
        return state.holder is None and who != self.originator
