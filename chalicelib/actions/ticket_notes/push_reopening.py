"""Write to the PSA ticket that a session was reopened which was never handed off."""

from collections.abc import Callable
from datetime import datetime

from chalicelib import log
from chalicelib.actions.integrations.find_ticket_system import find_psa
from chalicelib.actions.integrations.psa_rate_limit import calling_psa
from chalicelib.actions.ticket_notes.push_result import PushResult
from chalicelib.actions.ticket_notes.ticket_holder import set_holder
from chalicelib.actions.ticket_notes.write_note import add_parts
from chalicelib.actions.ticket_sync.read_named_ticket import read_later
from chalicelib.adapters.psa.clients import psa_of
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.integration import Integration
from chalicelib.domain.people import Person
from chalicelib.domain.psa import PsaAccessRefused, PsaRefused
from chalicelib.domain.session import Session
from chalicelib.domain.ticket_note import TicketNote
from chalicelib.domain.ticket_note_content import content_of_reopening
from chalicelib.domain.turn import Note
from chalicelib.store import sessions, turns, waiting_notes


def push_reopening(event: Event, *, clock: Callable[[], datetime]) -> PushResult:
    """Write a note with the reason, and set status and owner as a claim does, unless the session was ended since.

    Without a handoff there is no ledger (ADR 0041): each run looks for the note before it writes it, and what the PSA
    refuses is logged. A session that was handed off before or since is told of by its handoff. Raises PsaUnavailable
    when it is to be tried again later, and NotFound.
    """
    session = sessions.load(event.account_id, event.session_id or "")
    integration = find_psa(session)
    if session.newest_handoff_id or integration is None or session.psa_ticket_id is None or event.actor is None:
        return PushResult.NOT_NEEDED
    try:
        with calling_psa(integration, clock):
            refusals = _tell(event, event.actor, session, integration)
    except PsaAccessRefused:
        waiting_notes.put(integration.id, session.id, event)
        return PushResult.WAITING
    except PsaRefused as refusal:
        refusals = [str(refusal)]
    else:
        read_later(integration, session.psa_ticket_id)
    result = PushResult.FAILED if refusals else PushResult.SENT
    log.info("reopening told", session_id=session.id, kind=integration.kind.value, status=result.value)
    log.count("PsaPushes", System=integration.kind.value, Outcome=result.value)
    return result


def _tell(event: Event, by: Person, session: Session, integration: Integration) -> list[str]:
    """Write the note on the ticket and set what a claim sets; return what the PSA refuses to set."""
    note = TicketNote(
        event_id=event.id,
        type=EventType.REOPENED,
        at=event.occurred_at,
        by=by,
        is_put_off=True,  # nobody counts the tries, so an earlier one may have written it
    )
    psa, ticket_id, refusals = psa_of(integration), session.psa_ticket_id or "", list[str]()
    turn = turns.find(session.account_id, session.id, event.version)
    reason = turn.text if isinstance(turn, Note) else ""
    add_parts(note, content_of_reopening(note, reason), psa, ticket_id)
    if note.is_of_reopening(sessions.load(session.account_id, session.id)):
        set_holder(by, integration.ticket_mapping.status_on_claim, psa, integration, ticket_id, refusals)
    return refusals
