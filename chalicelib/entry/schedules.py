"""Handlers that run by the clock."""

from datetime import UTC, datetime

from chalice.app import Blueprint, CloudWatchEvent, Rate

from chalicelib.actions.sweep_assessments import sweep_assessments

schedules = Blueprint(__name__)


@schedules.schedule(Rate(5, unit=Rate.MINUTES))
def sweep(event: CloudWatchEvent) -> dict[str, int]:  # noqa: ARG001  Lambda passes it
    """Ask again for assessments that nobody is working on any more."""
    return {"asked": sweep_assessments(at=datetime.now(UTC))}
