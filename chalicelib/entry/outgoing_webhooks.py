"""Routes of outgoing webhooks, for admins, and of what was sent to them.

PSAs send their own webhooks below the same path, to `/webhooks/{account}/{integration}`, and API Gateway wants one name
for what stands in one place of a path: so the webhook is the `target_id` there (ADR 0032).
"""

from chalicelib.contracts.channels import (
    ChannelCheckView,
    DeliveryListView,
    DeliveryView,
    OutgoingWebhookRequest,
    WebhookListView,
    WebhookView,
)
from chalicelib.contracts.page_query import PageQuery
from chalicelib.domain.errors import InvalidState
from chalicelib.domain.people import Role
from chalicelib.entry.api import Api
from chalicelib.entry.requests import Call

outgoing_webhooks = Api("deliveries")

WEBHOOK = "/webhooks/{target_id}"
DELIVERIES = WEBHOOK + "/deliveries"

# What only admins ask for is imported when it is asked for.  # lazy: cold start (ADR 0015)


@outgoing_webhooks.operation("GET", "/webhooks", takes=PageQuery, answers=WebhookListView, role=Role.ADMIN)
def get_webhooks(call: Call[PageQuery]) -> WebhookListView:
    """List the outgoing webhooks of your account."""
    from chalicelib.actions.deliveries.list_channels import list_channels

    found = list_channels(call.page, webhooks=True, by=call.caller)
    return WebhookListView(items=[WebhookView.of(one) for one in found.items], next_cursor=found.next_cursor)


@outgoing_webhooks.operation("GET", WEBHOOK, answers=WebhookView, role=Role.ADMIN)
def get_webhook(call: Call[None], target_id: str) -> WebhookView:
    """Read an outgoing webhook."""
    from chalicelib.actions.deliveries.list_channels import read_channel

    return WebhookView.of(read_channel(target_id, webhook=True, by=call.caller))


@outgoing_webhooks.operation(
    "PUT", WEBHOOK, takes=OutgoingWebhookRequest, answers=WebhookView, role=Role.ADMIN, refuses=(InvalidState,)
)
def put_webhook(call: Call[OutgoingWebhookRequest], target_id: str) -> WebhookView:
    """Create an outgoing webhook, or replace its settings; address and secret stay unless they are named."""
    from chalicelib.actions.deliveries.save_channel import save_webhook

    return WebhookView.of(save_webhook(target_id, call.body, by=call.caller, at=call.at))


@outgoing_webhooks.operation("DELETE", WEBHOOK, answers=None, role=Role.ADMIN, status=204)
def delete_webhook(call: Call[None], target_id: str) -> None:
    """Delete an outgoing webhook and its secrets."""
    from chalicelib.actions.deliveries.delete_channel import delete_channel

    delete_channel(target_id, webhook=True, by=call.caller)


@outgoing_webhooks.operation("POST", DELIVERIES, answers=ChannelCheckView, role=Role.ADMIN)
def post_webhook_test(call: Call[None], target_id: str) -> ChannelCheckView:
    """Send a test message to an outgoing webhook now."""
    from chalicelib.actions.deliveries.check_channel import check_channel

    return ChannelCheckView.of(check_channel(target_id, webhook=True, by=call.caller, at=call.at))


@outgoing_webhooks.operation("GET", DELIVERIES, takes=PageQuery, answers=DeliveryListView, role=Role.ADMIN)
def get_webhook_deliveries(call: Call[PageQuery], target_id: str) -> DeliveryListView:
    """List what was sent to an outgoing webhook in the last 90 days, newest first."""
    from chalicelib.actions.deliveries.list_channels import list_webhook_deliveries

    found = list_webhook_deliveries(target_id, call.page, by=call.caller)
    items = [DeliveryView.of(entry, call.at) for entry in found.items]
    return DeliveryListView(items=items, next_cursor=found.next_cursor)


@outgoing_webhooks.operation(
    "POST",
    DELIVERIES + "/{delivery_id}/redeliver",
    answers=DeliveryView,
    role=Role.ADMIN,
    status=202,
    refuses=(InvalidState,),
)
def post_redeliver(call: Call[None], target_id: str, delivery_id: str) -> DeliveryView:
    """Send a delivery again, under the id that it had."""
    from chalicelib.actions.deliveries.redeliver import redeliver

    return DeliveryView.of(redeliver(target_id, delivery_id, by=call.caller, at=call.at), call.at)
