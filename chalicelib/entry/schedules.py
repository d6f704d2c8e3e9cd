"""Handlers that run by the clock."""

from datetime import UTC, datetime
from typing import Any

from chalice.app import Blueprint, CloudWatchEvent, Rate

from chalicelib.domain.instants import to_milliseconds

schedules = Blueprint(__name__)
reconciliation = Blueprint(__name__)

RESERVE_S = 30.0
"""What a look through tickets keeps of the function's time: a call to a PSA and what follows from it."""


@schedules.schedule(Rate(5, unit=Rate.MINUTES))
def sweep(event: CloudWatchEvent) -> dict[str, int]:  # noqa: ARG001  Lambda passes it
    """Ask again for assessments that nobody is working on any more."""
    from chalicelib.actions.assessments.sweep_assessments import sweep_assessments

    return {"asked": sweep_assessments(at=datetime.now(UTC))}


@reconciliation.schedule(Rate(10, unit=Rate.MINUTES))
def reconcile(event: CloudWatchEvent) -> dict[str, int]:
    """Look through the tickets that have changed in the PSAs since the last time."""
    from chalicelib.actions.ticket_sync.reconcile_tickets import reconcile_tickets

    context: Any = event.context
    return {
        "followed": reconcile_tickets(
            clock=lambda: to_milliseconds(datetime.now(UTC)),
            is_time_left=lambda: context.get_remaining_time_in_millis() / 1000 > RESERVE_S,
        )
    }
