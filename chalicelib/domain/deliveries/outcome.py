"""How sending one message ended."""

from enum import Enum, auto
from typing import NamedTuple


class SendResult(Enum):
    """What the other side made of a message."""

    ACCEPTED = auto()
    RETRY = auto()
    """It did not take the message now, and may later."""
    REFUSED = auto()
    """It will never take this message."""
    GONE = auto()
    """It wants no messages any more."""
    UNKNOWN = auto()
    """It may have taken the message, and a second one would be worse than none."""
    PLACE_GONE = auto()
    """Nothing was sent, as its person no longer has the device or the address that it was for."""
    NOT_NEEDED = auto()
    """Nothing was sent, as it was not needed any more."""


class SendOutcome(NamedTuple):
    """The result; in `detail` what to show of it, never words of the other side; the pause that it asked for.

    `message_id`: what the mail or SMS service calls the message that it took. `place`: where it went, for a message to
    a person (`reach_marks`).
    """

    result: SendResult
    detail: str | None = None
    retry_after_s: float | None = None
    message_id: str | None = None
    place: str | None = None

    @property
    def is_place_gone(self) -> bool:
        """Whether its person no longer has the device or the address that it was for."""
        return self.result is SendResult.PLACE_GONE
