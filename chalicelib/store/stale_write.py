"""Losing a conditional write."""

from chalicelib.domain.handoff import Handoff
from chalicelib.domain.session import Session


class StaleWrite(Exception):
    """Somebody else's change came first and nothing was written; here is what stands there now, as far as known."""

    def __init__(self, *, handoff: Handoff | None = None, session: Session | None = None) -> None:
        super().__init__("somebody else's change came first")
        self.handoff = handoff
        self.session = session
