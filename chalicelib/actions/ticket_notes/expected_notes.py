"""Which notes the tickets of a handoff are to have, as of an event, and which ticket each goes to."""

from collections.abc import Iterable

from chalicelib.domain.events import Event, EventType
from chalicelib.domain.integration import Integration
from chalicelib.domain.session import Session
from chalicelib.domain.ticket_change import TicketPlace
from chalicelib.domain.ticket_named_later import left_behind, names_ticket, naming
from chalicelib.domain.ticket_note import TicketNote
from chalicelib.domain.ticket_note_ledger import TicketNoteLedger
from chalicelib.store import integrations
from chalicelib.store.ticket_notes import Push


def expected_notes(
    push: Push, session: Session, integration: Integration | None, events: Iterable[Event]
) -> TicketNoteLedger:
    """Return the ledger with the notes that are due for `events`, given in order, and without those that no longer are.

    A ticket that the session does not name any more, and that has notes of this handoff, is to be told so; the one that
    it names instead, what it lacks.
    """
    named = place_of(session, integration)
    ledger = left_behind(push.ledger, named or place_without_system(session, push.ledger))
    for event in events:
        ledger = (ledger.expecting(event) if named else ledger).correcting(
            event,
            named or place_without_system(session, ledger),
            names_it=names_ticket(event, push.handoff, session),
        )
        ledger = naming(ledger, event, named, session, push.handoff)
    return ledger.without_undone(push.handoff, session.epoch)


def place_of(session: Session, integration: Integration | None) -> TicketPlace | None:
    """Return the ticket that the session names, where its system can be asked."""
    if integration is None or session.psa_ticket_id is None:
        return None
    return TicketPlace(integration_id=integration.id, ticket_id=session.psa_ticket_id)


def place_without_system(session: Session, ledger: TicketNoteLedger) -> TicketPlace | None:
    """Return the ticket that the session names in a system that is gone, or that is no longer clear."""
    ticket_id, system = session.psa_ticket_id, session.integration_id
    if ticket_id is None:
        return None
    known = [note.ticket for note in ledger.notes if note.ticket and note.ticket.ticket_id == ticket_id]
    if system is None and known:
        return known[-1]
    return TicketPlace(integration_id=system or "", ticket_id=ticket_id)


def system_of(note: TicketNote, integration: Integration | None) -> str | None:
    """Return the id of the system that the note goes to, where `integration` is that of the session's ticket."""
    if note.type is EventType.CORRECTED and note.ticket:
        return note.ticket.integration_id
    return integration.id if integration else None


def alike(note: TicketNote, ledger: TicketNoteLedger, integration: Integration | None) -> list[str]:
    """Return the events of the pending notes that go to the system of `note`: what keeps it waiting, keeps them."""
    system = system_of(note, integration)
    return [one.event_id for one in ledger.pending if system_of(one, integration) == system]


def target_of(
    note: TicketNote, session: Session, integration: Integration | None
) -> tuple[Integration, TicketPlace] | None:
    """Return where the note goes: to the ticket that the session names, or to the one that it named wrongly."""
    if note.type is EventType.CORRECTED and note.ticket:
        former = integrations.find(session.account_id, note.ticket.integration_id)
        return (former, note.ticket) if former else None
    named = place_of(session, integration)
    return (integration, named) if integration and named else None
