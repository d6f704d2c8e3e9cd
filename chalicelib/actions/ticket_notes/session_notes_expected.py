"""Which notes the ticket of a session without a handoff is to have, as of an event."""

from chalicelib.domain.events import Event, EventType
from chalicelib.domain.session_events import event_of_note
from chalicelib.domain.session_ticket_notes import noted
from chalicelib.domain.ticket_note_ledger import TicketNoteLedger
from chalicelib.domain.turn import NoteAbout
from chalicelib.store import turns
from chalicelib.store.session_ticket_notes import SessionPush


def expected_session_notes(push: SessionPush, event: Event) -> TicketNoteLedger:
    """Return the session's ledger with the note that is due for `event`.

    Events may overtake each other: before the note of a resolution comes that of the reopening that it ends.
    """
    before = _reopening(push) if event.type is EventType.SESSION_RESOLVED else None
    ledger = push.ledger.expecting(noted(before)) if before else push.ledger
    return ledger.expecting(noted(event))


def _reopening(push: SessionPush) -> Event | None:
    """Return the event of the session's newest reopening; one query."""
    found = turns.newest_notes(push.session, NoteAbout.REOPENED)
    return event_of_note(found[0], push.session) if found else None
