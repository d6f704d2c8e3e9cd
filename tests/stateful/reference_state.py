"""What the reference model knows of sessions and handoffs, and what it expects of a request."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from chalicelib.domain.errors import DomainError
from tests.stateful.reference_timing import ASK_AGAIN_MIN, Timing


class Turn(NamedTuple):
    """What the rules know of a turn; what the assistant said is left out."""

    author: str
    epoch: int
    kind: str
    text: str
    is_struck: bool = False


@dataclass
class PlainHandoff:
    """What the rules know of a handoff. `last` is what was done to it last, and by whom."""

    id: str
    session: "PlainSession"
    intent: str
    priority: str
    sender: str
    at: int
    turns_seen: tuple["Turn", ...]
    epoch: int
    timing: Timing
    status: str = "unclaimed"
    claimer: str | None = None
    handed_off_by: str | None = None
    released_by: str | None = None
    last: tuple[str, str] = ("handed_off", "")
    withdrawn_by: str | None = None
    claimed_at: int = 0
    undone_by: str | None = None
    undone_epoch: int = 0
    advice: str = "pending"
    advice_since: int = 0
    look_at: int = 0
    """When the clock looks at a claim during which the advice is pending: until then it may be asked for again late."""
    attempts: int = 0
    lease: str | None = None
    lease_until: int = 0
    is_answered: bool = False
    answered_lease_until: int = 0
    verdict: str | None = None
    corrected: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Who corrected which part of what was handed over, and when."""

    @property
    def is_open(self) -> bool:
        return self.status in ("unclaimed", "claimed")

    def next_at(self) -> int | None:
        """When something is due next; None when nothing is. A run that works on the advice may end by itself."""
        moments = [self.timing.next_at(), self.asked_again_at if self.is_open and self.advice == "pending" else None]
        return min((at for at in moments if at is not None), default=None)

    @property
    def asked_again_at(self) -> int:
        """When the advice is asked for again, if no run works on it."""
        return max(self.advice_since + ASK_AGAIN_MIN, self.look_at if self.status == "claimed" else 0)

    def put_back(self, by: str, change: str) -> None:
        """Nobody holds it any more."""
        self.status, self.released_by, self.claimer = "unclaimed", self.claimer or self.released_by, None
        self.last = (change, by)
        self.session.let_go({"escalate": "escalated", "park": "parked"}[self.intent])
        self.epoch = self.session.epoch

    def close(self, status: str, by: str) -> None:
        """What is pending ends with the handoff, and the clock has nothing left to look at."""
        self.status, self.last = status, (status, by)
        self.timing.is_closed = True
        self.advice = "unavailable" if self.advice == "pending" else self.advice


@dataclass
class PlainSession:
    """What the rules know of a session. `picked_up_by` is who finds it by holding it; who opened it, as its owner."""

    id: str
    owner: str
    holder: str | None
    summary: str
    status: str = "active"
    epoch: int = 1
    revision: int = 0
    turns: list[Turn] = field(default_factory=list)
    written_at: list[int] = field(default_factory=list)
    open: PlainHandoff | None = None
    package_of: PlainHandoff | None = None
    package_is_enriched: bool = False
    held_by: set[str] = field(default_factory=set)
    picked_up_by: str | None = None
    resolution: str | None = None
    was_reopened: bool = False

    def let_go(self, waiting: str) -> None:
        self.status, self.epoch = waiting, self.epoch + 1
        self.holder = self.picked_up_by = None

    def pick_up(self, by: str) -> None:
        self.status, self.epoch = "active", self.epoch + 1
        self.holder = self.picked_up_by = by

    def say(self, author: str, kind: str, text: str, at: int) -> None:
        """Add a turn; one of the holder's shows the clock that they are at work."""
        self.turns.append(Turn(author, self.epoch, kind, text))
        self.written_at.append(at)
        if self.open and self.open.claimer == author:
            self.open.timing.see_work(at)


class Expected(NamedTuple):
    """What the rules expect of one request; `then` is a change that comes in a write of its own."""

    refusal: type[DomainError] | None = None
    change: Callable[[], None] | None = None
    then: Callable[[], None] | None = None
