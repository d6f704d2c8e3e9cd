"""What fails for a whole integration, and the events that tell the admins of it."""

from datetime import timedelta
from enum import StrEnum
from uuid import UUID, uuid5

from chalicelib.domain.events import Event, EventType
from chalicelib.domain.instants import Instant
from chalicelib.domain.integration import Integration, IntegrationFailure, IntegrationPart

INTEGRATION_EVENT_NAMESPACE = UUID("0b0f3a52-4c6d-5a8e-9a1d-7d4f5f2f6c33")
"""Namespace of the ids of events of integrations. Changing it would make an event that is published again a new one."""

RETRY_AFTER = timedelta(hours=1)
"""How long calls to a PSA that refuses every one are suspended: some lock accounts after repeated wrong credentials."""


class _Wording(StrEnum):
    """How the title of an event begins."""

    ACCESS_FAILED = "{name} no longer lets FlowPilot in"
    ACCESS_RECOVERED = "{name} lets FlowPilot in again"
    WEBHOOK_FAILED = "The webhook of {name} is switched off"
    WEBHOOK_RECOVERED = "The webhook of {name} works again"


_WORDINGS = {
    IntegrationPart.ACCESS: (_Wording.ACCESS_FAILED, _Wording.ACCESS_RECOVERED),
    IntegrationPart.WEBHOOK: (_Wording.WEBHOOK_FAILED, _Wording.WEBHOOK_RECOVERED),
}


def failure_of(part: IntegrationPart, reason: str, at: Instant) -> IntegrationFailure:
    """Return a failure that begins at `at`; only access is tried again by itself."""
    retry_at = at + RETRY_AFTER if part is IntegrationPart.ACCESS else None
    return IntegrationFailure(since=at, reason=reason, next_try_at=retry_at)


def failed_event(integration: Integration, part: IntegrationPart, failure: IntegrationFailure) -> Event:
    """Return the event that a part of the integration has begun to fail."""
    return _event(EventType.INTEGRATION_FAILED, integration, part, failure, failure.since)


def recovered_event(integration: Integration, part: IntegrationPart, failure: IntegrationFailure, at: Instant) -> Event:
    """Return the event that `failure` is over; published again it has the same id."""
    return _event(EventType.INTEGRATION_RECOVERED, integration, part, failure, at)


def _event(
    kind: EventType, integration: Integration, part: IntegrationPart, failure: IntegrationFailure, at: Instant
) -> Event:
    failed, recovered = _WORDINGS[part]
    is_failure = kind is EventType.INTEGRATION_FAILED
    title = (failed if is_failure else recovered).format(name=integration.name)
    parts = (integration.account_id, integration.id, integration.created_at.isoformat(), part, kind)
    return Event(
        id=str(uuid5(INTEGRATION_EVENT_NAMESPACE, "\n".join([*parts, failure.since.isoformat()]))),
        type=kind,
        occurred_at=at,
        account_id=integration.account_id,
        session_id=None,
        handoff_id=None,
        version=integration.version,
        actor=None,
        title=f"{title}: {failure.reason}" if is_failure else f"{title}.",
        data={"integration_id": integration.id, "part": part.value, "reason": failure.reason},
    )
