"""Requests and answers about channels and deliveries. Addresses and secrets go in and never come out."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from chalicelib.contracts.shape import Line, OneLine, StrictModel
from chalicelib.contracts.views import ListView
from chalicelib.domain.deliveries.channel import SECRET_ROTATION, Channel, ChannelFilter, ChannelKind
from chalicelib.domain.deliveries.ledger import DeliveryKind, DeliveryState, LedgerEntry
from chalicelib.domain.events import EventType
from chalicelib.domain.instants import Instant

Url = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
SigningSecret = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200),
    Field(description="`whsec_` and 24 to 64 random bytes in base64."),
]
ReadVersion = Annotated[int, Field(ge=1, le=10**9, description="The version that was read; null saves over any.")]


class ChannelRequest(StrictModel):
    """The settings of a Slack or Teams channel. `url` stays as it is where it is not named.

    Without `filter.types` people are told of what waits for somebody, and how it ended.
    """

    kind: Literal["slack", "teams"]
    name: Line
    url: Url | None = None
    filter: ChannelFilter = ChannelFilter()
    is_on: bool = True
    version: ReadVersion | None = None


class ChannelView(StrictModel):
    """A Slack or Teams channel. Of its address, which is a secret, only the host is shown."""

    id: str
    kind: ChannelKind
    name: OneLine
    host: str
    filter: ChannelFilter
    is_on: bool
    failing_since: Instant | None
    switched_off_at: Instant | None
    """When FlowPilot switched it off: nothing had arrived for five days, or the address no longer exists."""
    last_error: OneLine | None
    version: int
    created_at: Instant
    updated_at: Instant

    @classmethod
    def of(cls, channel: Channel) -> "ChannelView":
        """Show `channel`."""
        shown = {name: value for name, value in [*channel, *channel.health] if name in cls.model_fields}
        return cls.model_construct(**shown)


class ChannelListView(ListView):
    """The account's Slack and Teams channels."""

    items: list[ChannelView]


class OutgoingWebhookRequest(StrictModel):
    """The settings of an outgoing webhook. `url` and `secret` stay as they are where they are not named."""

    name: Line
    url: Url | None = None
    secret: SigningSecret | None = None
    filter: ChannelFilter = ChannelFilter()
    is_on: bool = True
    version: ReadVersion | None = None


class WebhookView(StrictModel):
    """An outgoing webhook. Of its address only the host is shown, of its secret when it was set."""

    id: str
    name: OneLine
    host: str
    filter: ChannelFilter
    is_on: bool
    secret_set_at: Instant
    signs_with_previous_until: Instant
    """Until then messages also carry the signature of the previous secret, if there was one."""
    failing_since: Instant | None
    switched_off_at: Instant | None
    """When FlowPilot switched it off: nothing had arrived for five days, or the receiver wants no more messages."""
    last_error: OneLine | None
    version: int
    created_at: Instant
    updated_at: Instant

    @classmethod
    def of(cls, channel: Channel) -> "WebhookView":
        """Show `channel`."""
        shown = {name: value for name, value in [*channel, *channel.health] if name in cls.model_fields}
        until = channel.secret_set_at + SECRET_ROTATION
        return cls.model_construct(**{**shown, "signs_with_previous_until": until})


class WebhookListView(ListView):
    """The account's outgoing webhooks."""

    items: list[WebhookView]


class ChannelCheckView(StrictModel):
    """Whether a test message was accepted; if not, `detail` says why."""

    works: bool
    detail: OneLine

    @classmethod
    def of(cls, trouble: str | None) -> "ChannelCheckView":
        """Show the result of a test; `trouble` is None where it was accepted."""
        return cls(works=trouble is None, detail=trouble or "The test message was accepted.")


class RecipientView(StrictModel):
    """The recipient of a delivery; for a push message also the name of the device."""

    id: str
    name: OneLine
    device: OneLine | None


class DeliveryView(StrictModel):
    """One delivery of one event: to whom, how, and what is known of it."""

    id: str
    event_id: str
    event_type: EventType
    title: OneLine | None
    recipient: RecipientView
    kind: DeliveryKind
    instead_of: DeliveryKind | None
    """The kind of message that failed to reach the person, in place of which this one was sent."""
    state: DeliveryState
    attempts: int
    detail: OneLine | None
    next_try_at: Instant | None
    accepted_at: Instant | None
    """When the mail or push service, or the channel, took it."""
    shown_at: Instant | None
    """When the device showed it and said so."""
    opened_at: Instant | None
    """When its person first opened the case after it was sent."""
    created_at: Instant
    updated_at: Instant

    @classmethod
    def of(cls, entry: LedgerEntry, at: Instant) -> "DeliveryView":
        """Show `entry` as it is known at `at`."""
        to = entry.recipient
        return cls(
            id=entry.delivery_id,
            event_id=entry.event.id,
            event_type=entry.event.type,
            title=entry.event.title,
            recipient=RecipientView(id=to.id, name=to.name, device=to.device.name if to.device else None),
            kind=to.kind,
            instead_of=to.instead_of,
            state=entry.known_state(at),
            attempts=entry.attempts,
            detail=entry.detail,
            next_try_at=entry.next_try_at,
            accepted_at=entry.accepted_at,
            shown_at=entry.shown_at,
            opened_at=entry.opened_at,
            created_at=entry.created_at,
            updated_at=entry.updated_at,
        )


class DeliveryListView(ListView):
    """Deliveries."""

    items: list[DeliveryView]
