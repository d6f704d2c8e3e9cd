"""Mark ticket notes as failed once their message is in the dead-letter queue."""

from datetime import datetime

from chalicelib.actions.integrations.find_ticket_system import find_psa
from chalicelib.actions.ticket_notes.end_run import count_given_up
from chalicelib.actions.ticket_notes.expected_notes import expected_notes
from chalicelib.actions.ticket_notes.session_notes_expected import expected_session_notes
from chalicelib.domain.events import Event
from chalicelib.store import session_ticket_notes, sessions, ticket_notes

ATTEMPTS_EXHAUSTED = "FlowPilot did not get to write it in several tries."


def mark_notes_failed(event: Event, *, at: datetime) -> None:
    """Store as failed what the event's message was to write, as that message was parked.

    The reason is what went wrong last, where a run lived to say it. What was asked for again since the event is left
    alone: another message is to write that. Doing it twice changes nothing more. Raises PsaUnavailable while a run
    writes notes of the case, NotFound and Unavailable.
    """
    if event.handoff_id is None:
        _mark_session_notes_failed(event, at)
        return
    push = ticket_notes.find(event.account_id, event.handoff_id)
    if push is None or push.is_without_ticket:
        return
    session = sessions.load(event.account_id, push.handoff.session_id)
    expected = expected_notes(push, session, find_psa(session), [event])  # no run may have come as far as to expect it
    ledger = expected.abandoned(event, ATTEMPTS_EXHAUSTED)
    if ledger != push.ledger:
        count_given_up(ticket_notes.give_up(push, ledger, at), handoff_id=push.handoff.id)


def _mark_session_notes_failed(event: Event, at: datetime) -> None:
    session = sessions.load(event.account_id, event.session_id or "")
    push = session_ticket_notes.find(session)
    expected = expected_session_notes(push, event, find_psa(session))
    if session.newest_handoff_id and not expected.corrects:
        return
    ledger = expected.abandoned(event, ATTEMPTS_EXHAUSTED)
    if ledger != push.ledger:
        count_given_up(session_ticket_notes.give_up(push, ledger, at), session_id=session.id)
