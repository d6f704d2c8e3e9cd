"""Handlers that run on a schedule."""

from typing import Any

from chalice.app import Blueprint, CloudWatchEvent, Cron, Rate

from chalicelib.entry.wall_clock import current_instant, now

schedules = Blueprint(__name__)
reconciliation = Blueprint(__name__)
readiness_checks = Blueprint(__name__)

CLOCK_RESERVE_S = 10.0
"""What the clock keeps of the function's time: the writes for one handoff, tried again as often as they may be."""

RESERVE_S = 30.0
"""Time that a reconciliation keeps in reserve: one call to a PSA and what follows from it."""


@schedules.schedule(Rate(1, unit=Rate.MINUTES))
def run_clock(event: CloudWatchEvent) -> dict[str, Any]:
    """Do what is due for handoffs."""
    from chalicelib.actions.clock.run_clock import run_clock as run

    context: Any = event.context
    return run(
        at=now(),
        is_time_left=lambda: context.get_remaining_time_in_millis() / 1000 > CLOCK_RESERVE_S,
    )._asdict()


@reconciliation.schedule(Rate(10, unit=Rate.MINUTES))
def reconcile(event: CloudWatchEvent) -> dict[str, int]:
    """Reconcile the tickets that have changed in the PSAs since the last run."""
    from chalicelib.actions.ticket_sync.reconcile_tickets import reconcile_tickets

    context: Any = event.context
    return {
        "followed": reconcile_tickets(
            clock=current_instant,
            is_time_left=lambda: context.get_remaining_time_in_millis() / 1000 > RESERVE_S,
        )
    }


@readiness_checks.schedule(Cron(0, 6, "*", "*", "?", "*"))
def check_readiness(event: CloudWatchEvent) -> dict[str, int]:
    """Warn the admins of accounts where a step of a ladder will reach nobody; once a day."""
    from chalicelib.actions.deliveries.warn_of_gaps import warn_all_of_gaps

    context: Any = event.context
    return {
        "warned": warn_all_of_gaps(
            at=current_instant(),
            is_time_left=lambda: context.get_remaining_time_in_millis() / 1000 > CLOCK_RESERVE_S,
        )
    }
