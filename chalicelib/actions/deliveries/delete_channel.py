"""Delete a channel with its address and secrets."""

from chalicelib import log
from chalicelib.actions.retry_stale import retry_stale
from chalicelib.adapters.aws import channel_secrets
from chalicelib.adapters.aws.secrets import SecretUnavailable
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.people import Caller
from chalicelib.store import channels


def delete_channel(channel_id: str, *, webhook: bool, by: Caller) -> None:
    """Delete the webhook, or other channel: the item first, as nothing may be sent to what has lost its secrets.

    Its deliveries stay in the ledger until they end. Raises NotFound, and Unavailable when the secrets cannot be
    deleted now: they are then those of nothing, and are replaced when the id is used again.
    """
    channel = channels.load(by.account_id, channel_id, webhook=webhook)
    retry_stale(
        lambda: channels.delete(channels.load(by.account_id, channel_id, webhook=webhook)),
        what="The webhook" if webhook else "The channel",
    )
    try:
        channel_secrets.delete(channel)
    except SecretUnavailable as error:
        raise Unavailable(f"The secrets cannot be deleted now ({error}).", retry_after_s=5) from error
    log.info("channel deleted", kind=channel.kind.value, channel_id=channel_id)
