"""What people did to one handoff at the same time, and what each was told: enough to check it afterwards."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Tenure(NamedTuple):
    """One holding of the session: by whom, and since when (`claimed_at` as the answers write it)."""

    who: str
    since: str


class Won(NamedTuple):
    """The claim is mine, says the receipt."""

    tenure: Tenure


class LostClaim(NamedTuple):
    """Somebody else has it, says the refusal."""

    to: Tenure


class RefusedClaim(NamedTuple):
    """Not for me, no matter who has it: my own handoff."""


class Released(NamedTuple):
    """I have put it back."""


class Saw(NamedTuple):
    """What a consistent read showed: who holds it, and the epoch."""

    tenure: Tenure | None
    epoch: int


class Unknown(NamedTuple):
    """No answer came: it may have happened, now or later, or not at all."""


class Broken(NamedTuple):
    """An answer that nothing explains, such as a 500."""

    what: str


Answer = Won | LostClaim | RefusedClaim | Released | Saw | Unknown | Broken


class Act(StrEnum):
    """What was asked for."""

    CLAIM = "claim"
    RELEASE = "release"
    READ = "read"


@dataclass(frozen=True)
class Operation:
    """One request, between two readings of the same clock in seconds. An unknown one never completes."""

    who: str
    act: Act
    answer: Answer
    invoked: float
    completed: float

    @classmethod
    def ended(cls, who: str, act: Act, answer: Answer, invoked: float) -> "Operation":
        """Return what has been waited for up to now."""
        return cls(who, act, answer, invoked, math.inf if isinstance(answer, Unknown) else time.monotonic())

    @property
    def is_answered(self) -> bool:
        """Whether anything is known of what came of it."""
        return not isinstance(self.answer, Unknown)

    def __str__(self) -> str:
        return f"{self.who} {self.act} [{self.invoked:.4f} … {self.completed:.4f}] -> {self.answer}"


@dataclass(frozen=True)
class History:
    """The operations on one handoff, in the order in which they were answered. Safe to use from many threads."""

    operations: list[Operation] = field(default_factory=list)

    def record(self, who: str, act: Act, ask: Callable[[], Answer]) -> Answer:
        """Ask, and remember when it was asked, when it was answered, and what the answer was."""
        invoked = time.monotonic()
        answer = ask()
        self.operations.append(Operation.ended(who, act, answer, invoked))
        return answer

    def answers(self, act: Act) -> list[Answer]:
        """What everybody who asked for that was told."""
        return [operation.answer for operation in self.operations if operation.act is act]

    @property
    def rivals(self) -> int:
        """How many claims were under way when the first of them was answered. One means that nobody raced."""
        claims = [operation for operation in self.operations if operation.act is Act.CLAIM]
        first_answer = min(claim.completed for claim in claims)
        return sum(1 for claim in claims if claim.invoked <= first_answer)
