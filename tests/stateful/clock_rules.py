"""Rules of the clock: time passes, the clock runs, and people are there or away."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from chalicelib.actions.clock.run_clock import run_clock
from chalicelib.domain.availability import Availability, Presence
from chalicelib.domain.people import Caller
from chalicelib.store import engineers
from tests.stateful import stored_state
from tests.stateful.choices import faults
from tests.stateful.compared_machine import ComparedMachine
from tests.support.builders import ACME, ALEX, OLGA, SAM, minute
from tests.support.dynamodb.faults import Died
from tests.support.dynamodb.write_faults import DELIVERED, WriteFault, met_by


class ClockRules(ComparedMachine):
    """The clock as one more actor."""

    @precondition(lambda self: self.reference.handoffs)
    @rule(fault=faults)
    def run_when_something_is_due(self, fault: WriteFault) -> None:
        """The next thing to come comes, and the clock runs."""
        handed = self.reference.handoffs
        coming = [at for one in handed if (at := one.next_at()) is not None and at > self.now]
        self.run_after(min(coming, default=self.now) - self.now, fault)

    @precondition(lambda self: self.reference.handoffs)
    @rule(minutes=st.sampled_from([1, 2, 4, 8, 15, 40, 200]), fault=faults)
    def run_after(self, minutes: int, fault: WriteFault) -> None:
        """The clock runs after so many minutes; where it dies, it runs again."""
        at = self._later(minutes)
        before = stored_state.due_by_key()
        self._run(at, fault)
        if fault != DELIVERED:
            self._run(at, DELIVERED)

        for what in self.reference.run_clock(at):
            self.seen["clock", what] += 1
        after = stored_state.due_by_key()
        assert all(due > at for due in after.values())
        assert (
            not {
                one.id for one in self.reference.handoffs if one.next_at() is None and before.get(one.id, at + 1) <= at
            }
            & after.keys()
        )

    def _later(self, minutes: int) -> int:
        """An answer that a dead run has left is looked for when that run's lease is over."""
        handed = self.reference.handoffs
        left = [one.answered_lease_until for one in handed if one.is_answered and one.advice == "pending"]
        self.now = max(self.now + max(minutes - 1, 0), *left, 0)
        return self.tick()

    def _run(self, at: int, fault: WriteFault) -> None:
        with met_by(self.recorder, fault) as writes:
            try:
                run_clock(at=minute(at))
            except Died:
                self.seen["clock", "died"] += 1
        self.seen["faults", fault.kind] += writes.met

    @rule(by=st.sampled_from([SAM, ALEX, OLGA]), presence=st.sampled_from([Presence.AWAY, Presence.AVAILABLE]))
    def say_presence(self, by: Caller, presence: Presence) -> None:
        said = Availability(presence=presence)
        engineers.set_availability(ACME, by.id, said)
        self.reference.say_presence(by, said)
