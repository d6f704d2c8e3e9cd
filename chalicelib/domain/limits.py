"""Limits on what the AI may cost an account: messages per engineer and hour, calls per account and day."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

from pydantic import Field

from chalicelib.domain.errors import TooManyRequests
from chalicelib.domain.frozen_model import FrozenModel


class Limits(FrozenModel):
    """An account's limits. 0 switches that use of the AI off."""

    messages_per_hour: int = Field(default=60, ge=0, le=10**9)
    """Messages to the assistant per engineer and clock hour (UTC)."""
    ai_calls_per_day: int = Field(default=2_000, ge=0, le=10**9)
    """Calls to the model per account and calendar day (UTC): replies and assessments."""


class Spent(StrEnum):
    """Which limit is used up."""

    HOUR = "hour"
    DAY = "day"


def end_of_hour(at: datetime) -> datetime:
    """Return when the clock hour of `at` ends."""
    return at.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def end_of_day(at: datetime) -> datetime:
    """Return when the day of `at` ends, in UTC."""
    return at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def refused_message(spent: Spent, limits: Limits, at: datetime) -> TooManyRequests:
    """Return the error for a message over a limit: what is used up, and until when."""
    if spent is Spent.HOUR:
        detail = f"You have sent {limits.messages_per_hour} messages to the assistant this hour, the most allowed."
        return TooManyRequests.until(end_of_hour(at), detail, at=at)
    detail = f"Your account has used its {limits.ai_calls_per_day} AI calls of today, the most allowed."
    return TooManyRequests.until(end_of_day(at), detail, at=at)
