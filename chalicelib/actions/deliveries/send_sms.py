"""Send an SMS to a person."""

from collections.abc import Callable

from chalicelib.actions.deliveries.look_before_sending import find_why_not_to_person
from chalicelib.adapters.aws import sms
from chalicelib.domain.deliveries.alert import Alert
from chalicelib.domain.deliveries.ledger import LedgerEntry
from chalicelib.domain.deliveries.outcome import SendOutcome, SendResult
from chalicelib.domain.deliveries.people_told import Addressee
from chalicelib.domain.deliveries.sms_message import sms_text
from chalicelib.domain.instants import Instant
from chalicelib.settings import settings
from chalicelib.store import addressees, handoffs, limits


def send_sms(entry: LedgerEntry, *, clock: Callable[[], Instant]) -> SendOutcome:
    """Send what `entry` is about, unless it is no longer true or its person does not want it now; return how it ended.

    The number is the one that its person has confirmed last.
    """
    event, at = entry.event, clock()
    handoff = handoffs.find_of(event)
    person = addressees.find(entry.account_id, entry.recipient.id)
    reason = find_why_not_to_person(entry, person, handoff, at)
    if person is None or reason:
        return SendOutcome(SendResult.NOT_NEEDED, reason)
    return text_alert(entry, person, Alert.of(event, handoff, settings().page_url.rstrip("/"), at), at)


def text_alert(entry: LedgerEntry, person: Addressee, alert: Alert, at: Instant) -> SendOutcome:
    """Send `alert` to the number of `person`, unless the day's limit is reached; return how it ended."""
    if person.phone is None:
        return SendOutcome(SendResult.REFUSED, "They have no confirmed number.")
    if not settings().sends_sms:
        return SendOutcome(SendResult.REFUSED, "SMS are switched off.")
    if not limits.spend_sms(entry.account_id, entry.recipient.id, at):
        return SendOutcome(SendResult.REFUSED, "The limit of SMS for today is reached.")
    outcome = sms.send_sms(person.phone.number, sms_text(alert))
    if outcome.result is SendResult.RETRY:
        limits.give_back_sms(entry.account_id, entry.recipient.id, at)
    return outcome
