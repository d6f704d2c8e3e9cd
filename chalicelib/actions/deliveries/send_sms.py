"""Send an SMS to a person."""

from collections.abc import Callable
from typing import NamedTuple

from chalicelib.actions.deliveries.look_before_sending import look_for_person
from chalicelib.adapters.aws import sms
from chalicelib.domain.deliveries.alert import Alert
from chalicelib.domain.deliveries.ledger import LedgerEntry
from chalicelib.domain.deliveries.outcome import SendOutcome, SendResult
from chalicelib.domain.deliveries.people_told import Addressee
from chalicelib.domain.deliveries.reach_marks import phone_place
from chalicelib.domain.deliveries.sms_message import sms_text
from chalicelib.domain.instants import Instant
from chalicelib.settings import settings
from chalicelib.store import addressees, limits

_MAY_HAVE_LEFT = (SendResult.ACCEPTED, SendResult.UNKNOWN)
"""The results that count toward the limits; with any other, no SMS was sent."""


class SmsPlace(NamedTuple):
    """A place among the SMS of the day that was taken for `entry`, and the number; else why there is none."""

    entry: LedgerEntry
    at: Instant
    number: str = ""
    refusal: str | None = None

    def give_back(self) -> None:
        """Take back the count of a message that was not sent."""
        if not self.refusal:
            limits.give_back_sms(self.entry.account_id, self.entry.recipient.id, self.at)


def send_sms(entry: LedgerEntry, *, clock: Callable[[], Instant]) -> SendOutcome:
    """Send what `entry` is about, unless it is no longer true or its person does not want it now; return how it ended.

    The number is the one that its person has confirmed last. The day's limit is spent before the look, so that no
    request comes between the look and the sending, in which somebody may claim the case.
    """
    at = clock()
    person = addressees.find(entry.account_id, entry.recipient.id)
    place = take_sms_place(entry, person, at)
    handoff, reason = look_for_person(entry, person, at)
    if reason:
        place.give_back()
        return SendOutcome(SendResult.NOT_NEEDED, reason)
    return text_alert(place, Alert.of(entry.event, handoff, settings().page_url, at))


def take_sms_place(entry: LedgerEntry, person: Addressee | None, at: Instant) -> SmsPlace:
    """Take one of the day's SMS for `entry`. A run that dies before it sends or gives back leaves it counted."""
    if person is None or person.phone is None:
        return SmsPlace(entry, at, refusal="They have no confirmed number.")
    if not settings().sends_sms:
        return SmsPlace(entry, at, refusal="SMS are switched off.")
    if sms.has_opted_out(person.phone.number):
        return SmsPlace(entry, at, refusal="Their number has answered STOP, so no SMS reaches it.")
    if not limits.spend_sms(entry.account_id, entry.recipient.id, at):
        return SmsPlace(entry, at, refusal="The limit of SMS for today is reached.")
    return SmsPlace(entry, at, person.phone.number)


def text_alert(place: SmsPlace, alert: Alert) -> SendOutcome:
    """Send `alert` to the number that `place` was taken for; return how it ended. What did not leave is not counted."""
    if place.refusal:
        return SendOutcome(SendResult.REFUSED, place.refusal)
    outcome = sms.send_sms(place.number, sms_text(alert))
    if outcome.result not in _MAY_HAVE_LEFT:
        place.give_back()
    return outcome._replace(place=phone_place(place.number))
