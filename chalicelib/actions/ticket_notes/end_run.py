"""End a run that wrote ticket notes, of a handoff or of a session without one, and say what came of it."""

from collections.abc import Callable

from chalicelib import log
from chalicelib.actions.ticket_notes.push_result import PushResult
from chalicelib.actions.ticket_notes.try_note import Tried
from chalicelib.actions.ticket_sync.read_named_ticket import read_later
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.integration import Integration
from chalicelib.domain.psa import PsaAccessRefused, PsaUnavailable
from chalicelib.domain.session import Session
from chalicelib.domain.ticket_note_ledger import TicketNoteLedger
from chalicelib.store import waiting_notes

GONE = "The ticket system of this session is no longer connected."
UNCLEAR = "It is no longer clear which ticket system the ticket of this session is in."

SETS_END = (EventType.RESOLVED, EventType.REOPENED)

BUSY_S = 20.0
"""How long a run waits that finds another one writing notes of the same case, or to write them first."""


def end_run(
    event: Event,
    integration: Integration | None,
    before: TicketNoteLedger,
    tried: Tried,
    store: Callable[[TicketNoteLedger], object],
) -> PushResult:
    """Have `store` keep the ledger that a run for `event` leaves, and return its result.

    `before` is the ledger that it began with. What waits for a whole integration is put where its recovery finds it,
    before the ledger is stored. Raises PsaUnavailable when notes are to be tried again later.
    """
    ledger, faults = tried
    for system_id, fault in faults.items():
        if isinstance(fault, PsaAccessRefused):
            waiting_notes.put(system_id, event.handoff_id or event.session_id or "", event)
    store(ledger)
    _read_after_end(integration, before, ledger)
    kind, status = integration.kind.value if integration else "none", ledger.summary.status.value
    log.info("notes pushed", session_id=event.session_id, handoff_id=event.handoff_id, kind=kind, status=status)
    log.count("PsaPushes", System=kind, Outcome=status)
    if passing := next((fault for fault in faults.values() if isinstance(fault, PsaUnavailable)), None):
        raise passing
    if faults:
        return PushResult.WAITING
    return PushResult.SENT if not ledger.summary.error else PushResult.FAILED


def _read_after_end(integration: Integration | None, before: TicketNoteLedger, after: TicketNoteLedger) -> None:
    """Have a ticket read that was just closed or opened: the webhook of it is an echo, which nobody follows.

    Else nobody here had seen it closed when people open it again over there (ADR 0041).
    """
    waited = {note.event_id for note in before.pending if note.type in SETS_END}
    told = [note.ticket for note in after.notes if note.event_id in waited and note.ticket]
    if integration and told:
        read_later(integration, told[-1].ticket_id)


def without_system(ledger: TicketNoteLedger, session: Session) -> TicketNoteLedger:
    """Return `ledger` without the notes that wait for a PSA which cannot be found any more: they are given up."""
    return ledger.given_up(GONE if session.integration_id else UNCLEAR)


def count_given_up(is_stored: object, **of: str) -> None:
    """Count that notes were given up. Raises PsaUnavailable unless that `is_stored`: another run has its turn."""
    if not is_stored:
        raise another_run()
    log.info("notes given up", **of)
    log.count("PsaPushes", Outcome="given_up")


def former_claim_first() -> PsaUnavailable:
    """Return the fault of a run that waits for the note of the previous claim's end."""
    return PsaUnavailable("The ticket is still to be told how the claim before has ended.", retry_after_s=BUSY_S)


def another_run() -> PsaUnavailable:
    """Return the fault of a run that waits while another run writes notes of the same case."""
    return PsaUnavailable("Another run is writing notes of this case.", retry_after_s=BUSY_S)
