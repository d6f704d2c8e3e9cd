"""Events: of a handoff, from two images of it; of a session, from the note that tells of it; of an integration."""

from collections.abc import Callable
from datetime import timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

from chalicelib.domain.assessment import AssessmentStatus
from chalicelib.domain.clock.moments import SlaWarning
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.handoff import Handoff, HandoffStatus, Intent, TicketNotesStatus
from chalicelib.domain.handoff_change import HandoffChange
from chalicelib.domain.image_differences import (
    assessment_became,
    assessment_failed,
    became,
    change_is,
    psa_note_asked_again,
    released,
    ticket_notes_became,
    was_directed,
    was_undone,
)
from chalicelib.domain.instants import Instant, format_instant
from chalicelib.domain.people import Person
from chalicelib.domain.titles import about, notification_title

EVENT_NAMESPACE = UUID("6a3a0a3c-5d0c-5c43-9f0e-0c7d5e6f2b11")
"""Namespace of the UUIDv5 event ids. Changing it would make every replayed event a new one."""


class EventType(StrEnum):
    """What can happen to a handoff, to a session, and to an integration."""

    CREATED = "handoff_created"
    CLAIMED = "handoff_claimed"
    RELEASED = "handoff_released"
    CLAIM_UNDONE = "handoff_claim_undone"
    WITHDRAWN = "handoff_withdrawn"
    PASSED_ON = "handoff_passed_on"
    RESOLVED = "handoff_resolved"
    ASSESSMENT_READY = "handoff_assessment_ready"
    ASSESSMENT_UNAVAILABLE = "handoff_assessment_unavailable"
    OVERDUE = "handoff_overdue"
    IDLE = "handoff_idle"
    RETURNED = "handoff_returned"
    DIRECTED = "handoff_directed"
    DECLINED = "handoff_declined"
    OPENED = "handoff_opened"
    KEPT = "handoff_kept"
    WAITING = "handoff_waiting"
    PRIORITY_CHANGED = "handoff_priority_changed"
    CORRECTED = "handoff_corrected"
    REOPENED = "handoff_reopened"
    TICKET_UPDATED = "handoff_ticket_updated"
    TICKET_NOTE_SENT = "ticket_note_sent"
    TICKET_NOTE_FAILED = "ticket_note_failed"
    TICKET_NOTE_RETRIED = "ticket_note_retried"
    SESSION_NOTE_ADDED = "session_note_added"
    SESSION_REOPENED = "session_reopened"
    SESSION_RESOLVED = "session_resolved"
    """A session that was reopened without ever having been handed off is resolved again."""
    SESSION_CORRECTED = "session_corrected"
    """Another ticket is named for a session that was reopened without ever having been handed off."""
    TICKET_REOPENED = "ticket_reopened"
    INTEGRATION_FAILED = "integration_failed"
    INTEGRATION_RECOVERED = "integration_recovered"
    PAGE_TEST = "page_test"
    """Somebody asked for a test message to themselves; in no feed, as it is about them alone."""
    SHIFT_TAKEN = "shift_taken"
    """Somebody's shift on call was taken by somebody else; in no feed, by e-mail to the person who had it."""
    READINESS_WARNING = "readiness_warning"
    """A step of a ladder will reach nobody; by e-mail to admins alone."""


class Event(FrozenModel):
    """One thing that happened; the same JSON goes to the feed, to SNS and over the socket.

    An event of an integration belongs to no session and no handoff; one of a session has no handoff, and as its
    `version` the `seq` of its note, or the number of the change of its ticket notes.
    """

    id: str
    type: EventType
    occurred_at: Instant
    account_id: str
    session_id: str | None
    handoff_id: str | None
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
    by = {"actor": handoff.handed_off_by or handoff.sender, "updated_at": handoff.created_at}
    born = {"assessment_status": AssessmentStatus.PENDING, **by}
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
            **_details(kind, new),
            "intent": new.intent.value,
            "status": new.status.value,
            "priority": new.priority.value,
            "psa_ticket_id": new.psa_ticket_id,
            "claimed_by": new.claimed_by.model_dump() if new.claimed_by else None,
            "level": new.level,
            "round": new.round,
            "assessment_status": new.assessment_status.value,
            "assessment_error": new.assessment_error.value if new.assessment_error else None,
        },
    )


def _details(kind: EventType, new: Handoff) -> dict[str, Any]:
    """Return what an event of this type says beside where the handoff stands."""
    match kind:
        case EventType.CLAIMED:
            return {"claim_epoch": new.claim_epoch}
        case EventType.DIRECTED if new.to and new.directed_until:
            return {"to": new.to.model_dump(), "directed_until": format_instant(new.directed_until)}
        case EventType.OVERDUE:
            return _why_overdue(new)
        case EventType.OPENED:
            return {"because": "declined" if new.change is HandoffChange.DECLINED else "time"}
        case EventType.RELEASED:
            return {"from": new.released_by.model_dump() if new.released_by else None, **_reassigned_to(new)}
    return {}


def _reassigned_to(new: Handoff) -> dict[str, Any]:
    return {"to": new.to.model_dump()} if new.to and new.change is HandoffChange.REASSIGNED else {}


def _why_overdue(new: Handoff) -> dict[str, Any]:
    """Return what says why: a step was due, those before it had nobody, or the ticket's SLA time comes, and when."""
    if new.change is HandoffChange.SLA_WARNED and new.sla_warning:
        return {"because": "sla", "sla_due_at": format_instant(new.sla_warning.due_at)}
    return {"because": "nobody" if new.change is HandoffChange.STEP_PASSED else "step"}


def _title(kind: EventType, new: Handoff) -> str:
    if kind is EventType.CREATED and new.intent is Intent.ESCALATE:
        return notification_title(new.sender.name, new.psa_ticket_id, new.title)
    if kind is EventType.OVERDUE and new.change is HandoffChange.SLA_WARNED and new.sla_warning:
        return about(_sla_lead(new.sla_warning, new.updated_at), new.psa_ticket_id, new.title)
    if kind is EventType.OVERDUE and new.change is HandoffChange.STEP_PASSED:
        return about("Nobody on call", new.psa_ticket_id, new.title)
    return about(
        _LEADS[kind].format(actor=new.actor.name, to=new.to.name if new.to else ""), new.psa_ticket_id, new.title
    )


def _sla_lead(warning: SlaWarning, at: Instant) -> str:
    """Say how far away the SLA time is at `at`: a warning may come late, when the time became known late."""
    minutes = -((at - warning.due_at) // timedelta(minutes=1))
    return "SLA time has passed" if warning.was_reached else f"SLA time in {minutes} min"


_LEADS = {
    EventType.CREATED: "Parked by {actor}",
    EventType.CLAIMED: "Picked up by {actor}",
    EventType.RELEASED: "Put back by {actor}",
    EventType.CLAIM_UNDONE: "Pickup undone by {actor}",
    EventType.WITHDRAWN: "Withdrawn by {actor}",
    EventType.PASSED_ON: "Passed on by {actor}",
    EventType.RESOLVED: "Resolved by {actor}",
    EventType.ASSESSMENT_READY: "Assessment ready",
    EventType.ASSESSMENT_UNAVAILABLE: "Assessment unavailable",
    EventType.OVERDUE: "Overdue",
    EventType.IDLE: "Still on it?",
    EventType.RETURNED: "Back in the queue",
    EventType.DIRECTED: "Directed to {to} by {actor}",
    EventType.DECLINED: "Declined by {actor}",
    EventType.OPENED: "Open to all seniors",
    EventType.KEPT: "{actor} is still on it",
    EventType.WAITING: "{actor} waits",
    EventType.PRIORITY_CHANGED: "Priority changed by {actor}",
    EventType.CORRECTED: "Corrected by {actor}",
    EventType.REOPENED: "Reopened by {actor}",
    EventType.TICKET_UPDATED: "Ticket updated",
    EventType.TICKET_NOTE_SENT: "Ticket note sent",
    EventType.TICKET_NOTE_FAILED: "Ticket note failed",
    EventType.TICKET_NOTE_RETRIED: "Ticket note asked for again by {actor}",
}

_BY_MACHINE = frozenset(
    {
        EventType.ASSESSMENT_READY,
        EventType.ASSESSMENT_UNAVAILABLE,
        EventType.TICKET_UPDATED,
        EventType.TICKET_NOTE_SENT,
        EventType.TICKET_NOTE_FAILED,
    }
)


_HAPPENED: dict[EventType, Callable[[Handoff | None, Handoff], bool]] = {
    EventType.CREATED: lambda old, _new: old is None,
    EventType.CLAIMED: became(HandoffStatus.CLAIMED),
    EventType.RELEASED: released,
    EventType.CLAIM_UNDONE: was_undone,
    EventType.WITHDRAWN: became(HandoffStatus.WITHDRAWN),
    EventType.PASSED_ON: became(HandoffStatus.PASSED_ON),
    EventType.RESOLVED: lambda old, new: (
        became(HandoffStatus.RESOLVED)(old, new) or change_is(HandoffChange.RESOLVED)(old, new)
    ),
    EventType.ASSESSMENT_READY: assessment_became(AssessmentStatus.READY),
    EventType.ASSESSMENT_UNAVAILABLE: assessment_failed,
    EventType.OVERDUE: change_is(HandoffChange.OVERDUE, HandoffChange.STEP_PASSED, HandoffChange.SLA_WARNED),
    EventType.IDLE: change_is(HandoffChange.IDLE),
    EventType.RETURNED: change_is(HandoffChange.RETURNED),
    EventType.DIRECTED: was_directed,
    EventType.DECLINED: change_is(HandoffChange.DECLINED),
    EventType.OPENED: change_is(HandoffChange.OPENED, HandoffChange.DECLINED),
    EventType.KEPT: change_is(HandoffChange.KEPT),
    EventType.WAITING: change_is(HandoffChange.WAITING),
    EventType.PRIORITY_CHANGED: change_is(HandoffChange.PRIORITY_CHANGED),
    EventType.CORRECTED: change_is(HandoffChange.CORRECTED),
    EventType.REOPENED: change_is(HandoffChange.REOPENED),
    EventType.TICKET_UPDATED: change_is(HandoffChange.TICKET_READ, HandoffChange.TICKET_MOVED),
    EventType.TICKET_NOTE_SENT: ticket_notes_became(TicketNotesStatus.SENT),
    EventType.TICKET_NOTE_FAILED: ticket_notes_became(TicketNotesStatus.FAILED),
    EventType.TICKET_NOTE_RETRIED: psa_note_asked_again,
}
