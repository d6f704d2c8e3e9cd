"""Send a message to a channel of the account, and remember how the channel fares."""

from collections.abc import Callable

from chalicelib import log
from chalicelib.actions.deliveries.compose_and_send import compose_and_send, read_secrets
from chalicelib.actions.deliveries.look_before_sending import look_for_channel
from chalicelib.actions.deliveries.notify_admins import notify_admins
from chalicelib.domain.deliveries.channel import Channel, switched_off_event
from chalicelib.domain.deliveries.ledger import DeliveryKind, LedgerEntry
from chalicelib.domain.deliveries.outcome import SendOutcome, SendResult
from chalicelib.domain.instants import Instant
from chalicelib.store import channels


def send_to_channel(entry: LedgerEntry, *, clock: Callable[[], Instant]) -> SendOutcome:
    """Send what `entry` is about, unless its channel is off or it is no longer true; return how that ended.

    The channel's address is read before the look, so that no request comes between the look and the sending.
    """
    to, event = entry.recipient, entry.event
    channel = channels.find(entry.account_id, to.id, webhook=to.kind is DeliveryKind.WEBHOOK)
    if channel is None or not channel.may_be_sent_to:
        gone = "It was deleted before this was sent." if channel is None else "It is switched off."
        return SendOutcome(SendResult.NOT_NEEDED, gone)
    secrets = read_secrets(channel)
    handoff, reason = look_for_channel(event, to.kind)
    if reason:
        return SendOutcome(SendResult.NOT_NEEDED, reason)
    outcome = compose_and_send(channel, secrets, event, handoff, clock())
    if outcome.result is SendResult.ACCEPTED:
        channels.note_success(channel)
    else:
        _note_failure(channel, outcome, clock())
    return outcome


def _note_failure(channel: Channel, outcome: SendOutcome, at: Instant) -> None:
    """Remember the failure, and switch the channel off when it wants no more or has failed for five days.

    A failure under settings that were saved again since changes nothing. The admins are told before it is off: a run
    that dies in between leaves it on, and the next failure finds it so.
    """
    detail = outcome.detail or "It was not accepted."
    failing = channels.note_failure(channel, detail, at)
    if failing is None:
        log.info("failure of earlier settings", kind=channel.kind.value, channel_id=channel.id)
        return
    is_over = outcome.result is SendResult.GONE or failing.health.is_to_be_switched_off(at)
    if is_over:
        notify_admins(switched_off_event(failing, detail, at), at=at)
    if is_over and channels.switch_off(failing, detail, at):
        log.count("ChannelsSwitchedOff", Kind=channel.kind.value)
        log.info("channel switched off", kind=channel.kind.value, channel_id=channel.id)
