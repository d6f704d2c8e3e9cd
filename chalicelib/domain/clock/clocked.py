"""What the clock has to know of a handoff, and what it found to be due."""

from datetime import datetime

from chalicelib.domain.clock.ladder import Rung
from chalicelib.domain.clock.moments import Moment, SlaWarning, What
from chalicelib.domain.clock.staff import TargetContext
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.handoff import HandoffStatus, Intent
from chalicelib.domain.instants import Instant

OPEN = frozenset({HandoffStatus.UNCLAIMED, HandoffStatus.CLAIMED})


class Holding(FrozenModel):
    """A claim that holds. `active_at`: the newest turn, keep or wait of the holder at this epoch, else the claim.

    `asked_at`: when the idle question was asked last. `waiting_until`: what the holder said they wait for.
    """

    holder_id: str
    active_at: Instant
    asked_at: Instant | None = None
    waiting_until: Instant | None = None

    @property
    def is_asked(self) -> bool:
        """Whether the idle question stands unanswered: work answers it."""
        return self.asked_at is not None and self.asked_at > self.active_at


class PendingAssessment(FrozenModel):
    """An assessment that was asked for at `since`; a run may hold it until `leased_until`. `attempts` were begun."""

    since: Instant
    attempts: int = 0
    leased_until: Instant | None = None


class Direction(FrozenModel):
    """The only person who may claim the handoff, until `until`."""

    to: str
    until: Instant


class ClockedHandoff(FrozenModel):
    """A handoff as the clock sees it. `rung` is the last step reached since `ladder_start`, None before the first.

    A claim leaves `ladder_start`, `rung` and `direction` alone, so that its undo restores the plan. Only `ladder_start`
    of a handoff that is not directed counts: the end of a direction sets it.
    """

    status: HandoffStatus
    intent: Intent
    sender_id: str
    domain: str | None = None
    ladder_start: Instant
    rung: Rung | None = None
    direction: Direction | None = None
    holding: Holding | None = None
    assessment: PendingAssessment | None = None
    sla_due_at: Instant | None = None
    sla_warning: SlaWarning | None = None

    @property
    def is_open(self) -> bool:
        """Whether anything can be due at all."""
        return self.status in OPEN

    @property
    def target_context(self) -> TargetContext:
        """The facts that decide which people the targets of a step are."""
        return TargetContext(sender_id=self.sender_id, domain=self.domain)


class DueAction(FrozenModel):
    """What the clock has to do now, which was due at `at`; `handoff` is the handoff once it is done.

    `tell` holds the ids of the people to be told. `gives_up`: the assessment is not asked for again but given up.
    """

    at: Instant
    what: What
    handoff: ClockedHandoff
    tell: tuple[str, ...] = ()
    gives_up: bool = False


class Plan(FrozenModel):
    """What is due now, in the order to be done, and the next moment after all that, None when nothing is left."""

    due: tuple[DueAction, ...]
    next: Moment | None

    @property
    def due_at(self) -> datetime | None:
        """The instant of the next moment."""
        return self.next.at if self.next else None
