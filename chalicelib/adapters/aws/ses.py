"""SES (API v2): sends one e-mail, as a message that is complete down to its headers."""

from collections.abc import Mapping
from email.message import EmailMessage as MimeMessage
from email.policy import SMTP
from functools import cache
from typing import Any, NamedTuple, Protocol

from chalicelib.adapters.aws.send_once import SendingService, send_once, single_attempt
from chalicelib.domain.deliveries.email_message import EmailMessage
from chalicelib.domain.deliveries.outcome import SendOutcome
from chalicelib.settings import settings

POLICY = SMTP.clone(max_line_length=998)
"""The library's own limit of 78 writes a long List-Unsubscribe as encoded words, which mail programs do not read."""

_SES = SendingService(
    "mail service",
    throttled=frozenset(
        {"TooManyRequestsException", "LimitExceededException", "ThrottlingException", "SendingPausedException"}
    ),
    setup=frozenset(
        {
            "AccountSuspendedException",
            "MailFromDomainNotVerifiedException",
            "NotFoundException",
            "AccessDeniedException",
        }
    ),
)


class Email(NamedTuple):
    """An e-mail to one address. Messages of the same `thread` belong together.

    SES returns the `tags` in its later events about the message; nobody else sees them.
    """

    to: str
    content: EmailMessage
    thread: str
    unsubscribe_url: str | None
    tags: Mapping[str, str] = {}


class SesClient(Protocol):
    """The one call that is used."""

    def send_email(self, **request: Any) -> Any:
        """Send an e-mail."""


def send_email(email: Email) -> SendOutcome:
    """Send `email` and return how that ended. It is never sent twice by itself: an end that is not known is UNKNOWN."""
    request: dict[str, Any] = {
        "FromEmailAddress": settings().email_sender,
        "Destination": {"ToAddresses": [email.to]},
        "Content": {"Raw": {"Data": mime_of(email, settings().email_sender)}},
    }
    if email.tags:
        request["EmailTags"] = [{"Name": name, "Value": value} for name, value in email.tags.items()]
    if settings().email_configuration_set:
        request["ConfigurationSetName"] = settings().email_configuration_set
    return send_once(_SES, lambda: _client().send_email(**request))


def mime_of(email: Email, sender: str) -> bytes:
    """Return the message as it is sent. SES adds date and message id."""
    message = MimeMessage(policy=POLICY)
    message["From"] = sender
    message["To"] = email.to
    message["Subject"] = email.content.subject
    message["Auto-Submitted"] = "auto-generated"
    message["References"] = f"<{email.thread}@flowpilot.invalid>"
    if email.unsubscribe_url:
        message["List-Unsubscribe"] = f"<{email.unsubscribe_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    message.set_content(email.content.text, cte="quoted-printable")
    message.add_alternative(email.content.html, subtype="html", cte="quoted-printable")
    return message.as_bytes()


@cache
def _client() -> SesClient:
    import boto3

    client: SesClient = boto3.client("sesv2", config=single_attempt())
    return client
