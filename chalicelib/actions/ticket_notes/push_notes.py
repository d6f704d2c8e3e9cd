"""Tell the PSA ticket what happened to a handoff: one note for each event, once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import StrEnum

from chalicelib import log
from chalicelib.actions.integrations.find_ticket_system import find_psa
from chalicelib.actions.integrations.psa_rate_limit import calling_psa
from chalicelib.actions.ticket_notes.mark_notes_failed import another_run, store_given_up
from chalicelib.actions.ticket_notes.write_note import write_note
from chalicelib.domain.events import Event, created_event
from chalicelib.domain.integration import Integration
from chalicelib.domain.psa import PsaRefused, PsaUnavailable
from chalicelib.domain.session import Session
from chalicelib.domain.ticket_note_ledger import TicketNoteLedger
from chalicelib.store import sessions, ticket_notes
from chalicelib.store.ticket_notes import Push

GONE = "The ticket system of this session is no longer connected."
UNCLEAR = "It is no longer clear which ticket system the ticket of this session is in."


class PushResult(StrEnum):
    """What became of a run."""

    NOT_NEEDED = "not_needed"
    SENT = "sent"
    FAILED = "failed"


def push_notes(event: Event, *, is_last: bool, lease_s: float, clock: Callable[[], datetime]) -> PushResult:
    """Write the notes that the ticket of the event's handoff lacks, the event's own among them.

    What the PSA refuses for good is stored as failed, with the reason, and raises nothing; so are notes that wait for a
    PSA that is gone. Raises PsaUnavailable when it is to be tried again later; when this `is_last` try, the notes are
    stored as failed as well.
    """
    push = ticket_notes.find(event.account_id, event.handoff_id)
    if push is None or push.handoff.psa_ticket_id is None:
        return PushResult.NOT_NEEDED
    session = sessions.load(event.account_id, event.session_id)
    integration = find_psa(session)
    if integration is None:
        return _give_up(push, session, clock())
    ledger = push.ledger.expecting(created_event(push.handoff)).expecting(event)  # events may overtake each other
    if not ledger.pending:
        return PushResult.NOT_NEEDED
    now = clock()
    taken = ticket_notes.take_turn(push, ledger.taken_up(), now, now + timedelta(seconds=lease_s))
    if taken is None:
        raise another_run()
    outcome, fault = _write_pending(taken, session, integration, clock, is_last=is_last)
    ticket_notes.end_turn(taken, outcome, clock())
    log.info(
        "notes pushed", handoff_id=event.handoff_id, kind=integration.kind.value, status=outcome.summary.status.value
    )
    log.count("PsaPushes", System=integration.kind.value, Outcome=outcome.summary.status.value)
    if fault:
        raise fault
    return PushResult.SENT if not outcome.summary.error else PushResult.FAILED


def _give_up(push: Push, session: Session, at: datetime) -> PushResult:
    """End the notes that wait for a PSA which cannot be found any more."""
    if not push.ledger.pending:
        return PushResult.NOT_NEEDED
    store_given_up(push, push.ledger.given_up(GONE if session.integration_id else UNCLEAR), at)
    return PushResult.FAILED


def _write_pending(
    push: Push, session: Session, integration: Integration, clock: Callable[[], datetime], *, is_last: bool
) -> tuple[TicketNoteLedger, PsaUnavailable | None]:
    """Write note after note, up to the first that has to wait; later ones would come before it else."""
    ledger = push.ledger
    for note in push.ledger.pending:
        try:
            with calling_psa(integration, clock):
                note_id = write_note(note, push.handoff, session, integration)
        except PsaRefused as refusal:
            ledger = ledger.failed(note.event_id, str(refusal))
        except PsaUnavailable as fault:
            if is_last:
                return ledger.given_up(str(fault)), fault
            for waiting in ledger.pending:
                ledger = ledger.put_off(waiting.event_id, str(fault))
            return ledger, fault
        else:
            ledger = ledger.sent(note.event_id, note_id)
    return ledger, None
