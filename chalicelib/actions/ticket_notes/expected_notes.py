"""Which notes the tickets of a handoff are to have, as of an event."""

from collections.abc import Iterable

from chalicelib.domain.events import Event
from chalicelib.domain.integration import Integration
from chalicelib.domain.session import Session
from chalicelib.domain.ticket_change import TicketPlace
from chalicelib.domain.ticket_note_ledger import TicketNoteLedger
from chalicelib.store.ticket_notes import Push


def expected_notes(
    push: Push, session: Session, integration: Integration | None, events: Iterable[Event]
) -> TicketNoteLedger:
    """Return the ledger with the notes that are due for `events`, given in order, and without those that no longer are.

    A ticket that the session does not name any more, and that has notes of this handoff, is to be told so.
    """
    ledger, named = push.ledger, place_of(session, integration)
    for event in events:
        ledger = (ledger.expecting(event) if named else ledger).correcting(event, named or _unasked(session, ledger))
    return ledger.without_undone(push.handoff, session.epoch)


def place_of(session: Session, integration: Integration | None) -> TicketPlace | None:
    """Return the ticket that the session names, where its system can be asked."""
    if integration is None or session.psa_ticket_id is None:
        return None
    return TicketPlace(integration_id=integration.id, ticket_id=session.psa_ticket_id)


def _unasked(session: Session, ledger: TicketNoteLedger) -> TicketPlace | None:
    """Return the ticket that the session names in a system that is gone, or that is no longer clear."""
    ticket_id, system = session.psa_ticket_id, session.integration_id
    if ticket_id is None:
        return None
    known = [note.ticket for note in ledger.notes if note.ticket and note.ticket.ticket_id == ticket_id]
    if system is None and known:
        return known[-1]
    return TicketPlace(integration_id=system or "", ticket_id=ticket_id)
