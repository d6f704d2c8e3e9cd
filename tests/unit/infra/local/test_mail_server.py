"""E-mails that arrive at the post office, sent by the standard library's client."""

import smtplib
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from chalicelib.adapters.aws.ses import Email, mime_of
from chalicelib.contracts.mail_event import MailEvent
from chalicelib.domain.deliveries.email_message import EmailMessage
from chalicelib.domain.deliveries.mail_feedback import FeedbackKind, MailReference
from infra.local.post_office.faults import DeliveryFault
from infra.local.post_office.mail_events import MAIL_EVENTS, mail_event
from infra.local.post_office.mail_server import MailServer
from infra.local.post_office.mailbox import Mailbox

CONTENT = EmailMessage("Escalation from Zoë · 🧯", "Straße\n.\n..two dots\n", "<p>Straße</p>")
URL = "https://pilot.example.com/api/unsubscribe/" + "YWNtZX5" * 20
MAIL = mime_of(Email("sam@acme.example", CONTENT, "019ab000", URL), "flowpilot@msp.example")


@contextmanager
def receiving(mailbox: Mailbox) -> Iterator[smtplib.SMTP]:
    """Yield a client of a server that puts mail into `mailbox`."""
    with MailServer(mailbox) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            with smtplib.SMTP("127.0.0.1", server.port, timeout=10) as client:
                yield client
        finally:
            server.shutdown()
            thread.join()


def test_mail_is_listed_as_its_reader_would_see_it() -> None:
    mailbox = Mailbox()
    with receiving(mailbox) as client:
        client.sendmail("flowpilot@msp.example", ["sam@acme.example", "alex@acme.example"], MAIL)

    first, second = mailbox.messages
    assert (first.kind, first.to, second.to) == ("email", "sam@acme.example", "alex@acme.example")
    assert (first.title, first.text.replace("\r\n", "\n")) == (CONTENT.subject, CONTENT.text)
    assert (first.html or "").strip() == CONTENT.html
    assert first.headers["List-Unsubscribe"] == f"<{URL}>"


def test_mail_after_another_in_one_conversation_goes_to_its_own_people() -> None:
    mailbox = Mailbox()
    with receiving(mailbox) as client:
        for to in ("sam@acme.example", "alex@acme.example"):
            client.sendmail("flowpilot@msp.example", [to], MAIL)

    assert [message.to for message in mailbox.messages] == ["sam@acme.example", "alex@acme.example"]


@pytest.mark.parametrize("kind", MAIL_EVENTS)
def test_mail_that_bounces_is_taken_and_said_to_have_bounced_once(kind: str) -> None:
    said: list[tuple[str, str, str]] = []
    mailbox = Mailbox(says_later=lambda *told: said.append(told))
    mailbox.faults.switch_on(DeliveryFault(kind=kind, of="email", count=1))
    named = b"Message-ID: <0100-abc>\r\n" + MAIL

    with receiving(mailbox) as client:
        client.sendmail("flowpilot@msp.example", ["sam@acme.example", "alex@acme.example"], named)

    assert (len(mailbox.messages), said) == (2, [(kind, "sam@acme.example", "0100-abc")])


def test_only_mail_to_the_address_of_a_fault_bounces() -> None:
    said: list[tuple[str, str, str]] = []
    mailbox = Mailbox(says_later=lambda *told: said.append(told))
    mailbox.faults.switch_on(DeliveryFault(kind="bounce", of="email", to="alex@acme.example"))

    with receiving(mailbox) as client:
        client.sendmail("flowpilot@msp.example", ["sam@acme.example", "alex@acme.example"], MAIL)

    assert [to for _, to, _ in said] == ["alex@acme.example"]


@pytest.mark.parametrize(
    ("kind", "means"),
    [
        ("bounce", FeedbackKind.BOUNCED),
        ("soft_bounce", FeedbackKind.NOT_TAKEN),
        ("complaint", FeedbackKind.COMPLAINED),
    ],
)
def test_what_is_said_is_read_as_the_product_reads_ses(kind: str, means: FeedbackKind) -> None:
    sent_for = MailReference(account_id="acme", subject="019ab000", position="event#sub-sam#email")

    event = mail_event(kind, "sam@acme.example", sent_for.tags, sent_at="2026-11-30T10:00:00.000Z")

    (feedback,) = MailEvent.model_validate(event).feedback
    assert (feedback.kind, feedback.address, feedback.reference) == (means, "sam@acme.example", sent_for)
