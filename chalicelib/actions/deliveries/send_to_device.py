"""Send a push message to a device of a person."""

from collections.abc import Callable

from chalicelib.actions.deliveries.alert_of_round import alert_of_round
from chalicelib.actions.deliveries.look_before_sending import look_for_person
from chalicelib.actions.deliveries.mark_shown import shown_token
from chalicelib.actions.people.save_device import forget_device
from chalicelib.adapters.aws.push_keys import read_private_key
from chalicelib.adapters.aws.secrets import SecretUnavailable
from chalicelib.adapters.channels.web_push import Sender, send_push
from chalicelib.domain.deliveries.alert import Alert
from chalicelib.domain.deliveries.device import Device
from chalicelib.domain.deliveries.ledger import LedgerEntry
from chalicelib.domain.deliveries.outcome import SendOutcome, SendResult
from chalicelib.domain.deliveries.people_told import priority_of
from chalicelib.domain.deliveries.push_message import PushMessage, push_message
from chalicelib.domain.handoff import Priority
from chalicelib.domain.instants import Instant
from chalicelib.settings import settings
from chalicelib.store import addressees, devices


def send_to_device(entry: LedgerEntry, shown_secret: str, *, clock: Callable[[], Instant]) -> SendOutcome:
    """Send what `entry` is about, unless it is no longer true or not wanted now; return how it ended.

    A device that its push service no longer knows is removed. `shown_secret` goes along, for the device to say that the
    message was shown. What the message needs is read before the look, so that no request comes between the look and the
    sending, in which somebody may claim the case.
    """
    to, event, at = entry.recipient, entry.event, clock()
    person = addressees.find(entry.account_id, to.id)
    device, key = find_device(entry), find_key()
    handoff, reason = look_for_person(entry, person, at)
    if reason:
        return SendOutcome(SendResult.NOT_NEEDED, reason)
    if to.replaces_round:
        alert = alert_of_round(entry, at)
        if alert is None:
            return SendOutcome(SendResult.NOT_NEEDED, "The device shows a later message by now.")
        message = push_message(entry, alert, Priority.NORMAL, shown_token(entry, shown_secret), is_gathered=True)
        return push_to(entry, device, key, message)
    alert = Alert.of(event, handoff, settings().page_url, at)
    message = push_message(entry, alert, priority_of(handoff), shown_token(entry, shown_secret))
    return push_to(entry, device, key, message)


def find_device(entry: LedgerEntry) -> Device | None:
    """Return the device of `entry`, None when it was removed."""
    to = entry.recipient
    return devices.load(entry.account_id, to.id).find(to.device.id) if to.device else None


def find_key() -> str | SendOutcome:
    """Return the key that signs push messages, or how a message ends that has none."""
    try:
        return read_private_key()
    except SecretUnavailable as error:
        return SendOutcome(SendResult.RETRY, f"The key that signs push messages cannot be read now ({error}).")


def push_to(entry: LedgerEntry, device: Device | None, key: str | SendOutcome, message: PushMessage) -> SendOutcome:
    """Send `message` to the device of `entry`, signed with `key`; return how it ended."""
    if device is None:
        return SendOutcome(SendResult.PLACE_GONE, "The device was removed before its turn came.")
    if isinstance(key, SendOutcome):
        return key
    outcome = send_push(device, message, Sender(key, _contact()))
    if outcome.result is SendResult.GONE:
        forget_device(entry.account_id, entry.recipient.id, device)
    return outcome._replace(place=device.id)


def _contact() -> str:
    """Where a push service can reach who runs the stack: the sender of its e-mails, else the page."""
    sender = settings().email_sender
    return f"mailto:{sender}" if sender else settings().page_url
