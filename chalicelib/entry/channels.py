"""Routes of Slack and Teams channels, for admins."""

from chalicelib.contracts.channels import ChannelCheckView, ChannelListView, ChannelRequest, ChannelView
from chalicelib.contracts.page_query import PageQuery
from chalicelib.domain.errors import InvalidState
from chalicelib.domain.people import Role
from chalicelib.entry.api import Api
from chalicelib.entry.requests import Call

channels = Api("deliveries")

CHANNEL = "/channels/{channel_id}"

# What only admins ask for is imported when it is asked for.  # lazy: cold start (ADR 0015)


@channels.operation("GET", "/channels", takes=PageQuery, answers=ChannelListView, role=Role.ADMIN)
def get_channels(call: Call[PageQuery]) -> ChannelListView:
    """List the Slack and Teams channels of your account."""
    from chalicelib.actions.deliveries.list_channels import list_channels

    found = list_channels(call.page, webhooks=False, by=call.caller)
    return ChannelListView(items=[ChannelView.of(one) for one in found.items], next_cursor=found.next_cursor)


@channels.operation("GET", CHANNEL, answers=ChannelView, role=Role.ADMIN)
def get_channel(call: Call[None], channel_id: str) -> ChannelView:
    """Read a channel."""
    from chalicelib.actions.deliveries.list_channels import read_channel

    return ChannelView.of(read_channel(channel_id, webhook=False, by=call.caller))


@channels.operation("PUT", CHANNEL, takes=ChannelRequest, answers=ChannelView, role=Role.ADMIN, refuses=(InvalidState,))
def put_channel(call: Call[ChannelRequest], channel_id: str) -> ChannelView:
    """Create a channel, or replace its settings; the address stays unless it is named."""
    from chalicelib.actions.deliveries.save_channel import save_chat_channel

    return ChannelView.of(save_chat_channel(channel_id, call.body, by=call.caller, at=call.at))


@channels.operation("DELETE", CHANNEL, answers=None, role=Role.ADMIN, status=204)
def delete_channel(call: Call[None], channel_id: str) -> None:
    """Delete a channel and its address."""
    from chalicelib.actions.deliveries.delete_channel import delete_channel as delete

    delete(channel_id, webhook=False, by=call.caller)


@channels.operation("POST", CHANNEL + "/test", answers=ChannelCheckView, role=Role.ADMIN)
def post_channel_test(call: Call[None], channel_id: str) -> ChannelCheckView:
    """Send a test message to a channel now."""
    from chalicelib.actions.deliveries.check_channel import check_channel

    return ChannelCheckView.of(check_channel(channel_id, webhook=False, by=call.caller, at=call.at))
