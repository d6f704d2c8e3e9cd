"""A state machine that runs each request on the real actions and on the reference, and compares what came of both.

After every rule all that is stored is compared: every session, handoff, turn, package and queue.
"""

from collections import Counter
from collections.abc import Callable
from typing import TypeVar

from hypothesis.stateful import RuleBasedStateMachine, invariant

from chalicelib.actions.handoffs.list_escalations import list_escalations
from chalicelib.domain.errors import DomainError
from chalicelib.domain.handoff import Receipt
from chalicelib.domain.keyed_request import KeyedRequest
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller
from tests.stateful import stored_account, stored_state
from tests.stateful.choices import BY_ID, PEOPLE, STAFF
from tests.stateful.reference_model import Reference
from tests.stateful.reference_state import Expected, PlainHandoff, PlainSession
from tests.support.builders import ACME, SAM
from tests.support.dynamodb.faults import Died
from tests.support.dynamodb.recorder import Recorder
from tests.support.dynamodb.write_faults import WriteFault, met_by

Seen = Counter[tuple[str, str]]
Answer = TypeVar("Answer")


def is_due(*states: str) -> Callable[["ComparedMachine"], bool]:
    """Whether some handoff or session is in one of these states; every third time it is tried all the same."""
    return lambda machine: machine.now % 3 == 0 or bool(machine.states.intersection(states))


class ComparedMachine(RuleBasedStateMachine):
    """What the rules of all subjects share: the reference, the comparison after each rule, and the choice of cases."""

    def __init__(self, recorder: Recorder, seen: Seen) -> None:
        super().__init__()
        stored_state.empty()
        stored_account.restore()
        recorder.forget()
        self.recorder, self.seen = recorder, seen
        self.reference = Reference(ACME, PEOPLE, on_call=SAM.id)
        self.told = stored_state.ToldByClock()
        self.now = 0
        self.leases: list[tuple[PlainHandoff, str]] = []

    @property
    def states(self) -> set[str]:
        """Those that any session, handoff or assessment is in."""
        handed = self.reference.handoffs
        return {
            *(session.status for session in self.reference.sessions),
            *(handoff.status for handoff in handed),
            *(handoff.advice for handoff in handed),
            *("leased" for handoff in handed if handoff.lease),
            *("directed" for handoff in handed if handoff.timing.directed_until),
        }

    @invariant()
    def what_is_stored_is_what_the_rules_say(self) -> None:
        by_id = sorted(self.reference.sessions, key=lambda one: one.id)
        stored = stored_state.handoffs()
        assert [stored_state.facts_of_session(one, stored) for one in stored_state.sessions()] == list(
            map(stored_state.facts_by_rules, by_id)
        )
        handed = sorted(self.reference.handoffs, key=lambda one: one.id)
        assert list(map(stored_state.facts_of_handoff, stored)) == list(
            map(stored_state.facts_of_handoff_by_rules, handed)
        )
        assert stored_state.turns() == {
            session.id: list(enumerate(session.turns, 1)) for session in by_id if session.turns
        }

    @invariant()
    def indexes_have_what_the_rules_say(self) -> None:
        """By the keys that are there only while something is to be found: nothing else would miss or mind them."""
        assert stored_state.held_by_key() == {
            session.id: f"{ACME}#{session.picked_up_by}" for session in self.reference.sessions if session.picked_up_by
        }
        handed = self.reference.handoffs
        waiting = {one.id for one in handed if one.status == "unclaimed" and one.intent == "escalate"}
        assert stored_state.waiting_by_key() == waiting
        assert stored_state.leases() == {one.id: one.lease for one in handed if one.lease}

    @invariant()
    def due_time_is_never_later_than_the_next_thing_to_do(self) -> None:
        """Every open handoff that something is to come of is due once, and none that is closed."""
        due = stored_state.due_by_key()
        for handoff in self.reference.handoffs:
            assert handoff.is_open or handoff.id not in due
            if (next_at := handoff.next_at()) is not None:
                assert due[handoff.id] <= max(next_at, self.now), (handoff, due, next_at)

    @invariant()
    def clock_told_what_was_due_and_nothing_twice(self) -> None:
        self.told.read_on()
        assert self.told.by_handoff == {one.id: one.timing.told for one in self.reference.handoffs if one.timing.told}

    @invariant()
    def one_holder_and_one_story(self) -> None:
        """Asked of what is stored alone, should the reference ever be wrong in the same way as the code."""
        held, handed = stored_state.held_by_key(), stored_state.handoffs()
        for session in stored_state.sessions():
            open_ones = [
                one for one in handed if one.session_id == session.id and one.status in ("unclaimed", "claimed")
            ]
            assert [one.id for one in open_ones] == ([session.open_handoff_id] if session.open_handoff_id else [])
            if session.holder != session.owner or session.id in held:  # its opener finds it as its owner
                assert held.get(session.id) == (f"{ACME}#{session.holder.id}" if session.holder else None)
            assert (session.holder is not None) == (session.status in ("active", "resolved"))
            for one in open_ones:
                assert (one.claimed_by, one.claim_epoch) == (session.holder, session.epoch)
                assert session.newest_handoff_id == one.id
            assert not [one for one in handed if one.intent == "escalate" and one.claimed_by == one.sender]

    @invariant()
    def queue_shows_what_waits_for_others(self) -> None:
        by = STAFF[self.now % len(STAFF)]
        page = list_escalations(PageRequest(limit=100, cursor=None), by=by)
        assert [line.handoff_id for line in page.items] == self.reference.queue(by)

    def compare(self, name: str, act: Callable[[], Answer], expected: Expected, fault: WriteFault) -> Answer | None:
        """Act, meet the fault, and hold what came of it to what the rules expect. Return what was told, if anything."""
        answer, ending = None, "done"
        changes = [change for change in (expected.change, expected.then) if change and not expected.refusal]
        with met_by(self.recorder, fault) as writes:
            try:
                answer = act()
            except Died:
                ending = "died"
            except DomainError as refusal:
                ending = type(refusal).__name__
        if ending != "died":
            assert ending == (expected.refusal.__name__ if expected.refusal else "done"), (name, fault)
            assert bool(writes.took_effect) == bool(changes), (name, fault)
            assert writes.took_effect >= len(changes), (name, fault)
        assert changes or not writes.took_effect, (name, fault)
        for change in changes[: writes.took_effect]:
            change()
        self.seen[name, ending if expected.change or expected.refusal else f"{ending}, nothing to do"] += 1
        if writes.met:
            self.seen["faults", fault.kind] += 1
        return answer

    @staticmethod
    def require_receipt(receipt: Receipt | None, handoff: PlainHandoff, status: str, claimer: Caller | None) -> None:
        """What people are told is what the rules say, also when they ask again."""
        if receipt:
            answer = (receipt.handoff_id, receipt.session_id, receipt.status, receipt.claimed_by)
            assert answer == (handoff.id, handoff.session.id, status, claimer.person if claimer else None)

    def tick(self) -> int:
        self.now += 1
        return self.now

    def pick_session(self, pick: int) -> PlainSession:
        """One that somebody works on more often than any."""
        active = [session for session in self.reference.sessions if session.status == "active"]
        among = (active if pick % 4 else []) or self.reference.sessions
        return among[-1 - (pick // 4) % len(among)]

    def unresolved(self) -> list[PlainSession]:
        return [session for session in self.reference.sessions if session.status != "resolved"]

    def pick_handoff(self, pick: int, *likely: str) -> PlainHandoff:
        """One of the likely statuses more often than any."""
        states = {
            one.id: {one.status, one.advice, "directed" if one.timing.to else ""} for one in self.reference.handoffs
        }
        fitting = [one for one in self.reference.handoffs if states[one.id].intersection(likely)]
        among = (fitting if pick % 4 else []) or self.reference.handoffs
        return among[-1 - (pick // 2) % len(among)]

    @staticmethod
    def holder_of(session: PlainSession) -> Caller:
        return BY_ID[session.holder or session.owner]

    def request_of(self, by: Caller, route: str, key: str | None, body: str) -> KeyedRequest:
        """A request under a key that may have been used before, or, without one, under a key of its own."""
        return KeyedRequest.of(by, route, key or f"fresh-{self.now}", body)
