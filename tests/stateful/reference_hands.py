"""The rules of changing hands, and of the clock, in the reference model."""

from chalicelib.domain.errors import DirectedElsewhere, DomainError, Forbidden, InvalidState, NotFound, StaleEpoch
from chalicelib.domain.people import Caller
from tests.stateful.reference_account import DONE_BEFORE, ReferenceAccount
from tests.stateful.reference_state import Expected, PlainHandoff
from tests.stateful.reference_timing import MOST_ATTEMPTS


class ReferenceHands(ReferenceAccount):
    """What is done to an open handoff besides claiming it."""

    def release(self, handoff: PlainHandoff, by: Caller, at: int) -> Expected:
        """The holder, or an admin, puts the claim back; the note that they leave is a turn."""

        def change() -> None:
            handoff.session.say(by.id, "note", "Not mine.", at)
            handoff.put_back(by.id, "released")
            handoff.timing.begin(at)

        if by.account_id != self.account_id:
            return Expected(NotFound)
        was_theirs = handoff.released_by == by.id or handoff.last == ("released", by.id)
        if handoff.status == "unclaimed" and was_theirs:
            return DONE_BEFORE
        return Expected(_refused_release(handoff, by), change)

    def reassign(self, handoff: PlainHandoff, by: Caller, to: str, at: int) -> Expected:
        """The claim is put back and directed at once."""

        def change() -> None:
            handoff.session.say(by.id, "note", "Not mine.", at)
            handoff.put_back(by.id, "reassigned")
            handoff.timing.begin(at, to)

        if by.account_id != self.account_id:
            return Expected(NotFound)
        if handoff.last == ("reassigned", by.id) and handoff.timing.to == to:
            return DONE_BEFORE
        refusal = _refused_release(handoff, by)
        barred = {handoff.sender, handoff.claimer}
        return Expected(refusal or self.refused_recipient(to, handoff.intent, barred), change)

    def decline(self, handoff: PlainHandoff, by: Caller, reason: str, at: int) -> Expected:
        """The handoff opens to all, and its ladder begins."""

        def change() -> None:
            if reason:
                handoff.session.say(by.id, "note", reason, at)
            handoff.last = ("declined", by.id)
            handoff.timing.begin(at)

        if by.account_id != self.account_id:
            return Expected(NotFound)
        if handoff.last == ("declined", by.id):
            return DONE_BEFORE
        if handoff.status != "unclaimed" or not _is_directed(handoff, at):
            return Expected(InvalidState)
        return Expected(change=change) if handoff.timing.to == by.id else Expected(Forbidden)

    def keep(self, handoff: PlainHandoff, by: Caller, at: int, until: int | None) -> Expected:
        """The holder is still on it, or waits for somebody until then."""

        def change() -> None:
            handoff.timing.keep(at, until)
            handoff.look_at = 0
            handoff.last = ("kept", by.id)

        if by.account_id != self.account_id:
            return Expected(NotFound)
        if handoff.status != "claimed":
            return Expected(InvalidState)
        return Expected(change=change) if handoff.claimer == by.id else Expected(Forbidden)

    def prioritize(self, handoff: PlainHandoff, by: Caller, priority: str) -> Expected:
        """The ladder of the new priority counts from the old start."""

        def change() -> None:
            handoff.priority, handoff.last = priority, ("prioritized", by.id)
            handoff.timing.prioritize(priority)

        if by.account_id != self.account_id:
            return Expected(NotFound)
        may = by.role in ("senior", "admin") or by.id in (handoff.sender, handoff.session.owner)
        if not may or handoff.status != "unclaimed":
            return Expected(InvalidState if may else Forbidden)
        return DONE_BEFORE if handoff.priority == priority else Expected(change=change)

    def run_clock(self, at: int) -> list[str]:
        """All that is due by `at` is done, once; return what."""
        return [what for handoff in self.handoffs for what in self._deal_with(handoff, at)]

    def _deal_with(self, handoff: PlainHandoff, at: int) -> list[str]:
        holder = handoff.claimer
        done = handoff.timing.run(at)
        if done:
            handoff.last = ("clock", "")
        if done == "return" and holder:
            handoff.put_back("clock", "returned")
        is_asked = handoff.is_open and self._ask_assessment_again(handoff, at)
        return [what for what in (done, "assessment" if is_asked else None) if what]

    @staticmethod
    def _ask_assessment_again(handoff: PlainHandoff, at: int) -> bool:
        """An assessment is asked for again, and given up after five runs; an answer that is there waits to be said."""
        if handoff.advice != "pending" or at < max(handoff.asked_again_at, handoff.lease_until):
            return False
        handoff.last = ("clock", "")
        handoff.timing.forget_direction()
        if handoff.attempts < MOST_ATTEMPTS or handoff.is_answered:
            handoff.advice_since = at
        else:
            handoff.advice, handoff.lease, handoff.lease_until = "unavailable", None, 0
        return True

    @staticmethod
    def _refused_waiting(handoff: PlainHandoff, by: Caller, epoch: int | None, at: int) -> type[DomainError] | None:
        """Why somebody who may claim cannot claim what they were shown at `epoch`."""
        if handoff.status != "unclaimed":
            return InvalidState
        if _is_directed(handoff, at) and handoff.timing.to != by.id:
            return DirectedElsewhere
        return None if epoch in (None, handoff.epoch) else StaleEpoch


def _is_directed(handoff: PlainHandoff, at: int) -> bool:
    until = handoff.timing.directed_until
    return until is not None and at < until


def _refused_release(handoff: PlainHandoff, by: Caller) -> type[DomainError] | None:
    if handoff.status != "claimed":
        return InvalidState
    return None if handoff.claimer == by.id or by.role == "admin" else Forbidden
