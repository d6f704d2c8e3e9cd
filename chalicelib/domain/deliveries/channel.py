"""Channels of an account: addresses of its own to which events are sent, apart from its people."""

import re
from datetime import timedelta
from enum import StrEnum
from typing import Annotated
from uuid import uuid5

from pydantic import AfterValidator, Field

from chalicelib.domain.display_text import one_line
from chalicelib.domain.errors import InvalidState
from chalicelib.domain.events import EVENT_NAMESPACE, Event, EventType
from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.handoff import Handoff, Priority
from chalicelib.domain.instants import Instant, format_instant
from chalicelib.domain.titles import comparable_domain

SECRET_ROTATION = timedelta(hours=24)
"""How long messages also carry the signature of the secret before, after it was replaced."""

SWITCHED_OFF_AFTER = timedelta(days=5)
"""After so long without a single success, a channel is switched off."""

MOST_CHANNELS = 20
"""How many webhooks, and how many other channels, an account may have."""


def _readable_line(text: str) -> str:
    line = one_line(text)
    if not line:
        raise ValueError("A domain has at least one readable character.")
    return line


DomainName = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_readable_line)]
"""The domain of a problem, as a filter names it: one readable line."""


class ChannelKind(StrEnum):
    """The kind of a channel."""

    WEBHOOK = "webhook"
    SLACK = "slack"
    TEAMS = "teams"


_KINDS_IN_WORDS = {
    ChannelKind.WEBHOOK: "webhook",
    ChannelKind.SLACK: "Slack channel",
    ChannelKind.TEAMS: "Teams channel",
}


class ChannelFilter(FrozenModel):
    """Which events a channel gets. An empty list of types or domains leaves out none."""

    types: Annotated[tuple[EventType, ...], Field(max_length=50)] = ()
    least_priority: Priority = Priority.LOW
    domains: Annotated[tuple[DomainName, ...], Field(max_length=50)] = ()

    def lets_through(self, event: Event, handoff: Handoff | None) -> bool:
        """Whether a channel with this filter gets `event`, which is about `handoff` where there is one."""
        if self.types and event.type not in self.types:
            return False
        if handoff and handoff.priority.rank > self.least_priority.rank:
            return False
        domain = comparable_domain(handoff.problem_domain) if handoff else ""
        return not self.domains or domain in {comparable_domain(one) for one in self.domains}


class ChannelHealth(FrozenModel):
    """How a channel fares: since when nothing has arrived, and when it was switched off for that."""

    failing_since: Instant | None = None
    switched_off_at: Instant | None = None
    last_error: str | None = None

    def is_to_be_switched_off(self, at: Instant) -> bool:
        """Whether a failure at `at` is the end: nothing has arrived for five days."""
        return self.failing_since is not None and at - self.failing_since >= SWITCHED_OFF_AFTER


class Channel(FrozenModel):
    """One channel. Its address and secrets lie in Secrets Manager, in the version that `secret_version` names.

    `host` is all that is shown of the address, as a path or query may be a secret too.
    """

    account_id: str
    id: str
    kind: ChannelKind
    name: str
    filter: ChannelFilter
    is_on: bool
    host: str
    secret_version: str
    secret_set_at: Instant
    version: int
    created_at: Instant
    updated_at: Instant
    health: ChannelHealth = ChannelHealth()

    @property
    def may_be_sent_to(self) -> bool:
        """Whether it is on: neither an admin nor its failures have switched it off."""
        return self.is_on and self.health.switched_off_at is None

    def is_rotating(self, at: Instant) -> bool:
        """Whether messages still carry the signature of the secret before as well."""
        return at - self.secret_set_at < SECRET_ROTATION

    def require_version(self, read: int | None) -> None:
        """Raise InvalidState unless the version that somebody read, and wants to replace, is this one; None is any."""
        if read not in (None, self.version):
            detail = f"Somebody has saved this since you read version {read}; it is at {self.version} now."
            raise InvalidState(detail, status="changed")


def is_channel_id(text: str) -> bool:
    """Whether `text` can be the id of a channel, which is part of a key and of a path."""
    return re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", text, re.ASCII) is not None


def switched_off_event(channel: Channel, detail: str, at: Instant) -> Event:
    """Return the event that tells the admins that a channel is switched off; once for each time it is saved."""
    created_at = format_instant(channel.created_at)  # an id may be used again
    name = f"{channel.account_id}/{channel.kind.value}/{channel.id}/{created_at}/{channel.version}/switched_off"
    return Event(
        id=str(uuid5(EVENT_NAMESPACE, name)),
        type=EventType.INTEGRATION_FAILED,
        occurred_at=at,
        account_id=channel.account_id,
        session_id=None,
        handoff_id=None,
        version=channel.version,
        actor=None,
        title=f"The {_KINDS_IN_WORDS[channel.kind]} {channel.name} is switched off: {detail}",
        data={"channel_id": channel.id, "kind": channel.kind.value, "reason": detail},
    )
