"""Try to write one note on a ticket, and keep in the ledger what came of it."""

from collections.abc import Callable, Collection
from datetime import datetime

from chalicelib.actions.integrations.psa_rate_limit import calling_psa
from chalicelib.actions.ticket_notes.ticket_writes import TicketWrites
from chalicelib.domain.integration import Integration
from chalicelib.domain.psa import PsaAccessRefused, PsaRefused, PsaUnavailable
from chalicelib.domain.ticket_change import TicketPlace
from chalicelib.domain.ticket_note import TicketNote
from chalicelib.domain.ticket_note_ledger import TicketNoteLedger

Fault = PsaUnavailable | PsaAccessRefused

Tried = tuple[TicketNoteLedger, dict[str, Fault]]
"""The ledger after a run, and what keeps the notes for a system from being written now, by its id."""


def try_note(
    ledger: TicketNoteLedger,
    note: TicketNote,
    target: tuple[Integration, TicketPlace],
    write: Callable[[TicketWrites], str],
    *,
    alike: Collection[str],
    clock: Callable[[], datetime],
    is_last: bool,
) -> tuple[TicketNoteLedger, Fault | None]:
    """Have `write` write `note` on its ticket; return the ledger then, and the fault for which its like have to wait.

    Those are the pending notes of the same system, `alike` by their events. What the PSA refuses for good is stored as
    failed; so are they when this `is_last` try fails. What was set on the ticket is kept with the note, whatever came
    of the note.
    """
    psa, ticket = target
    writes = TicketWrites()
    try:
        with calling_psa(psa, clock):
            note_id = write(writes)
    except PsaAccessRefused as refusal:
        return _half_done(ledger, note, ticket, writes).waiting(str(refusal), alike), refusal
    except PsaRefused as refusal:
        return ledger.with_change(note.event_id, writes.change).failed(note.event_id, str(refusal)), None
    except PsaUnavailable as fault:
        kept = _half_done(ledger, note, ticket, writes)
        return (kept.given_up if is_last else kept.put_off_all)(str(fault), alike), fault
    kept = ledger.with_change(note.event_id, writes.change)
    kept = kept.failed(note.event_id, writes.refusal) if writes.refusal else kept.sent(note.event_id, note_id)
    return kept.on_ticket(note.event_id, ticket), None


def _half_done(
    ledger: TicketNoteLedger, note: TicketNote, ticket: TicketPlace, writes: TicketWrites
) -> TicketNoteLedger:
    """Keep what a try that failed has set, and on which ticket: the session may name another one by the next try."""
    kept = ledger.with_change(note.event_id, writes.change)
    return kept.on_ticket(note.event_id, ticket) if writes.change else kept
