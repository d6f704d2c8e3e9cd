"""Write what happened to a handoff on its PSA ticket: one note for each event, once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from chalicelib.actions.integrations.find_ticket_system import find_psa
from chalicelib.actions.ticket_notes.end_run import (
    GONE,
    another_run,
    count_given_up,
    end_run,
    former_claim_first,
    without_system,
)
from chalicelib.actions.ticket_notes.expected_notes import alike, expected_notes, system_of, target_of
from chalicelib.actions.ticket_notes.find_standing import find_standing
from chalicelib.actions.ticket_notes.former_claim import is_former_claim_open
from chalicelib.actions.ticket_notes.push_result import PushResult
from chalicelib.actions.ticket_notes.try_note import Fault, Tried, try_note
from chalicelib.actions.ticket_notes.write_note import write_note
from chalicelib.domain.events import Event, created_event
from chalicelib.domain.integration import Integration
from chalicelib.domain.session import Session
from chalicelib.domain.ticket_named_later import correction_before
from chalicelib.store import sessions, ticket_notes
from chalicelib.store.ticket_notes import Push


def push_notes(event: Event, *, is_last: bool, lease_s: float, clock: Callable[[], datetime]) -> PushResult:
    """Write the notes that the ticket of the event's handoff lacks, the event's own among them.

    A claim that was undone or released meanwhile is dropped: the ticket never hears of it. One that was resolved
    before the ticket was told of it is told before the resolution. A ticket named late gets the notes that it lacks.

    What the PSA refuses for good is stored as failed, with the reason, and raises nothing; so are notes that wait for a
    PSA that is gone. Raises PsaUnavailable when it is to be tried again later; when this `is_last` try, the notes are
    stored as failed as well. What fails for the whole integration is no try: the notes wait until it works.
    """
    push = ticket_notes.find(event.account_id, event.handoff_id) if event.handoff_id else None
    if push is None or push.is_without_ticket:
        return PushResult.NOT_NEEDED
    session = sessions.load(event.account_id, push.handoff.session_id)
    integration = find_psa(session)
    ahead = push.ledger.expecting_claim_before(event, push.handoff) if integration else push.ledger
    before = correction_before(event, push.handoff, session)
    events = [created_event(push.handoff), *before, event]  # events may overtake each other
    ledger = expected_notes(push._replace(ledger=ahead), session, integration, events)
    if integration is None and not ledger.corrects:
        return _give_up(push, session, clock())
    if not ledger.pending and ledger == push.ledger:
        return PushResult.NOT_NEEDED
    if not is_last and is_former_claim_open(push.handoff, ledger):
        raise former_claim_first()
    now = clock()
    taken = ticket_notes.take_turn(push, ledger.taken_up(), now, now + timedelta(seconds=lease_s))
    if taken is None:
        raise another_run()
    tried = _write_pending(taken, session, integration, clock, is_last=is_last)
    return end_run(
        event, integration, taken.ledger, tried, lambda outcome: ticket_notes.end_turn(taken, outcome, clock())
    )


def _give_up(push: Push, session: Session, at: datetime) -> PushResult:
    """End the notes that wait for a PSA which cannot be found any more."""
    if not push.ledger.pending:
        return PushResult.NOT_NEEDED
    ledger = without_system(push.ledger, session)
    count_given_up(ticket_notes.give_up(push, ledger, at), handoff_id=push.handoff.id)
    return PushResult.FAILED


def _write_pending(
    push: Push, session: Session, integration: Integration | None, clock: Callable[[], datetime], *, is_last: bool
) -> Tried:
    """Write note after note; one that has to wait holds up those of its system, which would come before it else."""
    ledger, faults = push.ledger, dict[str, Fault]()
    for note in push.ledger.pending:
        if system_of(note, integration) in faults:
            continue
        if find_standing(note, push.handoff) is None:
            ledger = ledger.dropped(note.event_id)
            continue
        target = target_of(note, session, integration)
        if target is None:
            ledger = ledger.failed(note.event_id, GONE)
            continue
        psa, ticket = target
        write = partial(write_note, note, push.handoff, session, psa, ticket, ledger)
        held_up = alike(note, ledger, integration)
        ledger, fault = try_note(ledger, note, target, write, alike=held_up, clock=clock, is_last=is_last)
        if fault:
            faults[psa.id] = fault
    return ledger, faults
