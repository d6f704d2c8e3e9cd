"""Notifications: the events that one reader is notified of, one notification for each handoff."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from chalicelib.domain.events import Event, EventType
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.handoff import Handoff, HandoffStatus, Priority
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Person

_CALLS_FOR_A_CLAIM = {
    EventType.CREATED,
    EventType.RELEASED,
    EventType.RETURNED,
    EventType.DIRECTED,
    EventType.OPENED,
    EventType.CLAIM_UNDONE,
    EventType.OVERDUE,
    EventType.PRIORITY_CHANGED,
}
"""What waits for somebody until the handoff is claimed, or ends in another way."""

_READ_ON_THE_SCREEN = {EventType.ASSESSMENT_READY}
"""What the holder finds in the session anyway: it is listed, and never counted."""


class ReadMarks(NamedTuple):
    """What a reader has read: everything up to a time, and since then single subjects, each at a time."""

    up_to: Instant | None = None
    opened: Mapping[str, Instant] = {}

    def cover(self, subject: str, happened_at: Instant) -> bool:
        """Whether the reader has read what happened to `subject` at that time."""
        marks = (self.up_to, self.opened.get(subject))
        return any(mark is not None and happened_at <= mark for mark in marks)


class EventsOfSubject(NamedTuple):
    """The events of one subject that a reader is notified of: the newest, and when the first of them happened."""

    subject: str
    newest: Event
    began_at: datetime


class Notification(FrozenModel):
    """What a reader is told of one handoff; of a session, where no handoff is concerned; or of an integration.

    `id` is the id of that subject. `type` and `title` are of the newest event, all else is the present state.
    """

    id: str
    type: EventType
    title: str
    session_id: str | None
    handoff_id: str | None
    integration_id: str | None
    state: HandoffStatus | None
    priority: Priority | None
    client: str | None
    created_at: Instant
    updated_at: Instant
    is_read: bool
    is_settled: bool

    @classmethod
    def of(cls, told: EventsOfSubject, handoff: Handoff | None, marks: ReadMarks, reader: Person) -> "Notification":
        """Return the notification of `told`, about `handoff` as it stands now, for `reader`."""
        newest = told.newest
        return cls(
            id=told.subject,
            type=newest.type,
            title=newest.title or "",
            session_id=newest.session_id,
            handoff_id=newest.handoff_id,
            integration_id=newest.data.get("integration_id"),
            state=handoff.status if handoff else None,
            priority=handoff.priority if handoff else None,
            client=handoff.client if handoff else None,
            created_at=told.began_at,
            updated_at=newest.occurred_at,
            is_read=marks.cover(told.subject, newest.occurred_at),
            is_settled=handoff is not None and is_settled(newest, handoff, reader),
        )

    @property
    def is_unread(self) -> bool:
        """Whether it still waits for its reader."""
        return not self.is_read and not self.is_settled


def subject_of(event: Event) -> str:
    """Return the id of what an event is about: its handoff, its session where it has none, else its integration."""
    return event.handoff_id or event.session_id or event.data.get("integration_id") or event.id


def by_subject(events: Iterable[Event]) -> list[EventsOfSubject]:
    """Fold events, the newest first, by their subject: the one with the newest event first."""
    told: dict[str, EventsOfSubject] = {}
    for event in events:
        subject = subject_of(event)
        newest = told[subject].newest if subject in told else event
        told[subject] = EventsOfSubject(subject, newest, event.occurred_at)
    return list(told.values())


def is_settled(newest: Event, handoff: Handoff, reader: Person) -> bool:
    """Whether the newest event of `handoff` asks nothing of `reader` any more, as the handoff stands now.

    A claim by anybody settles what called for one, and an answer the question whether the holder is still on it. What
    others did with a case of one's own is news until it is read.
    A warning of the ticket's SLA time asks something of the person who has the case, until it is closed.
    """
    if newest.type in _READ_ON_THE_SCREEN:
        return True
    if newest.type is EventType.IDLE:
        return handoff.asked_at is None or not handoff.is_claimed_by(reader)
    if newest.data.get("because") == "sla" and handoff.is_claimed_by(reader):
        return False
    return newest.type in _CALLS_FOR_A_CLAIM and handoff.status is not HandoffStatus.UNCLAIMED
