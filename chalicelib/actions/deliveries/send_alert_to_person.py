"""Send one alert to a person, by the kind of message that entries of the ledger are for."""

from collections.abc import Callable
from typing import NamedTuple

from chalicelib.actions.deliveries.mark_shown import shown_token
from chalicelib.actions.deliveries.send_sms import take_sms_place, text_alert
from chalicelib.actions.deliveries.send_to_person import mail_alert, new_unsubscribe_url
from chalicelib.domain.deliveries.alert import Alert
from chalicelib.domain.deliveries.ledger import DeliveryKind, LedgerEntry
from chalicelib.domain.deliveries.outcome import SendOutcome
from chalicelib.domain.deliveries.people_told import Addressee
from chalicelib.domain.handoff import Priority
from chalicelib.domain.instants import Instant


class PreparedAlert(NamedTuple):
    """What sends an alert that gathers an entry with others, and what is to be done in place of sending it."""

    send: Callable[[LedgerEntry, Alert, Priority], SendOutcome]
    drop: Callable[[], None]


def prepare_alert(entry: LedgerEntry, person: Addressee, shown_secret: str, at: Instant) -> PreparedAlert:
    """Read and spend what a message to `person` needs, by the kind of `entry`; what is returned asks for nothing more.

    A device says with `shown_secret` that it showed the message.
    """
    if entry.recipient.kind is DeliveryKind.EMAIL:
        url = None if person.why_no_mail else new_unsubscribe_url(entry, at)
        return PreparedAlert(lambda of, alert, _: mail_alert(of, person, alert, url), _nothing)
    if entry.recipient.kind is DeliveryKind.SMS:
        place = take_sms_place(entry, person, at)
        return PreparedAlert(lambda _of, alert, _: text_alert(place, alert), place.give_back)
    # lazy: cold start (ADR 0015)
    from chalicelib.actions.deliveries.send_to_device import find_device, find_key, push_to
    from chalicelib.domain.deliveries.push_message import push_message

    device, key = find_device(entry), find_key()

    def push(of: LedgerEntry, alert: Alert, priority: Priority) -> SendOutcome:
        message = push_message(of, alert, priority, shown_token(of, shown_secret), is_gathered=True)
        return push_to(of, device, key, message)

    return PreparedAlert(push, _nothing)


def _nothing() -> None:
    """Nothing was spent on the message."""
