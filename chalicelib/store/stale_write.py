"""Losing a conditional write."""

from chalicelib.domain.handoff import Handoff


class StaleWrite(Exception):
    """Somebody else's change came first and nothing was written; here is the handoff that stands there, where known."""

    def __init__(self, *, handoff: Handoff | None = None) -> None:
        super().__init__("somebody else's change came first")
        self.handoff = handoff
