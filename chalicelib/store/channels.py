"""Channels: reading, listing, saving and deleting them, and their health."""

from typing import Any

from pynamodb.exceptions import DoesNotExist
from pynamodb.expressions.condition import Condition

from chalicelib.domain.deliveries.channel import Channel, ChannelHealth
from chalicelib.domain.errors import NotFound
from chalicelib.domain.instants import Instant, format_instant
from chalicelib.domain.pagination import ListPage, PageRequest
from chalicelib.store.cursors import decode_cursor, encode_cursor
from chalicelib.store.keys import CHANNELS, channel_item, channels_of
from chalicelib.store.mapping import plain, to_document
from chalicelib.store.rows.accounts import ChannelRow
from chalicelib.store.stale_write import StaleWrite
from chalicelib.store.transactions import delete_alone, put_alone, update_alone

_ELSEWHERE = ("account_id", "version", "health")
"""The fields that are attributes of their own, so that a condition can name them."""


def list_all(account_id: str) -> list[Channel]:
    """Return all channels of the account: webhooks and others, in one query."""
    return _list(account_id, CHANNELS)


def list_group(account_id: str, page: PageRequest, *, webhooks: bool) -> ListPage[Channel]:
    """Return the account's webhooks, or its other channels, by id. An account has at most a few."""
    after = str(decode_cursor(page.cursor, str)[0]) if page.cursor else ""
    found = [channel for channel in _list(account_id, channels_of(webhooks)) if channel.id > after]
    shown = found[: page.limit]
    return ListPage(shown, encode_cursor(shown[-1].id) if len(found) > len(shown) else None)


def count(account_id: str, *, webhooks: bool) -> int:
    """Return how many webhooks, or other channels, the account has."""
    return len(_list(account_id, channels_of(webhooks)))


def find(account_id: str, channel_id: str, *, webhook: bool) -> Channel | None:
    """Return the account's webhook, or other channel, of that id; None when there is none."""
    try:
        row = ChannelRow.get(account_id, channels_of(webhook) + channel_id, consistent_read=True)
    except DoesNotExist:
        return None
    return _channel(row)


def load(account_id: str, channel_id: str, *, webhook: bool) -> Channel:
    """Return it. Raises NotFound."""
    channel = find(account_id, channel_id, webhook=webhook)
    if channel is None:
        raise NotFound("webhook" if webhook else "channel")
    return channel


def save(channel: Channel, loaded: Channel | None) -> bool:
    """Write `channel` over what was loaded, nothing or its earlier self; return False when that has changed since."""
    content = {name: value for name, value in to_document(channel).items() if name not in _ELSEWHERE}
    item = channel_item(channel.kind, channel.id)
    row = ChannelRow(channel.account_id, item, content=content, version=channel.version)
    is_absent = ChannelRow.item.does_not_exist()
    return put_alone(row, _is_as_loaded(loaded) if loaded else is_absent)


def delete(channel: Channel) -> None:
    """Delete the channel that was loaded. Raises StaleWrite when it has been saved since."""
    if not delete_alone(_row(channel), ChannelRow.item.does_not_exist() | _is_as_loaded(channel)):
        raise StaleWrite


def note_failure(channel: Channel, detail: str, at: Instant) -> Channel | None:
    """Remember that something did not arrive; return the channel with its health as it is then.

    None, with nothing written, for one that was saved since it was loaded, or is gone: what failed was sent to the
    address, or signed with the secret, of before.
    """
    row = _row(channel)
    since = ChannelRow.failing_since
    actions = [since.set(since | format_instant(at)), ChannelRow.last_error.set(detail)]
    return _channel(row) if update_alone(row, actions, _is_as_loaded(channel)) else None


def note_success(channel: Channel) -> None:
    """Remember that something arrived; nothing is written while nothing was failing."""
    if channel.health.failing_since is None:
        return
    is_on = ChannelRow.switched_off_at.does_not_exist()
    actions = [ChannelRow.failing_since.remove(), ChannelRow.last_error.remove()]
    update_alone(_row(channel), actions, _is_as_loaded(channel) & is_on)


def switch_off(channel: Channel, detail: str, at: Instant) -> bool:
    """Switch the channel off until it is saved again; return False when it was off, or has been saved since."""
    is_on = ChannelRow.switched_off_at.does_not_exist()
    actions = [ChannelRow.switched_off_at.set(format_instant(at)), ChannelRow.last_error.set(detail)]
    return update_alone(_row(channel), actions, _is_as_loaded(channel) & is_on)


def _list(account_id: str, prefix: str) -> list[Channel]:
    rows = ChannelRow.query(account_id, ChannelRow.item.startswith(prefix), consistent_read=True)
    return [_channel(row) for row in rows]


def _is_as_loaded(channel: Channel) -> Condition:
    created_at = format_instant(channel.created_at)  # an id may be used again
    return (ChannelRow.version == channel.version) & (ChannelRow.content["created_at"] == created_at)


def _row(channel: Channel) -> ChannelRow:
    return ChannelRow(channel.account_id, channel_item(channel.kind, channel.id))


def _channel(row: ChannelRow) -> Channel:
    health = ChannelHealth(
        failing_since=row.failing_since, switched_off_at=row.switched_off_at, last_error=row.last_error
    )
    content: dict[str, Any] = plain(row.content)
    return Channel.model_validate(
        {**content, "account_id": row.account_id, "version": int(row.version), "health": health}
    )
