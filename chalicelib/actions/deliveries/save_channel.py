"""Save an outgoing webhook, or a channel of a chat program."""

from collections.abc import Mapping

from uuid6 import uuid7

from chalicelib import log
from chalicelib.actions.deliveries.channel_address import host_of, require_host
from chalicelib.actions.retry_stale import retry_stale
from chalicelib.adapters.aws import channel_secrets
from chalicelib.adapters.aws.channel_secrets import PREVIOUS_SECRET, SECRET, URL
from chalicelib.adapters.aws.secrets import SecretUnavailable
from chalicelib.contracts.channels import ChannelRequest, OutgoingWebhookRequest
from chalicelib.domain.deliveries.channel import MOST_CHANNELS, Channel, ChannelKind, is_channel_id
from chalicelib.domain.deliveries.signing_secret import require_signing_secret
from chalicelib.domain.errors import InvalidRequest, InvalidState, NotFound, Unavailable
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller
from chalicelib.store import channels
from chalicelib.store.stale_write import StaleWrite


def save_webhook(webhook_id: str, body: OutgoingWebhookRequest, *, by: Caller, at: Instant) -> Channel:
    """Create the webhook, or replace its settings; an address or a secret that is not named stays.

    A secret that is replaced goes on signing beside the new one for a day. Saving switches a webhook on again that its
    failures had switched off. Raises InvalidRequest naming what cannot be right, InvalidState when it was saved since
    the version that the body names or there are too many, NotFound when it was deleted since, all before anything is
    written; and Unavailable when its secrets cannot be kept or others keep saving it.
    """
    if body.secret is not None:
        require_signing_secret(body.secret)
    return _saved(webhook_id, ChannelKind.WEBHOOK, body, by.account_id, at)


def save_chat_channel(channel_id: str, body: ChannelRequest, *, by: Caller, at: Instant) -> Channel:
    """Create a channel of Slack or Teams, or replace its settings; an address that is not named stays.

    Raises as `save_webhook` does, and InvalidRequest for a host that is not the chat program's, or another kind.
    """
    return _saved(channel_id, ChannelKind(body.kind), body, by.account_id, at)


Request = OutgoingWebhookRequest | ChannelRequest


def _saved(channel_id: str, kind: ChannelKind, body: Request, account_id: str, at: Instant) -> Channel:
    if not is_channel_id(channel_id):
        raise InvalidRequest("/id", "An id is 1 to 64 of A-Z, a-z, 0-9, - and _, with no - or _ first.")
    if body.url is not None:
        require_host(kind, body.url)
    try:
        saved = retry_stale(lambda: _save(channel_id, kind, body, account_id, at), what="The channel")
    except SecretUnavailable as error:
        raise Unavailable(f"The secrets cannot be kept now ({error}). Try again.", retry_after_s=5) from error
    log.info("channel saved", kind=kind.value, channel_id=channel_id, version=saved.version)
    return saved


def _load_to_save(channel_id: str, kind: ChannelKind, body: Request, account_id: str) -> Channel | None:
    is_webhook = kind is ChannelKind.WEBHOOK
    loaded = channels.find(account_id, channel_id, webhook=is_webhook)
    if loaded is None:
        if body.version is not None:
            raise NotFound("webhook" if is_webhook else "channel")
        _require_room(account_id, webhooks=is_webhook)
        return None
    loaded.require_version(body.version)
    if loaded.kind is not kind:
        raise InvalidRequest("/kind", f"This channel is one of {loaded.kind}; make another for {kind}.")
    return loaded


def _save(channel_id: str, kind: ChannelKind, body: Request, account_id: str, at: Instant) -> Channel:
    loaded = _load_to_save(channel_id, kind, body, account_id)
    before = channel_secrets.read(loaded) if loaded else {}
    after = _values_after(before, kind, body, is_rotating=loaded is not None and loaded.is_rotating(at))
    is_new_secret = before.get(SECRET) != after.get(SECRET)
    saved = Channel(
        account_id=account_id,
        id=channel_id,
        kind=kind,
        name=body.name,
        filter=body.filter,
        is_on=body.is_on,
        host=host_of(after[URL]),
        secret_version=_version_of(loaded, (account_id, kind, channel_id), before, after),
        secret_set_at=at if loaded is None or is_new_secret else loaded.secret_set_at,
        version=loaded.version + 1 if loaded else 1,
        created_at=loaded.created_at if loaded else at,
        updated_at=at,
    )
    if not channels.save(saved, loaded):
        raise StaleWrite
    return saved


def _require_room(account_id: str, *, webhooks: bool) -> None:
    if channels.count(account_id, webhooks=webhooks) >= MOST_CHANNELS:
        raise InvalidState(f"An account has at most {MOST_CHANNELS} of these. Delete one first.", status="full")


def _values_after(before: Mapping[str, str], kind: ChannelKind, body: Request, *, is_rotating: bool) -> dict[str, str]:
    """Return what is kept after the save. Raises InvalidRequest where an address or a secret is missing."""
    named = {URL: body.url, SECRET: body.secret if isinstance(body, OutgoingWebhookRequest) else None}
    after = {**before, **{name: value for name, value in named.items() if value}}
    for name in (URL, SECRET) if kind is ChannelKind.WEBHOOK else (URL,):
        if name not in after:
            raise InvalidRequest(f"/{name}", "A new channel needs this.")
    if SECRET in before and after[SECRET] != before[SECRET]:
        after[PREVIOUS_SECRET] = before[SECRET]
    elif not is_rotating:
        after.pop(PREVIOUS_SECRET, None)
    return after


def _version_of(
    loaded: Channel | None,
    place: tuple[str, ChannelKind, str],
    before: Mapping[str, str],
    after: Mapping[str, str],
) -> str:
    if loaded and dict(before) == dict(after):
        return loaded.secret_version
    return channel_secrets.write(*place, after, str(uuid7()))
