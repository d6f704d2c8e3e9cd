"""The rules of the design, told once more as plainly as they can be: no database, no conditions, no retries.

Every question is answered by what the rules expect: a refusal, or a change, or neither when it has been done before.
Nothing changes until `change` is called, so that a process that died before its write can be told from one after.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from chalicelib.domain.errors import (
    AlreadyClaimed,
    DomainError,
    Forbidden,
    IdempotencyMismatch,
    InvalidRequest,
    InvalidState,
    NotFound,
    OwnHandoff,
    StaleEpoch,
)
from chalicelib.domain.people import Caller

LEASE_MINUTES = 3
URGENCY = ("urgent", "high", "normal", "low")
ROLES = ("viewer", "engineer", "senior", "admin")


class Turn(NamedTuple):
    """What the rules know of a turn."""

    author: str
    epoch: int
    kind: str


@dataclass
class PlainHandoff:
    """What the rules know of a handoff."""

    id: str
    session: "PlainSession"
    intent: str
    priority: str
    sender: str
    at: int
    turns_seen: tuple["Turn", ...]
    epoch: int
    status: str = "unclaimed"
    claimer: str | None = None
    released_by: str | None = None
    advice: str = "pending"
    lease: str | None = None
    lease_until: int = 0
    is_answered: bool = False
    is_due: bool = True
    verdict: str | None = None

    def close(self, status: str) -> None:
        """What is pending ends with the handoff, and the clock has nothing left to look at."""
        self.status, self.is_due = status, False
        self.advice = "unavailable" if self.advice == "pending" else self.advice


@dataclass
class PlainSession:
    """What the rules know of a session. `picked_up_by` is who finds it by holding it; who opened it, as its owner."""

    id: str
    owner: str
    holder: str | None
    status: str = "active"
    epoch: int = 1
    turns: list[Turn] = field(default_factory=list)
    open: PlainHandoff | None = None
    package_of: PlainHandoff | None = None
    package_is_enriched: bool = False
    held_by: set[str] = field(default_factory=set)
    picked_up_by: str | None = None
    resolution: str | None = None

    def let_go(self, waiting: str) -> None:
        self.status, self.epoch = waiting, self.epoch + 1
        self.holder = self.picked_up_by = None

    def pick_up(self, by: str) -> None:
        self.status, self.epoch = "active", self.epoch + 1
        self.holder = self.picked_up_by = by

    def say(self, author: str, kind: str) -> None:
        self.turns.append(Turn(author, self.epoch, kind))


class Expected(NamedTuple):
    """What the rules expect of one request; `then` is a change that comes in a write of its own."""

    refusal: type[DomainError] | None = None
    change: Callable[[], None] | None = None
    then: Callable[[], None] | None = None


DONE_BEFORE = Expected()
WAITING = {"escalate": "escalated", "park": "parked"}


class Reference:
    """One account, by the rules."""

    def __init__(self, account_id: str) -> None:
        self.account_id = account_id
        self.sessions: list[PlainSession] = []
        self.handoffs: list[PlainHandoff] = []
        self.requests: dict[str, str] = {}
        """The body that came with each request id that made something."""
        self.unanswered: dict[str, int] = {}
        """The epoch of each message without a reply, by the request id that made it."""

    def queue(self, by: Caller) -> list[str]:
        """Rule 8."""
        waiting = [
            handoff
            for handoff in self.handoffs
            if handoff.status == "unclaimed" and handoff.intent == "escalate" and handoff.sender != by.id
        ]
        return [handoff.id for handoff in sorted(waiting, key=lambda one: (URGENCY.index(one.priority), one.at))]

    def open(self, by: Caller, request_id: str, body: str) -> Expected:
        def change() -> None:
            self.sessions.append(PlainSession(request_id, by.id, by.id))

        return self._once(request_id, body, Expected(change=change))

    def add_step(self, session: PlainSession, by: Caller, epoch: int, request_id: str, body: str) -> Expected:
        refusal = self._refused_writing(session, by, epoch)
        return self._once(request_id, body, Expected(refusal, lambda: session.say(by.id, "step")))

    def say(self, session: PlainSession, by: Caller, epoch: int, request_id: str, body: str) -> Expected:
        """The message, then the assistant's reply; where that was never written, it comes with the message's repeat."""

        def say() -> None:
            session.say(by.id, "message")
            self.unanswered[request_id] = session.epoch

        def reply() -> None:
            session.say("assistant", "message")
            del self.unanswered[request_id]

        expected = self._once(request_id, body, Expected(self._refused_writing(session, by, epoch), say))
        if expected.change:
            return expected._replace(then=reply)
        said_at = self.unanswered.get(request_id)
        if expected.refusal or said_at is None or self._refused_writing(session, by, said_at):
            return expected
        return Expected(change=reply)

    def hand_off(
        self, session: PlainSession, by: Caller, epoch: int, given: tuple[str, str], at: int, request_id: str, body: str
    ) -> Expected:
        """Rules 1, 2 and 3."""
        intent, priority = given

        def change() -> None:
            if session.open:
                session.open.close("passed_on")
            session.let_go(WAITING[intent])
            made = PlainHandoff(request_id, session, intent, priority, by.id, at, tuple(session.turns), session.epoch)
            session.open, session.package_of, session.package_is_enriched = made, made, False
            self.handoffs.append(made)

        return self._once(request_id, body, Expected(self._refused_writing(session, by, epoch), change))

    def claim(self, handoff: PlainHandoff, by: Caller) -> Expected:
        """Rule 4."""
        own = handoff.intent == "escalate" and handoff.sender == by.id
        least = "senior" if handoff.intent == "escalate" else "engineer"

        def change() -> None:
            handoff.status, handoff.claimer, handoff.is_due = "claimed", by.id, True
            handoff.session.pick_up(by.id)
            handoff.session.held_by.add(by.id)
            handoff.epoch = handoff.session.epoch

        if by.account_id != self.account_id:
            return Expected(NotFound)
        if handoff.status == "claimed" and handoff.claimer == by.id:
            return DONE_BEFORE
        if own:
            return Expected(OwnHandoff)
        if ROLES.index(by.role) < ROLES.index(least):
            return Expected(Forbidden)
        if handoff.status == "claimed":
            return Expected(AlreadyClaimed)
        return Expected(change=change) if handoff.status == "unclaimed" else Expected(InvalidState)

    def withdraw(self, handoff: PlainHandoff, by: Caller) -> Expected:
        """Rule 5."""

        def change() -> None:
            handoff.close("withdrawn")
            handoff.session.pick_up(by.id)
            handoff.epoch, handoff.session.open = handoff.session.epoch, None

        if by.account_id != self.account_id:
            return Expected(NotFound)
        if handoff.sender != by.id:
            return Expected(Forbidden)
        if handoff.status == "withdrawn":
            return DONE_BEFORE
        if handoff.status == "claimed":
            return Expected(AlreadyClaimed)
        return Expected(change=change) if handoff.status == "unclaimed" else Expected(InvalidState)

    def release(self, handoff: PlainHandoff, by: Caller) -> Expected:
        """Rule 6."""

        def change() -> None:
            handoff.status, handoff.claimer, handoff.released_by = "unclaimed", None, by.id
            handoff.session.let_go(WAITING[handoff.intent])
            handoff.epoch = handoff.session.epoch

        if by.account_id != self.account_id:
            return Expected(NotFound)
        if handoff.status == "unclaimed" and handoff.released_by == by.id:
            return DONE_BEFORE
        if handoff.status != "claimed":
            return Expected(InvalidState)
        return Expected(change=change) if handoff.claimer == by.id else Expected(Forbidden)

    def resolve(self, session: PlainSession, by: Caller, epoch: int, resolution: str, verdict: str | None) -> Expected:
        """Rules 1 and 7."""
        handoff = session.open

        def change() -> None:
            session.status, session.resolution, session.open = "resolved", resolution, None
            if handoff:
                handoff.verdict = (verdict or "unknown") if handoff.advice == "ready" else None
                handoff.close("resolved")

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

        is_free = handoff.advice == "pending" and not handoff.is_answered and handoff.lease_until <= at
        return Expected(change=change) if is_free else DONE_BEFORE

    def end_advice(self, handoff: PlainHandoff, lease: str, advice: str) -> Expected:
        """A finished assessment is never overwritten; an answer is stored first, and then said, if it is pending."""

        def fail() -> None:
            handoff.advice, handoff.lease, handoff.lease_until, handoff.is_due = "unavailable", None, 0, False

        def store() -> None:
            handoff.is_answered, handoff.lease_until = True, 0

        def say() -> None:
            handoff.advice, handoff.is_due = "ready", False
            if handoff.session.package_of is handoff:
                handoff.session.package_is_enriched = True

        if handoff.lease != lease:
            return DONE_BEFORE
        if advice == "ready":
            return Expected(change=store, then=say if handoff.advice == "pending" else None)
        may_fail = handoff.advice == "pending" and not handoff.is_answered
        return Expected(change=fail) if may_fail else DONE_BEFORE

    def ask_advice_again(self, handoff: PlainHandoff) -> Expected:
        def change() -> None:
            handoff.advice, handoff.lease, handoff.lease_until, handoff.is_due = "pending", None, 0, True

        if handoff.advice == "unavailable":
            return Expected(change=change)
        return DONE_BEFORE if handoff.advice == "pending" else Expected(InvalidState)

    def _refused_writing(self, session: PlainSession, by: Caller, epoch: int) -> type[DomainError] | None:
        """Rules 1 and 9."""
        if by.account_id != self.account_id or by.id not in (session.owner, session.holder, *session.held_by):
            return NotFound
        if epoch != session.epoch:
            return StaleEpoch
        if session.status != "active":
            return InvalidState
        return None if session.holder == by.id else Forbidden

    def _once(self, request_id: str, body: str, fresh: Expected) -> Expected:
        """What a repeated request is told: the same again, unless it says something else now."""
        if request_id in self.requests:
            return DONE_BEFORE if self.requests[request_id] == body else Expected(IdempotencyMismatch)
        if fresh.refusal or not fresh.change:
            return fresh
        change = fresh.change

        def remembered() -> None:
            change()
            self.requests[request_id] = body

        return Expected(change=remembered)
