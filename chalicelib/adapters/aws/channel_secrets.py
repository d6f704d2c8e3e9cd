"""The addresses and signing secrets of channels in Secrets Manager: one secret for each channel."""

from collections.abc import Mapping

from chalicelib.adapters.aws.versioned_secrets import delete_secret, read_version, write_version
from chalicelib.domain.deliveries.channel import Channel, ChannelKind
from chalicelib.settings import settings

URL, SECRET, PREVIOUS_SECRET = "url", "secret", "previous_secret"


def read(channel: Channel) -> Mapping[str, str]:
    """Return the channel's `url`, and for a webhook its `secret` and `previous_secret`. Raises SecretUnavailable."""
    return read_version(_name(channel.account_id, channel.kind, channel.id), channel.secret_version)


def write(account_id: str, kind: ChannelKind, channel_id: str, values: Mapping[str, str], version: str) -> str:
    """Write a new version and return its name, for the channel's item. Raises SecretUnavailable."""
    return write_version(_name(account_id, kind, channel_id), values, version)


def delete(channel: Channel) -> None:
    """Delete the secret with all its versions; an absent one is a success. Raises SecretUnavailable."""
    delete_secret(_name(channel.account_id, channel.kind, channel.id))


def _name(account_id: str, kind: ChannelKind, channel_id: str) -> str:
    return f"{settings().channel_secrets_prefix}{account_id}/{kind.value}/{channel_id}"
