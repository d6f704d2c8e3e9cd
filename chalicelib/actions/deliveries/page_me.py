"""Send the caller a test message by each kind that reaches them, and record which ones they say arrived."""

from typing import NamedTuple

from chalicelib import log
from chalicelib.actions.deliveries.order_deliveries import order_deliveries
from chalicelib.actions.deliveries.sent_kinds import sent_kinds
from chalicelib.domain.deliveries.ledger import WENT_OUT, DeliveryKind, LedgerEntry, Recipient
from chalicelib.domain.deliveries.people_told import Addressee, emails_to, pushes_to, sms_to
from chalicelib.domain.deliveries.reach_marks import place_of
from chalicelib.domain.errors import InvalidState, NotFound, TooManyRequests
from chalicelib.domain.events import EventType
from chalicelib.domain.instants import Instant
from chalicelib.domain.limits import end_of_hour
from chalicelib.domain.people import Caller
from chalicelib.domain.readiness.notices import MOST_PAGES_PER_HOUR, page_event
from chalicelib.store import addressees, deliveries, devices, engineers, limits, reach_marks


class PageTest(NamedTuple):
    """A test: its id, and what was sent."""

    id: str
    sent_at: Instant
    messages: list[Recipient]


def channel_of(to: Recipient) -> str:
    """Return the name of the channel of a message to `to`: the id of its device, else its kind."""
    return to.device.id if to.device else to.kind.value


def page_me(*, by: Caller, at: Instant) -> PageTest:
    """Have a test message sent by e-mail, by SMS and to each device, unless the caller has switched that kind off.

    Quiet hours do not hold it back. Raises InvalidState when nothing can be sent, TooManyRequests after three in an
    hour, and Unavailable while the queue takes nothing.
    """
    engineers.enter(by)
    person = addressees.find(by.account_id, by.id)
    recipients = _recipients_of(by, person) if person else []
    if not recipients:
        detail = "No kind of message can reach you: add a device, or switch e-mail on for some event."
        raise InvalidState(detail, status="no_channel")
    if not limits.spend_page(by, MOST_PAGES_PER_HOUR, at):
        detail = f"You have asked for {MOST_PAGES_PER_HOUR} test messages this hour, the most allowed."
        raise TooManyRequests.until(end_of_hour(at), detail, at=at)
    event = page_event(by, at)
    order_deliveries([LedgerEntry.planned(event, recipient, at) for recipient in recipients])
    log.info("test message ordered", messages=len(recipients))
    return PageTest(event.id, at, recipients)


def read_page(page_id: str, *, by: Caller) -> list[LedgerEntry]:
    """Return the messages of a test of the caller's: one query. Raises NotFound."""
    entries = deliveries.all_of_subject(by.account_id, page_id)
    theirs = [entry for entry in entries if entry.event.type is EventType.PAGE_TEST and entry.recipient.id == by.id]
    if not theirs:
        raise NotFound("test message")
    return theirs


def confirm_page(page_id: str, channel: str, *, by: Caller, at: Instant) -> None:
    """Remember that a test message of the caller's arrived: its channel counts as reached at the time it was sent.

    Saying so twice is a success. Raises NotFound, and InvalidState for a message that was not sent.
    """
    entries = read_page(page_id, by=by)
    entry = next((one for one in entries if channel_of(one.recipient) == channel), None)
    if entry is None:
        raise NotFound("test message")
    if entry.state not in WENT_OUT:
        raise InvalidState(entry.detail or "It has not been sent yet.", status=entry.state)
    person = addressees.find(by.account_id, by.id)
    place = entry.sent_to or (place_of(entry.recipient, person.engineer.email, person.phone) if person else None)
    if place:
        reach_marks.note(by.account_id, by.id, place, entry.accepted_at or entry.created_at)
    deliveries.mark_arrived(entry, at)
    log.info("test message arrived", kind=entry.recipient.kind.value)


def _recipients_of(by: Caller, person: Addressee) -> list[Recipient]:
    kinds = sent_kinds()
    found: list[Recipient] = []
    if DeliveryKind.EMAIL in kinds and person.takes_mail:
        found += emails_to([person.engineer])
    if DeliveryKind.PUSH in kinds and not person.settings.rules.never_send(DeliveryKind.PUSH):
        found += pushes_to([person.engineer], {by.id: devices.load(by.account_id, by.id)})
    if DeliveryKind.SMS in kinds and person.takes_sms:
        found += sms_to([person.engineer])
    return found
