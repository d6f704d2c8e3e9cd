"""Losing a conditional write."""

from chalicelib.domain.handoff import Handoff


class StaleWrite(Exception):
    """Somebody else's change came first and nothing was written. It carries the handoff as it stands, where known."""

    def __init__(self, *, handoff: Handoff | None = None) -> None:
        super().__init__("somebody else's change came first")
        self.handoff = handoff
