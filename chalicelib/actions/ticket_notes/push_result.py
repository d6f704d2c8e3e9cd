"""The result of a run that writes to a PSA ticket."""

from enum import StrEnum


class PushResult(StrEnum):
    """The result of a run."""

    NOT_NEEDED = "not_needed"
    SENT = "sent"
    WAITING = "waiting"
    FAILED = "failed"
