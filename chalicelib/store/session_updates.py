"""The writes and conditions of a change of holder, on the session and on the handoff."""

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib import log
from chalicelib.domain.assessment import AssessmentError
from chalicelib.domain.handoff import Handoff, HandoffStatus, Intent
from chalicelib.domain.handoff_change import HandoffChange
from chalicelib.domain.instants import Instant, format_instant
from chalicelib.domain.people import Person
from chalicelib.domain.session import SessionStatus
from chalicelib.store.agenda import leave_agenda
from chalicelib.store.keys import engineer_key, queue_order
from chalicelib.store.rows.handoffs import HandoffRow
from chalicelib.store.rows.sessions import SessionRow

WAITING = {Intent.ESCALATE: SessionStatus.ESCALATED, Intent.PARK: SessionStatus.PARKED}
"""The status of a session that waits to be claimed."""


def hold(account_id: str, person: Person, at: Instant) -> list[Action]:
    """Make `person` the session's holder."""
    return [
        SessionRow.status.set(SessionStatus.ACTIVE.value),
        SessionRow.holder.set(person.model_dump()),
        SessionRow.holder_key.set(engineer_key(account_id, person.id)),
        SessionRow.epoch.set(SessionRow.epoch + 1),
        SessionRow.updated_at.set(format_instant(at)),
    ]


def wait(intent: Intent, at: Instant) -> list[Action]:
    """Let the session wait for somebody to claim it."""
    return [
        SessionRow.status.set(WAITING[intent].value),
        SessionRow.holder.remove(),
        SessionRow.holder_key.remove(),
        SessionRow.epoch.set(SessionRow.epoch + 1),
        SessionRow.updated_at.set(format_instant(at)),
    ]


def waits_with(handoff_id: str) -> Condition:
    """The condition that the session waits, with this handoff open."""
    waiting = [status.value for status in WAITING.values()]
    return (SessionRow.open_handoff_id == handoff_id) & SessionRow.status.is_in(*waiting)


def is_claimed_by(person: Person) -> Condition:
    """The condition that `person` holds the session by the handoff."""
    return (HandoffRow.status == HandoffStatus.CLAIMED.value) & (HandoffRow.claimed_by["id"] == person.id)


def signed(change: HandoffChange, person: Person, at: Instant) -> list[Action]:
    """Record who changed the handoff, how and when; its version rises."""
    return [
        HandoffRow.actor.set(person.model_dump()),
        HandoffRow.correlation_id.set(log.correlation_id()),
        *dated(change, at),
    ]


def dated(change: HandoffChange, at: Instant) -> list[Action]:
    """Record how and when the handoff was changed, not by a person; its version rises."""
    return [
        HandoffRow.change.set(change.value),
        HandoffRow.version.set(HandoffRow.version + 1),
        HandoffRow.updated_at.set(format_instant(at)),
    ]


def unhold() -> list[Action]:
    """Let nobody hold the session by the handoff, which waits again."""
    return [
        HandoffRow.status.set(HandoffStatus.UNCLAIMED.value),
        HandoffRow.claimed_by.remove(),
        HandoffRow.claimed_at.remove(),
        HandoffRow.claim_epoch.set(HandoffRow.claim_epoch + 1),
    ]


def enqueue(handoff: Handoff) -> list[Action]:
    """Put an escalation at its place in the queue; a handoff that is parked has none."""
    return [HandoffRow.queue_order.set(queue_order(handoff))] if handoff.intent is Intent.ESCALATE else []


def unqueue() -> list[Action]:
    """Take the handoff out of the queue."""
    return [HandoffRow.queue_order.remove()]


def close(status: HandoffStatus) -> list[Action]:
    """End the handoff: an assessment that is pending ends with it, and nothing is due any more."""
    outcome = HandoffRow.assessment_outcome
    return [
        HandoffRow.status.set(status.value),
        outcome.set(outcome | AssessmentError.CLOSED.value),
        HandoffRow.pending_since.remove(),
        *unqueue(),
        *leave_agenda(),
    ]
