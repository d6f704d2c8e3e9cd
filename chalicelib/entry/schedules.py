"""Handlers that run on a schedule."""

from datetime import UTC, datetime
from typing import Any

from chalice.app import Blueprint, CloudWatchEvent, Rate

from chalicelib.domain.instants import to_milliseconds

schedules = Blueprint(__name__)
reconciliation = Blueprint(__name__)

RESERVE_S = 30.0
"""Time that a reconciliation keeps in reserve: one call to a PSA and what follows from it."""


@schedules.schedule(Rate(5, unit=Rate.MINUTES))
def sweep(event: CloudWatchEvent) -> dict[str, int]:  # noqa: ARG001  Lambda passes it
    """Request assessments again whose run has died."""
    from chalicelib.actions.assessments.sweep_assessments import sweep_assessments

    return {"asked": sweep_assessments(at=datetime.now(UTC))}


@reconciliation.schedule(Rate(10, unit=Rate.MINUTES))
def reconcile(event: CloudWatchEvent) -> dict[str, int]:
    """Reconcile the tickets that have changed in the PSAs since the last run."""
    from chalicelib.actions.ticket_sync.reconcile_tickets import reconcile_tickets

    context: Any = event.context
    return {
        "followed": reconcile_tickets(
            clock=lambda: to_milliseconds(datetime.now(UTC)),
            is_time_left=lambda: context.get_remaining_time_in_millis() / 1000 > RESERVE_S,
        )
    }
