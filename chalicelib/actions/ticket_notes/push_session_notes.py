"""Tell the PSA ticket of a session that was never handed off that it was reopened, resolved again or not meant."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from chalicelib.actions.integrations.find_ticket_system import find_psa
from chalicelib.actions.ticket_notes.end_run import GONE, another_run, count_given_up, end_run, without_system
from chalicelib.actions.ticket_notes.expected_notes import alike, system_of, target_of
from chalicelib.actions.ticket_notes.owner_look import OwnerLook
from chalicelib.actions.ticket_notes.push_result import PushResult
from chalicelib.actions.ticket_notes.session_notes_expected import expected_session_notes
from chalicelib.actions.ticket_notes.ticket_holder import set_holder, take_back
from chalicelib.actions.ticket_notes.ticket_writes import TicketWrites
from chalicelib.actions.ticket_notes.try_note import Fault, Tried, try_note
from chalicelib.actions.ticket_notes.write_note import add_parts, set_resolved
from chalicelib.adapters.psa.clients import psa_of
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.integration import Integration
from chalicelib.domain.session import Session
from chalicelib.domain.ticket_change import TicketPlace
from chalicelib.domain.ticket_note import TicketNote
from chalicelib.domain.ticket_note_content import content_of_session_note
from chalicelib.domain.ticket_note_ledger import TicketNoteLedger
from chalicelib.domain.turn import NoteAbout
from chalicelib.store import session_ticket_notes, sessions, turns
from chalicelib.store.session_ticket_notes import SessionPush


def push_session_notes(event: Event, *, is_last: bool, lease_s: float, clock: Callable[[], datetime]) -> PushResult:
    """Write the notes that the session's ticket lacks, the event's own among them.

    A session that was handed off before or since is told of by its handoff (ADR 0041), but for a ticket that was the
    wrong one before. What the PSA refuses for good is stored as failed, with the reason. Raises PsaUnavailable when it
    is to be tried again later; when this `is_last` try, the notes are stored as failed as well. Raises NotFound.
    """
    session = sessions.load(event.account_id, event.session_id or "")
    integration, push = find_psa(session), session_ticket_notes.find(session)
    expected = expected_session_notes(push, event, integration)
    if session.newest_handoff_id and not expected.corrects:
        return PushResult.NOT_NEEDED
    if integration is None and not expected.corrects:
        return _give_up(push, clock())
    if not expected.pending and expected == push.ledger:
        return PushResult.NOT_NEEDED
    now = clock()
    taken = session_ticket_notes.take_turn(push, expected.taken_up(), now, now + timedelta(seconds=lease_s))
    if taken is None:
        raise another_run()
    tried = _write_pending(taken, integration, clock, is_last=is_last)
    return end_run(
        event, integration, taken.ledger, tried, lambda outcome: session_ticket_notes.end_turn(taken, outcome, clock())
    )


def _give_up(push: SessionPush, at: datetime) -> PushResult:
    """End the notes that wait for a PSA which cannot be found any more."""
    if not push.ledger.pending:
        return PushResult.NOT_NEEDED
    ledger = without_system(push.ledger, push.session)
    count_given_up(session_ticket_notes.give_up(push, ledger, at), session_id=push.session.id)
    return PushResult.FAILED


def _write_pending(
    push: SessionPush, integration: Integration | None, clock: Callable[[], datetime], *, is_last: bool
) -> Tried:
    """Write note after note; one that has to wait holds up those of its system."""
    ledger, faults = push.ledger, dict[str, Fault]()
    for note in push.ledger.pending:
        if system_of(note, integration) in faults:
            continue
        target = target_of(note, push.session, integration)
        if target is None:
            ledger = ledger.failed(note.event_id, GONE)
            continue
        psa, ticket = target
        write = partial(_write, note, push.session, psa, ticket, ledger)
        held_up = alike(note, ledger, integration)
        ledger, fault = try_note(ledger, note, target, write, alike=held_up, clock=clock, is_last=is_last)
        if fault:
            faults[psa.id] = fault
    return ledger, faults


def _write(
    note: TicketNote,
    session: Session,
    integration: Integration,
    ticket: TicketPlace,
    ledger: TicketNoteLedger,
    writes: TicketWrites,
) -> str:
    """Write the note and set what a claim or a resolution sets, unless more has happened to the session meanwhile.

    On a ticket that was the wrong one, take back what was set there by the `ledger`.
    """
    psa, ticket_id, was_set = psa_of(integration), ticket.ticket_id, ledger.change_before(note, ticket)
    note_id = add_parts(note, content_of_session_note(note, session, _reason_of(note, session)), psa, ticket_id)
    now = sessions.load(session.account_id, session.id)
    if note.type is EventType.REOPENED and note.is_of_reopening(now) and note.by:
        status = integration.ticket_mapping.status_on_claim
        set_holder(OwnerLook(note, now, ledger, ticket, integration), status, psa, integration, writes)
    elif note.type is EventType.RESOLVED:
        set_resolved(now, integration, psa, ticket_id, writes)
    elif note.type is EventType.CORRECTED and was_set:
        take_back(was_set, psa, integration, ticket_id, writes)
    return note_id


def _reason_of(note: TicketNote, session: Session) -> str:
    """Return why the session was reopened, of a note that tells of it."""
    if note.type is not EventType.REOPENED:
        return ""
    reopenings = turns.newest_notes(session, NoteAbout.REOPENED)
    return next((turn.text for turn in reopenings if turn.created_at == note.at), "")
