"""A person's availability, as they have set it."""

from datetime import datetime
from enum import StrEnum

from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.instants import Instant


class Presence(StrEnum):
    """What a person says of themselves."""

    AVAILABLE = "available"
    BUSY = "busy"
    AWAY = "away"


class Availability(FrozenModel):
    """A person's presence, until `until` if that is set; after it they are available."""

    presence: Presence = Presence.AVAILABLE
    until: Instant | None = None

    def is_away_at(self, at: datetime) -> bool:
        """Whether the person is away at `at`."""
        return self.as_of(at).presence is Presence.AWAY

    def as_of(self, at: datetime) -> "Availability":
        """Return the availability that counts at `at`: once its end has come, available without an end."""
        return self if self.until is None or at < self.until else Availability()
