"""Rules of handoffs: claim, undo, withdraw, release."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from chalicelib.actions.handoffs.release_handoff import release_handoff
from chalicelib.actions.handoffs.undo_claim import undo_claim
from chalicelib.actions.handoffs.withdraw_handoff import withdraw_handoff
from chalicelib.domain.people import Caller
from tests.stateful.choices import BY_ID, anybody, faults, picks, shown_epochs, the_right_one
from tests.stateful.compared_machine import ComparedMachine, is_due
from tests.support.builders import minute
from tests.support.dynamodb.write_faults import WriteFault


class HandoffRules(ComparedMachine):
    """Requests that change the holder of a handoff."""

    @precondition(is_due("unclaimed"))
    @rule(pick=picks, by=anybody, shown=shown_epochs, fault=faults)
    def claim(self, pick: int, by: Caller, fault: WriteFault, shown: int | None = None) -> None:
        handoff, at = self.pick_handoff(pick, "unclaimed"), self.tick()
        epoch = None if shown is None else max(1, handoff.epoch + shown)
        receipt = self.compare(
            "claim",
            lambda: claim_handoff(handoff.session.id, handoff.id, by=by, at=minute(at), epoch=epoch),
            self.reference.claim(handoff, by, epoch, at),
            fault,
        )
        self.require_receipt(receipt, handoff, "claimed", by)

    @precondition(is_due("claimed"))
    @rule(pick=picks, by=the_right_one, shown=shown_epochs, is_late=st.sampled_from([False] * 5 + [True]), fault=faults)
    def undo(self, pick: int, by: Caller | None, shown: int | None, is_late: object, fault: WriteFault) -> None:
        """A claim is undone in the minute in which it was made, or too late."""
        handoff = self.pick_handoff(pick, "claimed")
        is_late = bool(is_late) or self.now > handoff.claimed_at + 3
        at = handoff.claimed_at + 1 if is_late else handoff.claimed_at
        by = by or BY_ID[handoff.claimer or handoff.undone_by or handoff.sender]
        epoch = None if shown is None else max(1, handoff.epoch + shown)
        receipt = self.compare(
            "undo",
            lambda: undo_claim(handoff.session.id, handoff.id, by=by, clock=lambda: minute(at), epoch=epoch),
            self.reference.undo(handoff, by, epoch, is_late=is_late),
            fault,
        )
        self.require_receipt(receipt, handoff, "unclaimed", None)

    @precondition(is_due("unclaimed"))
    @rule(pick=picks, by=the_right_one, fault=faults)
    def withdraw(self, pick: int, by: Caller | None, fault: WriteFault) -> None:
        handoff, at = self.pick_handoff(pick, "unclaimed"), self.tick()
        by = by or BY_ID[handoff.sender]
        receipt = self.compare(
            "withdraw",
            lambda: withdraw_handoff(handoff.session.id, handoff.id, by=by, at=minute(at)),
            self.reference.withdraw(handoff, by),
            fault,
        )
        self.require_receipt(receipt, handoff, "withdrawn", None)

    @precondition(is_due("claimed"))
    @rule(pick=picks, by=the_right_one, fault=faults)
    def release(self, pick: int, by: Caller | None, fault: WriteFault) -> None:
        handoff, at = self.pick_handoff(pick, "claimed"), self.tick()
        by = by or BY_ID[handoff.claimer or handoff.released_by or handoff.sender]
        receipt = self.compare(
            "release",
            lambda: release_handoff(handoff.session.id, handoff.id, "Not mine.", by=by, at=minute(at)),
            self.reference.release(handoff, by, at),
            fault,
        )
        self.require_receipt(receipt, handoff, "unclaimed", None)
