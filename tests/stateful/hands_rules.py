"""Rules of changing hands: keep, wait, reassign, decline, another priority."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from chalicelib.actions.handoffs.change_priority import change_priority
from chalicelib.actions.handoffs.decline_handoff import decline_handoff
from chalicelib.actions.handoffs.keep_handoff import keep_handoff, wait_with_handoff
from chalicelib.actions.handoffs.reassign_handoff import reassign_handoff
from chalicelib.domain.clock.moments import Waiting
from chalicelib.domain.handoff import Priority
from chalicelib.domain.people import Caller
from tests.stateful.choices import BY_ID, faults, named, picks, the_right_one
from tests.stateful.compared_machine import ComparedMachine, is_due
from tests.support.builders import minute
from tests.support.dynamodb.write_faults import WriteFault


class HandsRules(ComparedMachine):
    """Requests about an open handoff besides claim, undo, release and withdraw."""

    @precondition(is_due("claimed"))
    @rule(pick=picks, by=the_right_one, wait_min=st.sampled_from([None, None, 2, 20, 300]), fault=faults)
    def keep(self, pick: int, by: Caller | None, wait_min: int | None, fault: WriteFault) -> None:
        handoff, at = self.pick_handoff(pick, "claimed"), self.tick()
        by = by or BY_ID[handoff.claimer or handoff.sender]
        place, until = (handoff.session.id, handoff.id), None if wait_min is None else at + wait_min

        def act() -> object:
            if until is None:
                return keep_handoff(*place, by=by, at=minute(at))
            return wait_with_handoff(*place, Waiting(until=minute(until), reason="A part."), by=by, at=minute(at))

        name = "keep" if until is None else "wait"
        self.compare(name, act, self.reference.keep(handoff, by, at, until), fault)

    @precondition(is_due("claimed"))
    @rule(pick=picks, by=the_right_one, to=named, fault=faults)
    def reassign(self, pick: int, by: Caller | None, to: Caller, fault: WriteFault) -> None:
        handoff, at = self.pick_handoff(pick, "claimed"), self.tick()
        by = by or BY_ID[handoff.claimer or handoff.sender]
        receipt = self.compare(
            "reassign",
            lambda: reassign_handoff(handoff.session.id, handoff.id, to.id, "Not mine.", by=by, at=minute(at)),
            self.reference.reassign(handoff, by, to.id, at),
            fault,
        )
        self.require_receipt(receipt, handoff, "unclaimed", None)

    @precondition(is_due("directed"))
    @rule(pick=picks, by=the_right_one, reason=st.sampled_from(["", "Not my field."]), fault=faults)
    def decline(self, pick: int, by: Caller | None, reason: str, fault: WriteFault) -> None:
        handoff, at = self.pick_handoff(pick, "directed"), self.tick()
        by = by or BY_ID[handoff.timing.to or handoff.sender]
        receipt = self.compare(
            "decline",
            lambda: decline_handoff(handoff.session.id, handoff.id, reason, by=by, at=minute(at)),
            self.reference.decline(handoff, by, reason, at),
            fault,
        )
        self.require_receipt(receipt, handoff, handoff.status, None)

    @precondition(is_due("unclaimed"))
    @rule(pick=picks, by=the_right_one, priority=st.sampled_from(Priority), fault=faults)
    def prioritize(self, pick: int, by: Caller | None, priority: Priority, fault: WriteFault) -> None:
        handoff, at = self.pick_handoff(pick, "unclaimed"), self.tick()
        by = by or BY_ID[handoff.sender]
        self.compare(
            "prioritize",
            lambda: change_priority(handoff.session.id, handoff.id, priority, by=by, at=minute(at)),
            self.reference.prioritize(handoff, by, priority.value),
            fault,
        )
