"""The product's rules, written once more as plainly as possible: no database, no conditions, no retries.

Every question is answered by what the rules expect: a refusal, or a change, or neither when it has been done before.
Nothing changes until `change` is called, so that a process that died before its write can be told from one after.
"""

from chalicelib.domain.errors import (
    AlreadyClaimed,
    Forbidden,
    InvalidRequest,
    InvalidState,
    NotFound,
    OwnHandoff,
    StaleEpoch,
)
from chalicelib.domain.people import Caller
from tests.stateful.reference_account import DONE_BEFORE, ROLES
from tests.stateful.reference_hands import ReferenceHands
from tests.stateful.reference_state import Expected, PlainHandoff, PlainSession
from tests.stateful.reference_texts import ReferenceTexts
from tests.stateful.reference_timing import Timing

LEASE_MINUTES, LOOK_MINUTES = 3, 5
URGENCY = ("urgent", "high", "normal", "low")
WAITING = {"escalate": "escalated", "park": "parked"}


class Reference(ReferenceHands, ReferenceTexts):
    """One account, by the rules."""

    def queue(self, by: Caller) -> list[str]:
        """Unclaimed escalations of others, the most urgent first, then the oldest."""
        waiting = [
            handoff
            for handoff in self.handoffs
            if handoff.status == "unclaimed" and handoff.intent == "escalate" and handoff.sender != by.id
        ]
        return [handoff.id for handoff in sorted(waiting, key=lambda one: (URGENCY.index(one.priority), one.at))]

    def open(self, by: Caller, request_id: str, body: str) -> Expected:
        def change() -> None:
            self.sessions.append(PlainSession(request_id, by.id, by.id, body))

        return self._once(request_id, body, Expected(change=change))

    def add_step(
        self, session: PlainSession, by: Caller, epoch: int, action: str, at: int, request: tuple[str, str]
    ) -> Expected:
        refusal = self._refused_writing(session, by, epoch)
        return self._once(*request, Expected(refusal, lambda: session.say(by.id, "step", action, at)))

    def say(
        self, session: PlainSession, by: Caller, epoch: int, text: str, at: int, request: tuple[str, str]
    ) -> Expected:
        """The message, then the assistant's reply; where that was never written, it comes with the message's repeat."""

        request_id = request[0]

        def say() -> None:
            session.say(by.id, "message", text, at)
            self.unanswered[request_id] = session.epoch

        def reply() -> None:
            session.say("assistant", "message", "", at)
            del self.unanswered[request_id]

        expected = self._once(*request, Expected(self._refused_writing(session, by, epoch), say))
        if expected.change:
            return expected._replace(then=reply)
        said_at = self.unanswered.get(request_id)
        if expected.refusal or said_at is None or self._refused_writing(session, by, said_at):
            return expected
        return Expected(change=reply)

    def hand_off(
        self,
        session: PlainSession,
        by: Caller,
        epoch: int,
        given: tuple[str, str, str | None],
        at: int,
        request: tuple[str, str],
    ) -> Expected:
        """The holder hands off, or an admin for them, which closes the handoff that the session was held by."""
        intent, priority, to = given
        sender = session.holder if by.role == "admin" and session.holder else by.id

        def change() -> None:
            if session.open:
                session.open.close("passed_on", by.id)
            session.let_go(WAITING[intent])
            timing = Timing.of(sender, priority, self.staff, is_clocked=intent == "escalate")
            timing.begin(at, to)
            seen = tuple(session.turns)
            made = PlainHandoff(request[0], session, intent, priority, sender, at, seen, session.epoch, timing)
            made.handed_off_by = by.id if by.id != sender else None
            made.advice_since = at
            session.open, session.package_of, session.package_is_enriched = made, made, False
            self.handoffs.append(made)

        refusal = self._refused_writing(session, by, epoch, sender)
        if refusal is None and (not_named := self.refused_recipient(to, intent, {sender})):
            return Expected(not_named)
        return self._once(*request, Expected(refusal, change))

    def claim(self, handoff: PlainHandoff, by: Caller, epoch: int | None, at: int) -> Expected:
        """One claim succeeds, never the sender's own; so does its repeat. `epoch` is what the claimer was shown."""
        own = handoff.intent == "escalate" and handoff.sender == by.id
        least = "senior" if handoff.intent == "escalate" else "engineer"

        def change() -> None:
            handoff.status, handoff.claimer, handoff.claimed_at = "claimed", by.id, at
            handoff.last = ("claimed", by.id)
            handoff.timing.claim(by.id, at)
            handoff.look_at = at + LOOK_MINUTES
            handoff.session.pick_up(by.id)
            handoff.session.held_by.add(by.id)
            handoff.epoch = handoff.session.epoch

        if by.account_id != self.account_id:
            return Expected(NotFound)
        is_mine = handoff.status == "claimed" and handoff.claimer == by.id
        if is_mine and epoch in (None, handoff.epoch - 1):
            return DONE_BEFORE
        if own or ROLES.index(by.role) < ROLES.index(least):
            return Expected(OwnHandoff if own else Forbidden)
        if handoff.status == "claimed":
            return Expected(StaleEpoch if is_mine else AlreadyClaimed)
        return Expected(self._refused_waiting(handoff, by, epoch, at), change)

    def undo(self, handoff: PlainHandoff, by: Caller, epoch: int | None, *, is_late: bool) -> Expected:
        """The claimer undoes within ten seconds, before they write. `epoch` is that of the claim to undo."""

        def change() -> None:
            handoff.status, handoff.claimer, handoff.last = "unclaimed", None, ("claim_undone", by.id)
            handoff.timing.undo()
            handoff.session.let_go(WAITING[handoff.intent])
            handoff.epoch = handoff.undone_epoch = handoff.session.epoch
            handoff.undone_by = by.id

        if by.account_id != self.account_id:
            return Expected(NotFound)
        is_undone = handoff.undone_by == by.id and handoff.undone_epoch == handoff.epoch
        if handoff.status == "unclaimed" and is_undone and epoch in (None, handoff.epoch - 1):
            return DONE_BEFORE
        if handoff.status == "claimed" and handoff.claimer != by.id:
            return Expected(Forbidden)
        if epoch not in (None, handoff.epoch):
            return Expected(StaleEpoch)
        has_written = any((turn.author, turn.epoch) == (by.id, handoff.epoch) for turn in handoff.session.turns)
        has_written |= any(who == by.id and when >= handoff.claimed_at for who, when in handoff.corrected.values())
        has_written |= handoff.timing.kept_at is not None or handoff.timing.waiting_until is not None
        if handoff.status != "claimed" or has_written or is_late:
            return Expected(InvalidState)
        return Expected(change=change)

    def withdraw(self, handoff: PlainHandoff, by: Caller) -> Expected:
        """The sender or the session's owner takes an unclaimed handoff back."""

        def change() -> None:
            handoff.close("withdrawn", by.id)
            handoff.withdrawn_by = by.id
            handoff.session.pick_up(handoff.sender if handoff.handed_off_by == by.id else by.id)
            handoff.epoch, handoff.session.open = handoff.session.epoch, None

        if by.account_id != self.account_id:
            return Expected(NotFound)
        if handoff.withdrawn_by == by.id:
            return DONE_BEFORE
        if handoff.status == "unclaimed" and by.id in (handoff.session.owner, handoff.handed_off_by):
            return Expected(change=change)
        if handoff.sender != by.id:
            return Expected(Forbidden)
        if handoff.status == "claimed":
            return Expected(AlreadyClaimed)
        return Expected(change=change) if handoff.status == "unclaimed" else Expected(InvalidState)

    def resolve(self, session: PlainSession, by: Caller, epoch: int, resolution: str, verdict: str | None) -> Expected:
        """The holder resolves session and claimed handoff together."""
        handoff = session.open

        def change() -> None:
            session.status, session.resolution, session.open = "resolved", resolution, None
            if handoff:
                handoff.verdict = (verdict or "unknown") if handoff.advice == "ready" else None
                handoff.close("resolved", by.id)

        is_same = (session.holder, session.resolution, session.epoch) == (by.id, resolution, epoch)
        if session.status == "resolved" and is_same and by.account_id == self.account_id:
            return DONE_BEFORE
        if refusal := self._refused_writing(session, by, epoch):
            return Expected(refusal)
        if handoff and handoff.advice != "ready" and verdict not in (None, "unknown"):
            return Expected(InvalidRequest)
        return Expected(change=change)

    def begin_advice(self, handoff: PlainHandoff, lease: str, at: int) -> Expected:
        """One run at a time works on an assessment."""

        def change() -> None:
            handoff.lease, handoff.lease_until = lease, at + LEASE_MINUTES
            handoff.attempts += 1

        is_free = handoff.advice == "pending" and not handoff.is_answered and handoff.lease_until <= at
        return Expected(change=change) if is_free else DONE_BEFORE

    def end_advice(self, handoff: PlainHandoff, lease: str, advice: str) -> Expected:
        """A finished assessment is never overwritten; an answer is stored first, and then said, if it is pending.

        When something is due next stays as it is: the end of an assessment does not know the plan.
        """

        def fail() -> None:
            handoff.advice, handoff.lease, handoff.lease_until = "unavailable", None, 0
            handoff.last = ("assessment_settled", "")

        def store() -> None:
            handoff.is_answered, handoff.answered_lease_until, handoff.lease_until = True, handoff.lease_until, 0

        def say() -> None:
            handoff.advice = "ready"
            handoff.last = ("assessment_settled", "")
            if handoff.session.package_of is handoff:
                handoff.session.package_is_enriched = True

        if handoff.lease != lease:
            return DONE_BEFORE
        if advice == "ready":
            return Expected(change=store, then=say if handoff.advice == "pending" else None)
        may_fail = handoff.advice == "pending" and not handoff.is_answered
        return Expected(change=fail) if may_fail else DONE_BEFORE

    def ask_advice_again(self, handoff: PlainHandoff, at: int) -> Expected:
        def change() -> None:
            handoff.advice, handoff.lease, handoff.lease_until = "pending", None, 0
            handoff.advice_since, handoff.attempts, handoff.look_at = at, 0, 0
            handoff.last = ("assessment_requested", "")

        if handoff.advice == "unavailable":
            return Expected(change=change)
        return DONE_BEFORE if handoff.advice == "pending" else Expected(InvalidState)
