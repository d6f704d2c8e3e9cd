"""Retry the notes on the PSA ticket of a session without a handoff."""

from chalicelib.domain.errors import InvalidState, Unavailable
from chalicelib.domain.handoff import TicketNotesStatus
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session
from chalicelib.store import session_ticket_notes, sessions


def retry_session_notes(session_id: str, *, by: Caller, at: Instant) -> Session:
    """Have the notes written after all; the change itself is what sets it going, through the stream.

    Asking for notes that are on their way is a success. Raises NotFound for those who may not read the session,
    InvalidState when none was given up or its handoff tells the ticket by now, and Unavailable while notes are written.
    """
    session = sessions.load(by.account_id, session_id)
    session.require_readable(by.person)
    push = session_ticket_notes.find(session)
    status = TicketNotesStatus.NONE if session.newest_handoff_id else push.ledger.summary.status
    if status is TicketNotesStatus.PENDING:
        return session
    if status is not TicketNotesStatus.FAILED:
        raise InvalidState("Only a ticket note that has failed can be asked for again.", status=status)
    if session_ticket_notes.ask_again(push, by.person, at) is None:
        raise Unavailable("Notes of this session are being written right now. Try again.", retry_after_s=5)
    return session
