"""Moments at which something is due on a handoff, and what a handoff's row keeps of those that have passed."""

from enum import StrEnum

from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.instants import Instant


class What(StrEnum):
    """What is due. `direction`: it ends; `waiting`: it ends; `return`: the case goes back to the queue."""

    DIRECTION = "direction"
    STEP = "step"
    RETURN = "return"
    WAITING = "waiting"
    IDLE = "idle"
    SLA = "sla"
    ASSESSMENT = "assessment"


class Moment(FrozenModel):
    """Something that is due at an instant."""

    at: Instant
    what: What


class SlaWarning(FrozenModel):
    """The last warning of a ticket's SLA time: which time it was about, and whether that had been reached.

    Only the last is kept: a time that moved away and back is warned of again if another was warned of in between.
    """

    due_at: Instant
    was_reached: bool


class Waiting(FrozenModel):
    """What a holder said that they wait for, and until when."""

    until: Instant
    reason: str
