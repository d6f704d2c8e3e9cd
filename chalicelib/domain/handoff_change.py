"""What was done to a handoff last."""

from enum import StrEnum


class HandoffChange(StrEnum):
    """What the last change of a handoff was; two images alone do not always say it."""

    HANDED_OFF = "handed_off"
    CLAIMED = "claimed"
    RELEASED = "released"
    CLAIM_UNDONE = "claim_undone"
    WITHDRAWN = "withdrawn"
    PASSED_ON = "passed_on"
    RESOLVED = "resolved"
    ASSESSMENT_REQUESTED = "assessment_requested"
    ASSESSMENT_RENEWED = "assessment_renewed"
    ASSESSMENT_SETTLED = "assessment_settled"
    TICKET_NOTES = "ticket_notes"
    TICKET_MOVED = "ticket_moved"
    TICKET_READ = "ticket_read"
    OVERDUE = "overdue"
    STEP_PASSED = "step_passed"
    SLA_WARNED = "sla_warned"
    IDLE = "idle"
    RETURNED = "returned"
    OPENED = "opened"
    KEPT = "kept"
    WAITING = "waiting"
    PRIORITY_CHANGED = "priority_changed"
    DECLINED = "declined"
    REASSIGNED = "reassigned"
    CORRECTED = "corrected"
    REOPENED = "reopened"


CAME_BACK = (HandoffChange.RELEASED, HandoffChange.REASSIGNED, HandoffChange.RETURNED)
"""How a handoff that was worked on waits again; a claim that was undone was not worked on."""

MADE_BY_NOBODY = frozenset(
    {
        HandoffChange.ASSESSMENT_RENEWED,
        HandoffChange.ASSESSMENT_SETTLED,
        HandoffChange.TICKET_MOVED,
        HandoffChange.TICKET_NOTES,
        HandoffChange.TICKET_READ,
    }
)
"""Changes that follow by themselves: the handoff's `actor` stays who changed it before."""


def is_last_made(change: HandoffChange, newest: HandoffChange | None) -> bool:
    """Whether a person may have made `change` last, as the `newest` is that one or follows by itself."""
    return newest is change or newest in MADE_BY_NOBODY
