"""Send one alert to a person, by the kind of message that entries of the ledger are for."""

from collections.abc import Callable

from chalicelib.actions.deliveries.mark_shown import shown_token
from chalicelib.actions.deliveries.send_sms import text_alert
from chalicelib.actions.deliveries.send_to_person import mail_alert, new_unsubscribe_url
from chalicelib.domain.deliveries.alert import Alert
from chalicelib.domain.deliveries.ledger import DeliveryKind, LedgerEntry
from chalicelib.domain.deliveries.outcome import SendOutcome
from chalicelib.domain.deliveries.people_told import Addressee
from chalicelib.domain.handoff import Priority
from chalicelib.domain.instants import Instant

SendAlert = Callable[[LedgerEntry, Alert, Priority], SendOutcome]
"""Sends an alert that gathers an entry with others, and returns how that ended."""


def alert_sender(entry: LedgerEntry, person: Addressee, shown_secret: str, at: Instant) -> SendAlert:
    """Read what a message to `person` needs, by the kind of `entry`, and return what sends one without reading more.

    A device says with `shown_secret` that it showed the message.
    """
    if entry.recipient.kind is DeliveryKind.EMAIL:
        url = None if person.why_no_mail else new_unsubscribe_url(entry, at)
        return lambda of, alert, _: mail_alert(of, person, alert, url)
    if entry.recipient.kind is DeliveryKind.SMS:
        return lambda of, alert, _: text_alert(of, person, alert, at)
    # lazy: cold start (ADR 0015)
    from chalicelib.actions.deliveries.send_to_device import find_device, find_key, push_to
    from chalicelib.domain.deliveries.push_message import push_message

    device, key = find_device(entry), find_key()

    def push(of: LedgerEntry, alert: Alert, priority: Priority) -> SendOutcome:
        message = push_message(of, alert, priority, shown_token(of, shown_secret), is_gathered=True)
        return push_to(of, device, key, message)

    return push
