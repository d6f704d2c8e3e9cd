"""Why an event concerns a person."""

from enum import StrEnum


class EventSort(StrEnum):
    """Why an event concerns a person."""

    ESCALATIONS = "escalations"
    """An escalation waits for anybody who may pick it up."""
    MINE = "mine"
    """It is about a case of theirs, or was handed to them by name."""
    LADDER = "ladder"
    """A step of the ladder tells them of an escalation that is overdue."""
