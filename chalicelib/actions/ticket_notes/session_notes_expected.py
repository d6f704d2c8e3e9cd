"""Which notes the tickets of a session without a handoff are to have, as of an event."""

from chalicelib.actions.ticket_notes.expected_notes import place_of, place_without_system
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.integration import Integration
from chalicelib.domain.session_events import event_of_note
from chalicelib.domain.session_ticket_notes import noted
from chalicelib.domain.ticket_named_later import backfilled, settled_elsewhere
from chalicelib.domain.ticket_note_ledger import TicketNoteLedger
from chalicelib.domain.turn import NoteAbout
from chalicelib.store import turns
from chalicelib.store.session_ticket_notes import SessionPush


def expected_session_notes(push: SessionPush, event: Event, integration: Integration | None) -> TicketNoteLedger:
    """Return the session's ledger with the notes that are due for `event`.

    Events may overtake each other: before the note of a resolution comes that of the reopening that it ends. A ticket
    that has notes of the session and that the session no longer names gets a note that it was the wrong one, the ticket
    named instead that of the reopening. Once the session was handed off, only the wrong ticket gets one (ADR 0041).
    """
    session, named = push.session, place_of(push.session, integration)
    ticket = named or place_without_system(session, push.ledger)
    ledger = settled_elsewhere(push.ledger, ticket)
    if named and not session.newest_handoff_id:
        ledger = _with_news(push, ledger, event)
    ledger = ledger.correcting(noted(event), ticket)
    if session.newest_handoff_id:
        return ledger.only_correcting()
    return backfilled(ledger, noted(event), named, session, None)


def _with_news(push: SessionPush, ledger: TicketNoteLedger, event: Event) -> TicketNoteLedger:
    before = _reopening(push) if event.type is EventType.SESSION_RESOLVED else None
    return (ledger.expecting(noted(before)) if before else ledger).expecting(noted(event))


def _reopening(push: SessionPush) -> Event | None:
    """Return the event of the session's newest reopening; one query."""
    found = turns.newest_notes(push.session, NoteAbout.REOPENED)
    return event_of_note(found[0], push.session) if found else None
