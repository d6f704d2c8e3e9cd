"""Decide which notes the tickets of a handoff are to have, as of an event, and which ticket each note goes to."""

from collections.abc import Iterable

from chalicelib.domain.events import Event
from chalicelib.domain.integration import Integration
from chalicelib.domain.session import Session
from chalicelib.domain.ticket_change import TicketPlace
from chalicelib.domain.ticket_named_later import backfilled, is_merged, naming_correction, settled_elsewhere
from chalicelib.domain.ticket_note import TicketNote
from chalicelib.domain.ticket_note_ledger import TicketNoteLedger
from chalicelib.domain.wrong_tickets import held_ticket, pin_claim_ends
from chalicelib.store import integrations
from chalicelib.store.ticket_notes import Push


def expected_notes(
    push: Push, session: Session, integration: Integration | None, events: Iterable[Event]
) -> TicketNoteLedger:
    """Return the ledger with the notes that are due for `events`, given in order, and without those that no longer are.

    A ticket that has notes of this handoff and that the session no longer names gets a note that it was the wrong one;
    the ticket named instead gets the notes that it lacks. A ticket that was merged into another is not wrong, and its
    notes are not repeated on the other. Corrections belong to the newest handoff alone: what a claim of a former one
    has set is taken back on the ticket where it was set.
    """
    former = _former_ticket(push, session)
    named = former or place_of(session, integration)
    ticket = named or place_without_system(session, push.ledger)
    correction, was_merged = naming_correction(push.handoff, session), is_merged(push.handoff, session)
    ledger = settled_elsewhere(push.ledger, ticket)
    for event in events:
        ledger = ledger.expecting(event) if named else ledger
        if not was_merged:
            names_it = correction is not None and correction.at == event.occurred_at
            ledger = ledger.correcting(event, ticket, names_it=names_it)
            ledger = backfilled(ledger, event, named, session, push.handoff)
    ledger = ledger.without_undone(push.handoff, session.epoch)
    return TicketNoteLedger(notes=tuple(pin_claim_ends(ledger.notes, former))) if former else ledger


def _former_ticket(push: Push, session: Session) -> TicketPlace | None:
    """Return the ticket that still has what the claim of a former handoff has set; None for the newest handoff.

    None also when a correction of that handoff named the session's ticket.
    """
    if session.newest_handoff_id == push.handoff.id or naming_correction(push.handoff, session):
        return None
    return held_ticket(push.ledger.notes)


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
    if note.own_ticket:
        return note.own_ticket.integration_id
    return integration.id if integration else None


def alike(note: TicketNote, ledger: TicketNoteLedger, integration: Integration | None) -> list[str]:
    """Return the events of the pending notes that go to the system of `note`: what keeps it waiting, keeps them."""
    system = system_of(note, integration)
    return [one.event_id for one in ledger.pending if system_of(one, integration) == system]


def target_of(
    note: TicketNote, session: Session, integration: Integration | None
) -> tuple[Integration, TicketPlace] | None:
    """Return where the note goes: to its own ticket, or to the one that the session names."""
    if note.own_ticket:
        former = integrations.find(session.account_id, note.own_ticket.integration_id)
        return (former, note.own_ticket) if former else None
    named = place_of(session, integration)
    return (integration, named) if integration and named else None
