"""What became of telling a ticket."""

from enum import StrEnum


class PushResult(StrEnum):
    """What became of a run."""

    NOT_NEEDED = "not_needed"
    SENT = "sent"
    WAITING = "waiting"
    FAILED = "failed"
