"""The devices that a person gets push messages on, as requests and answers have them."""

from typing import Annotated

from pydantic import Field, StringConstraints

from chalicelib.contracts.shape import Line, OneLine, StrictModel
from chalicelib.domain.deliveries.device import LONGEST_ENDPOINT, Device
from chalicelib.domain.instants import Instant

Key = Annotated[str, StringConstraints(min_length=1, max_length=120)]


class SubscriptionKeys(StrictModel):
    """The keys of a subscription, in base64url: what messages are encrypted for (RFC 8291)."""

    p256dh: Key
    auth: Key


class DeviceRequest(StrictModel):
    """A browser's subscription to push messages, and what its person calls it."""

    name: Line
    endpoint: Annotated[
        str,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_ENDPOINT),
        Field(description="The subscription's address at the browser's push service: https, a public host."),
    ]
    keys: SubscriptionKeys


class ShownRequest(StrictModel):
    """The token with which a service worker reports that it showed a push message."""

    token: Annotated[str, StringConstraints(min_length=1, max_length=1_000)]


class DeviceView(StrictModel):
    """A device that gets push messages, and when one last reached it. Its address is never returned."""

    id: str
    name: OneLine
    added_at: Instant
    reached_at: Instant | None

    @classmethod
    def of(cls, device: Device, reached_at: Instant | None = None) -> "DeviceView":
        """Show `device`."""
        return cls(id=device.id, name=device.name, added_at=device.added_at, reached_at=reached_at)
