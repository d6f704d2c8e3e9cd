"""Show the channels of an account, and what was sent to them."""

from chalicelib.domain.deliveries.channel import Channel
from chalicelib.domain.deliveries.ledger import LedgerEntry
from chalicelib.domain.pagination import ListPage, PageRequest
from chalicelib.domain.people import Caller
from chalicelib.store import channels, delivery_lists


def list_channels(page: PageRequest, *, webhooks: bool, by: Caller) -> ListPage[Channel]:
    """Return the webhooks of the caller's account, or its other channels, by id. Raises InvalidRequest."""
    return channels.list_group(by.account_id, page, webhooks=webhooks)


def read_channel(channel_id: str, *, webhook: bool, by: Caller) -> Channel:
    """Return one of them. Raises NotFound."""
    return channels.load(by.account_id, channel_id, webhook=webhook)


def list_webhook_deliveries(webhook_id: str, page: PageRequest, *, by: Caller) -> ListPage[LedgerEntry]:
    """Return what was sent to a webhook in the last 90 days, newest first.

    Raises InvalidRequest for a cursor that is not its own, and NotFound.
    """
    found = delivery_lists.list_of_webhook(by.account_id, webhook_id, page)
    channels.load(by.account_id, webhook_id, webhook=True)
    return found
