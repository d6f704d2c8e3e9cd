"""What a system's folder offers for its webhooks: a module `webhook` that proves and reads them."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

from chalicelib.domain.integration import Integration
from chalicelib.domain.webhook_delivery import Delivery


class WebhookRequest(NamedTuple):
    """A webhook as it came. Header names are in small letters; `received_s` is when it came, in seconds since 1970."""

    headers: Mapping[str, str]
    body: bytes
    received_s: int


Secrets = Callable[[], Sequence[str]]
"""Reads the secrets that a webhook of the integration may be proven by."""


class WebhookReader(Protocol):
    """A module that reads the webhooks of one system."""

    def verify(self, request: WebhookRequest, integration: Integration, secrets: Secrets) -> str:
        """Return the proven id of the delivery, empty where none is signed. Raises WebhookRejected without a proof."""

    def deliveries_in(self, body: bytes, integration: Integration, message_id: str) -> list[Delivery]:
        """Return what a proven body says of tickets, in order, nothing when it is about something else.

        `message_id` is what `verify` returned. Raises WebhookRejected for a webhook that is not one of the
        integration's, and for a batch with more events than can be taken in.
        """
