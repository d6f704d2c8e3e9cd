"""Outgoing webhooks for tests: what an admin saves, and what is known of one."""

from datetime import UTC, datetime
from functools import cache

from chalicelib.contracts.channels import ChannelRequest, OutgoingWebhookRequest
from chalicelib.domain.deliveries.channel import Channel, ChannelFilter, ChannelKind
from chalicelib.domain.instants import Instant, to_milliseconds
from tests.support.builders import ACME, minute

SIGNING_SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="
OTHER_SIGNING_SECRET = "whsec_YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXphYmNkZWY="


@cache
def now() -> Instant:
    """The time of the first test that asks: receivers refuse what was signed long ago, and a whole run is long."""
    return to_milliseconds(datetime.now(UTC))


def webhook_to(url: str, **changes: object) -> OutgoingWebhookRequest:
    """The body that an admin sends for a webhook to `url`."""
    given: dict[str, object] = {"name": "Operations", "url": url, "secret": SIGNING_SECRET}
    return OutgoingWebhookRequest.model_validate(given | changes)


def chat_at(url: str, kind: str = "slack", **changes: object) -> ChannelRequest:
    """The body that an admin sends for a channel of a chat program at `url`."""
    return ChannelRequest.model_validate({"kind": kind, "name": "Operations", "url": url} | changes)


def a_channel(**changes: object) -> Channel:
    """A webhook of acme that gets every event."""
    given: dict[str, object] = {
        "account_id": ACME,
        "id": "ops",
        "kind": ChannelKind.WEBHOOK,
        "name": "Operations",
        "filter": ChannelFilter(),
        "is_on": True,
        "host": "hooks.example.com",
        "secret_version": "v1",
        "secret_set_at": minute(0),
        "version": 1,
        "created_at": minute(0),
        "updated_at": minute(0),
    }
    return Channel.model_validate(given | changes)
