"""Events of a handoff, derived from two images of it."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

from chalicelib.domain.assessment import AssessmentError, AssessmentStatus
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.handoff import Handoff, HandoffStatus, Intent, TicketNotesStatus
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Person
from chalicelib.domain.titles import about, notification_title

EVENT_NAMESPACE = UUID("6a3a0a3c-5d0c-5c43-9f0e-0c7d5e6f2b11")
"""Namespace of the UUIDv5 event ids. Changing it would make every replayed event a new one."""


class EventType(StrEnum):
    """What can happen to a handoff."""

    CREATED = "handoff_created"
    CLAIMED = "handoff_claimed"
    RELEASED = "handoff_released"
    WITHDRAWN = "handoff_withdrawn"
    PASSED_ON = "handoff_passed_on"
    RESOLVED = "handoff_resolved"
    ASSESSMENT_READY = "handoff_assessment_ready"
    ASSESSMENT_UNAVAILABLE = "handoff_assessment_unavailable"
    TICKET_NOTE_SENT = "ticket_note_sent"
    TICKET_NOTE_FAILED = "ticket_note_failed"
    TICKET_NOTE_RETRIED = "ticket_note_retried"


class Event(FrozenModel):
    """One thing that happened; the same JSON goes to the feed, to SNS and over the socket."""

    id: str
    type: EventType
    occurred_at: Instant
    account_id: str
    session_id: str
    handoff_id: str
    version: int
    actor: Person | None
    title: str | None
    data: dict[str, Any]


def events_between(old: Handoff | None, new: Handoff) -> list[Event]:
    """Return the events that turn `old` into `new`; none when nothing of note changed.

    Pure: the same two images always give the same events with the same ids, so a replay changes nothing.
    """
    return [_event(kind, new) for kind, happened in _HAPPENED.items() if happened(old, new)]


def created_event(handoff: Handoff) -> Event:
    """Return the event of the handoff's creation, whatever has happened to the handoff since."""
    as_born = {"version": 1, "status": HandoffStatus.UNCLAIMED, "claimed_by": None, "assessment_error": None}
    born = {"assessment_status": AssessmentStatus.PENDING, "actor": handoff.sender, "updated_at": handoff.created_at}
    return _event(EventType.CREATED, handoff.model_copy(update=as_born | born))


def _event(kind: EventType, new: Handoff) -> Event:
    return Event(
        id=str(uuid5(EVENT_NAMESPACE, f"{new.id}/{new.version}/{kind}")),
        type=kind,
        occurred_at=new.updated_at,
        account_id=new.account_id,
        session_id=new.session_id,
        handoff_id=new.id,
        version=new.version,
        actor=None if kind in _BY_MACHINE else new.actor,
        title=_title(kind, new),
        data={
            "intent": new.intent.value,
            "status": new.status.value,
            "priority": new.priority.value,
            "psa_ticket_id": new.psa_ticket_id,
            "claimed_by": new.claimed_by.model_dump() if new.claimed_by else None,
            "assessment_status": new.assessment_status.value,
            "assessment_error": new.assessment_error.value if new.assessment_error else None,
        },
    )


def _title(kind: EventType, new: Handoff) -> str:
    if kind is EventType.CREATED and new.intent is Intent.ESCALATE:
        return notification_title(new.sender.name, new.psa_ticket_id, new.title)
    return about(_LEADS[kind].format(actor=new.actor.name), new.psa_ticket_id, new.title)


_LEADS = {
    EventType.CREATED: "Parked by {actor}",
    EventType.CLAIMED: "Picked up by {actor}",
    EventType.RELEASED: "Put back by {actor}",
    EventType.WITHDRAWN: "Withdrawn by {actor}",
    EventType.PASSED_ON: "Passed on by {actor}",
    EventType.RESOLVED: "Resolved by {actor}",
    EventType.ASSESSMENT_READY: "Assessment ready",
    EventType.ASSESSMENT_UNAVAILABLE: "Assessment unavailable",
    EventType.TICKET_NOTE_SENT: "Ticket note sent",
    EventType.TICKET_NOTE_FAILED: "Ticket note failed",
    EventType.TICKET_NOTE_RETRIED: "Ticket note asked for again by {actor}",
}

_BY_MACHINE = frozenset(
    {
        EventType.ASSESSMENT_READY,
        EventType.ASSESSMENT_UNAVAILABLE,
        EventType.TICKET_NOTE_SENT,
        EventType.TICKET_NOTE_FAILED,
    }
)


def _became(status: HandoffStatus) -> Callable[[Handoff | None, Handoff], bool]:
    return lambda old, new: old is not None and old.status is not status and new.status is status


def _assessment_became(status: AssessmentStatus) -> Callable[[Handoff | None, Handoff], bool]:
    return lambda old, new: old is not None and old.assessment_status is not status and new.assessment_status is status


def _assessment_failed(old: Handoff | None, new: Handoff) -> bool:
    """Whether it became unavailable; that a closed handoff gets none any more is said by the event that closed it."""
    is_closed = new.assessment_error is AssessmentError.CLOSED
    return _assessment_became(AssessmentStatus.UNAVAILABLE)(old, new) and not is_closed


def _ticket_notes_became(status: TicketNotesStatus) -> Callable[[Handoff | None, Handoff], bool]:
    return lambda old, new: (
        old is not None and old.ticket_notes_status is not status and new.ticket_notes_status is status
    )


def _psa_note_asked_again(old: Handoff | None, new: Handoff) -> bool:
    """Whether a person has retried a failed note; no run does so by itself."""
    was_given_up = old is not None and old.ticket_notes_status is TicketNotesStatus.FAILED
    return was_given_up and new.ticket_notes_status is TicketNotesStatus.PENDING


_HAPPENED: dict[EventType, Callable[[Handoff | None, Handoff], bool]] = {
    EventType.CREATED: lambda old, _new: old is None,
    EventType.CLAIMED: _became(HandoffStatus.CLAIMED),
    EventType.RELEASED: _became(HandoffStatus.UNCLAIMED),
    EventType.WITHDRAWN: _became(HandoffStatus.WITHDRAWN),
    EventType.PASSED_ON: _became(HandoffStatus.PASSED_ON),
    EventType.RESOLVED: _became(HandoffStatus.RESOLVED),
    EventType.ASSESSMENT_READY: _assessment_became(AssessmentStatus.READY),
    EventType.ASSESSMENT_UNAVAILABLE: _assessment_failed,
    EventType.TICKET_NOTE_SENT: _ticket_notes_became(TicketNotesStatus.SENT),
    EventType.TICKET_NOTE_FAILED: _ticket_notes_became(TicketNotesStatus.FAILED),
    EventType.TICKET_NOTE_RETRIED: _psa_note_asked_again,
}
