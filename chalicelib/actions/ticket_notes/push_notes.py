"""Tell the PSA ticket what happened to a handoff: one note for each event, once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from chalicelib import log
from chalicelib.actions.integrations.find_ticket_system import find_psa
from chalicelib.actions.ticket_notes.expected_notes import expected_notes, place_of
from chalicelib.actions.ticket_notes.find_standing import find_standing
from chalicelib.actions.ticket_notes.mark_notes_failed import another_run, store_given_up
from chalicelib.actions.ticket_notes.push_result import PushResult
from chalicelib.actions.ticket_notes.try_note import Tried, try_note
from chalicelib.actions.ticket_notes.write_note import write_note
from chalicelib.actions.ticket_sync.read_named_ticket import read_later
from chalicelib.domain.events import Event, EventType, created_event
from chalicelib.domain.integration import Integration
from chalicelib.domain.psa import PsaAccessRefused
from chalicelib.domain.session import Session
from chalicelib.domain.ticket_change import TicketPlace
from chalicelib.domain.ticket_note import TicketNote
from chalicelib.domain.ticket_note_ledger import TicketNoteLedger
from chalicelib.store import integrations, sessions, ticket_notes, waiting_notes
from chalicelib.store.ticket_notes import Push

GONE = "The ticket system of this session is no longer connected."
SETS_END = (EventType.RESOLVED, EventType.REOPENED)

UNCLEAR = "It is no longer clear which ticket system the ticket of this session is in."


def push_notes(event: Event, *, is_last: bool, lease_s: float, clock: Callable[[], datetime]) -> PushResult:
    """Write the notes that the ticket of the event's handoff lacks, the event's own among them.

    A claim that was undone or released meanwhile is dropped: the ticket never hears of it. One that was resolved
    before the ticket was told of it is told before the resolution.

    What the PSA refuses for good is stored as failed, with the reason, and raises nothing; so are notes that wait for a
    PSA that is gone. Raises PsaUnavailable when it is to be tried again later; when this `is_last` try, the notes are
    stored as failed as well. What fails for the whole integration is no try: the notes wait until it works.
    """
    push = ticket_notes.find(event.account_id, event.handoff_id) if event.handoff_id else None
    if push is None or (push.handoff.psa_ticket_id is None and not push.ledger.notes):
        return PushResult.NOT_NEEDED
    session = sessions.load(event.account_id, push.handoff.session_id)
    integration = find_psa(session)
    ahead = push.ledger.expecting_claim_before(event, push.handoff) if integration else push.ledger
    events = [created_event(push.handoff), event]  # events may overtake each other
    ledger = expected_notes(push._replace(ledger=ahead), session, integration, events)
    if integration is None and not ledger.corrects:
        return _give_up(push, session, clock())
    if not ledger.pending and ledger == push.ledger:
        return PushResult.NOT_NEEDED
    now = clock()
    taken = ticket_notes.take_turn(push, ledger.taken_up(), now, now + timedelta(seconds=lease_s))
    if taken is None:
        raise another_run()
    outcome, fault = _write_pending(taken, session, integration, clock, is_last=is_last)
    kind = integration.kind.value if integration else "none"
    is_waiting = isinstance(fault, PsaAccessRefused)
    if is_waiting and integration:
        waiting_notes.put(integration.id, push.handoff.id, event)
    ticket_notes.end_turn(taken, outcome, clock())
    read_after_end(integration, taken.ledger, outcome)
    log.info("notes pushed", handoff_id=event.handoff_id, kind=kind, status=outcome.summary.status.value)
    log.count("PsaPushes", System=kind, Outcome=outcome.summary.status.value)
    if is_waiting:
        return PushResult.WAITING
    if fault:
        raise fault
    return PushResult.SENT if not outcome.summary.error else PushResult.FAILED


def read_after_end(integration: Integration | None, before: TicketNoteLedger, after: TicketNoteLedger) -> None:
    """Have a ticket read that was just closed or opened: the webhook of it is an echo, which nobody follows.

    Else nobody here had seen it closed when people open it again over there (ADR 0041).
    """
    waited = {note.event_id for note in before.pending if note.type in SETS_END}
    told = [note.ticket for note in after.notes if note.event_id in waited and note.ticket]
    if integration and told:
        read_later(integration, told[-1].ticket_id)


def _give_up(push: Push, session: Session, at: datetime) -> PushResult:
    """End the notes that wait for a PSA which cannot be found any more."""
    if not push.ledger.pending:
        return PushResult.NOT_NEEDED
    store_given_up(push, push.ledger.given_up(GONE if session.integration_id else UNCLEAR), at)
    return PushResult.FAILED


def _write_pending(
    push: Push, session: Session, integration: Integration | None, clock: Callable[[], datetime], *, is_last: bool
) -> Tried:
    """Write note after note, up to the first that has to wait; later ones would come before it else."""
    ledger = push.ledger
    for note in push.ledger.pending:
        if find_standing(note, push.handoff) is None:
            ledger = ledger.dropped(note.event_id)
            continue
        target = _target_of(note, session, integration)
        if target is None:
            ledger = ledger.failed(note.event_id, GONE)
            continue
        psa, ticket = target
        claimed = ledger.change_before(note, ticket)
        write = partial(write_note, note, push.handoff, session, psa, ticket.ticket_id, claimed)
        ledger, fault = try_note(ledger, note, target, write, clock=clock, is_last=is_last)
        if fault:
            return ledger, fault
    return ledger, None


def _target_of(
    note: TicketNote, session: Session, integration: Integration | None
) -> tuple[Integration, TicketPlace] | None:
    """Return where the note goes: to the ticket that the session names, or to the one that it named wrongly."""
    if note.type is EventType.CORRECTED and note.ticket:
        former = integrations.find(session.account_id, note.ticket.integration_id)
        return (former, note.ticket) if former else None
    named = place_of(session, integration)
    return (integration, named) if integration and named else None
