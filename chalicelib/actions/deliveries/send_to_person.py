"""Send an e-mail to a person."""

from collections.abc import Callable
from urllib.parse import quote

from chalicelib.actions.deliveries.look_before_sending import look_for_person
from chalicelib.actions.deliveries.unsubscribe import issue_unsubscribe_token
from chalicelib.adapters.aws.ses import Email, send_email
from chalicelib.domain.deliveries.alert import Alert
from chalicelib.domain.deliveries.email_message import email_message
from chalicelib.domain.deliveries.ledger import LedgerEntry
from chalicelib.domain.deliveries.mail_feedback import FeedbackKind, MailReference
from chalicelib.domain.deliveries.outcome import SendOutcome, SendResult
from chalicelib.domain.deliveries.people_told import Addressee
from chalicelib.domain.deliveries.reach_marks import email_place
from chalicelib.domain.instants import Instant
from chalicelib.settings import settings
from chalicelib.store import addressees

_OFF = {
    FeedbackKind.BOUNCED: "their address is switched off, as mail came back from it.",
    FeedbackKind.COMPLAINED: "their address is switched off, as mail was marked as spam.",
}
"""Why an address gets no e-mail."""


def send_to_person(entry: LedgerEntry, *, clock: Callable[[], Instant]) -> SendOutcome:
    """Send what `entry` is about, unless it is no longer true or its person does not want it now; return how it ended.

    The address is the one that the person's token named last. What the message needs is there before the look, so that
    no request comes between the look and the sending, in which somebody may claim the case.
    """
    at = clock()
    person = addressees.find(entry.account_id, entry.recipient.id)
    unsubscribe_url = new_unsubscribe_url(entry, at) if person and not person.why_no_mail else None
    handoff, reason = look_for_person(entry, person, at)
    if person is None or reason:
        return SendOutcome(SendResult.NOT_NEEDED, reason)
    alert = Alert.of(entry.event, handoff, settings().page_url, at)
    return mail_alert(entry, person, alert, unsubscribe_url)


def new_unsubscribe_url(entry: LedgerEntry, at: Instant) -> str | None:
    """Return a new address that switches e-mail off for the person of `entry`; None for a stack without a page."""
    page_url = settings().page_url
    if not page_url:
        return None
    token = issue_unsubscribe_token(entry.account_id, entry.recipient.id, at)
    return f"{page_url}/api/unsubscribe/{quote(token, safe='')}"


def mail_alert(entry: LedgerEntry, person: Addressee, alert: Alert, unsubscribe_url: str | None) -> SendOutcome:
    """Send `alert` to the address of `person`, unless it is switched off; return how it ended.

    What the mail service says later of the message is said of `entry`.
    """
    if person.email_trouble:
        return SendOutcome(SendResult.REFUSED, f"E-mail to {_OFF[person.email_trouble.why]}")
    if person.why_no_mail:
        return SendOutcome(SendResult.PLACE_GONE, "Their sign-in names no address any more that mail can be sent to.")
    reference = MailReference(account_id=entry.account_id, subject=entry.subject, position=entry.position)
    outcome = send_email(
        Email(
            to=person.engineer.email,
            content=email_message(alert),
            thread=entry.subject,
            unsubscribe_url=unsubscribe_url,
            tags=reference.tags,
        )
    )
    return outcome._replace(place=email_place(person.engineer.email))
