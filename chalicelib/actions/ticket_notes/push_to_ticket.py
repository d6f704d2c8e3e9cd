"""Write to the PSA ticket what follows from an event: of a handoff, or of a session that has none."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.actions.ticket_notes.push_notes import push_notes
from chalicelib.actions.ticket_notes.push_result import PushResult
from chalicelib.actions.ticket_notes.push_session_notes import push_session_notes
from chalicelib.domain.events import Event


def push_to_ticket(event: Event, *, is_last: bool, lease_s: float, clock: Callable[[], datetime]) -> PushResult:
    """Write what the ticket lacks as of `event`. Raises PsaUnavailable when it is to be tried again later."""
    push = push_notes if event.handoff_id else push_session_notes
    return push(event, is_last=is_last, lease_s=lease_s, clock=clock)
