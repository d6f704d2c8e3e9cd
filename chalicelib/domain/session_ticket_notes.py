"""The ticket notes of a session that was never handed off: what changed about them, and the event that tells of it."""

from enum import StrEnum
from uuid import uuid5

from chalicelib.domain.events import EVENT_NAMESPACE, Event, EventType
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Person
from chalicelib.domain.session import Session
from chalicelib.domain.titles import about


class SessionNotesChange(StrEnum):
    """What the ledger of a session's own ticket notes was last written for."""

    SESSION_RESOLVED = "session_resolved"
    SESSION_CORRECTED = "session_corrected"
    ASKED_AGAIN = "asked_again"
    SENT = "sent"
    FAILED = "failed"
    LEASED = "leased"
    """A run takes or ends its turn, and the notes stand as before: nobody is told."""


_TELLS = {
    SessionNotesChange.SESSION_RESOLVED: (EventType.SESSION_RESOLVED, "Resolved by {actor}"),
    SessionNotesChange.SESSION_CORRECTED: (EventType.SESSION_CORRECTED, "Ticket corrected by {actor}"),
    SessionNotesChange.ASKED_AGAIN: (EventType.TICKET_NOTE_RETRIED, "Ticket note asked for again by {actor}"),
    SessionNotesChange.SENT: (EventType.TICKET_NOTE_SENT, "Ticket note sent"),
    SessionNotesChange.FAILED: (EventType.TICKET_NOTE_FAILED, "Ticket note failed"),
}

NOTED_AS = {
    EventType.SESSION_REOPENED: EventType.REOPENED,
    EventType.SESSION_RESOLVED: EventType.RESOLVED,
    EventType.SESSION_CORRECTED: EventType.CORRECTED,
}
"""The events of a session that its tickets are told of, and as what its ledger notes them."""


class SignedChange(FrozenModel):
    """A change of a session's own ticket notes, counted by `version`; what a run of ours brought about has no actor."""

    change: SessionNotesChange
    version: int
    actor: Person | None
    at: Instant


def event_of_change(signed: SignedChange, session: Session) -> Event | None:
    """Return the event that a change tells of; None when it tells of none. Pure: with the same id each time."""
    found = _TELLS.get(signed.change)
    if found is None:
        return None
    kind, lead = found
    return Event(
        id=str(uuid5(EVENT_NAMESPACE, f"{session.id}/ticket-notes/{signed.version}/{kind}")),
        type=kind,
        occurred_at=signed.at,
        account_id=session.account_id,
        session_id=session.id,
        handoff_id=None,
        version=signed.version,
        actor=signed.actor,
        title=about(lead.format(actor=signed.actor.name if signed.actor else "FlowPilot"), session.psa_ticket_id, ""),
        data={"psa_ticket_id": session.psa_ticket_id},
    )


def noted(event: Event) -> Event:
    """Return `event` of a session as its ledger notes it; of other types as it is."""
    return event.model_copy(update={"type": NOTED_AS.get(event.type, event.type)})
