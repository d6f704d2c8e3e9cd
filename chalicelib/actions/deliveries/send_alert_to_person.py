"""Send one alert to a person, by the kind of message that an entry of the ledger is for."""

from chalicelib.actions.deliveries.mark_shown import new_shown_secret
from chalicelib.actions.deliveries.send_sms import text_alert
from chalicelib.actions.deliveries.send_to_person import mail_alert
from chalicelib.domain.deliveries.alert import Alert
from chalicelib.domain.deliveries.ledger import DeliveryKind, LedgerEntry
from chalicelib.domain.deliveries.outcome import SendOutcome
from chalicelib.domain.deliveries.people_told import Addressee
from chalicelib.domain.handoff import Priority
from chalicelib.domain.instants import Instant


def send_alert_to_person(
    entry: LedgerEntry, person: Addressee, alert: Alert, priority: Priority, at: Instant
) -> SendOutcome:
    """Send `alert`, which gathers `entry` with others, and return how that ended."""
    if entry.recipient.kind is DeliveryKind.EMAIL:
        return mail_alert(entry, person, alert, at)
    if entry.recipient.kind is DeliveryKind.SMS:
        return text_alert(entry, person, alert, at)
    from chalicelib.actions.deliveries.send_to_device import push_alert  # lazy: cold start (ADR 0015)

    return push_alert(entry, alert, priority, new_shown_secret(), is_gathered=True)
