"""Escalations that are directed to one person."""

from chalicelib.domain.handoff import Handoff, Priority
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.people import Caller
from tests.support.builders import SAM
from tests.support.scenarios.actions import escalated

UNTIL = 20
"""The minute at which a direction made at minute 10 ends."""


def directed(to: Caller = SAM, priority: Priority = Priority.HIGH) -> HandoffDetail:
    """Jane's escalation to one person."""
    return escalated(to=to.id, priority=priority)


def direction(handoff: Handoff) -> tuple[object, object]:
    """Whom it is directed to, and until when."""
    return handoff.to, handoff.directed_until
