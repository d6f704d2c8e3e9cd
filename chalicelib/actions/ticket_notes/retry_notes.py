"""Retry the notes on a PSA ticket that were given up."""

from chalicelib.domain.errors import InvalidState, NotFound, Unavailable
from chalicelib.domain.handoff import TicketNotesStatus
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller
from chalicelib.store import ticket_notes


def retry_notes(session_id: str, handoff_id: str, *, by: Caller, at: Instant) -> HandoffDetail:
    """Have the notes written after all; the change itself is what sets it going, through the stream.

    Asking for notes that are on their way is a success. Raises NotFound, InvalidState when none was given up, and
    Unavailable while notes are being written.
    """
    push = ticket_notes.find(by.account_id, handoff_id)
    if push is None or push.handoff.session_id != session_id:
        raise NotFound("handoff")
    status = push.handoff.ticket_notes_status
    if status is TicketNotesStatus.PENDING:
        return push.handoff
    if status is not TicketNotesStatus.FAILED:
        raise InvalidState("Only a ticket note that has failed can be asked for again.", status=status)
    asked = ticket_notes.ask_again(push, by.person, at)
    if asked is None:
        raise Unavailable("Notes of this handoff are being written right now. Try again.", retry_after_s=5)
    return asked.handoff
