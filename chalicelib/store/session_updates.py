"""What a change of holder writes to the session and to the handoff, and what it asks of them."""

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib import log
from chalicelib.domain.handoff import HandoffStatus, Intent
from chalicelib.domain.instants import Instant, format_instant
from chalicelib.domain.people import Person
from chalicelib.domain.session import SessionStatus
from chalicelib.store.keys import engineer_key
from chalicelib.store.rows import HandoffRow, SessionRow

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


def signed(person: Person, at: Instant) -> list[Action]:
    """Say who changed the handoff, and when; its version rises."""
    return [
        HandoffRow.actor.set(person.model_dump()),
        HandoffRow.correlation_id.set(log.correlation_id()),
        HandoffRow.version.set(HandoffRow.version + 1),
        HandoffRow.updated_at.set(format_instant(at)),
    ]


def unqueue() -> list[Action]:
    """Take the handoff out of the queue."""
    return [HandoffRow.queue_key.remove(), HandoffRow.queue_order.remove()]
