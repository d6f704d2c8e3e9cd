"""SES (API v2): sends one e-mail, as a message that is complete down to its headers."""

from collections.abc import Mapping
from email.message import EmailMessage as MimeMessage
from email.policy import SMTP
from functools import cache
from typing import Any, NamedTuple, Protocol

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, ConnectTimeoutError, EndpointConnectionError

from chalicelib.domain.deliveries.email_message import EmailMessage
from chalicelib.domain.deliveries.outcome import SendOutcome, SendResult
from chalicelib.settings import settings

POLICY = SMTP.clone(max_line_length=998)
"""The library's own limit of 78 writes a long List-Unsubscribe as encoded words, which mail programs do not read."""

_NOT_NOW = {"TooManyRequestsException", "LimitExceededException", "ThrottlingException", "SendingPausedException"}
_SETUP = {
    "AccountSuspendedException",
    "MailFromDomainNotVerifiedException",
    "NotFoundException",
    "AccessDeniedException",
}
"""Refusals that an administrator of the stack can end, so the message is tried again."""


class Email(NamedTuple):
    """An e-mail to one address. Messages of the same `thread` belong together.

    SES says the `tags` again in what it tells later of the message; nobody else sees them.
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
    try:
        taken = _client().send_email(**request)
    except ClientError as refusal:
        return _outcome_of(refusal)
    except (ConnectTimeoutError, EndpointConnectionError):
        return SendOutcome(SendResult.RETRY, "The mail service cannot be reached.")
    except BotoCoreError:
        return SendOutcome(SendResult.UNKNOWN, "The mail service did not answer; the message may have been sent.")
    return SendOutcome(SendResult.ACCEPTED, message_id=taken["MessageId"])


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


def _outcome_of(refusal: ClientError) -> SendOutcome:
    code = refusal.response["Error"]["Code"]
    status = refusal.response["ResponseMetadata"]["HTTPStatusCode"]
    if code in _NOT_NOW or status in (429, 503):
        return SendOutcome(SendResult.RETRY, "The mail service takes nothing right now.")
    if code in _SETUP:
        return SendOutcome(SendResult.RETRY, f"The mail service is not set up ({code}).")
    if status >= 500:
        return SendOutcome(SendResult.UNKNOWN, f"The mail service failed ({status}); the message may have been sent.")
    return SendOutcome(SendResult.REFUSED, f"The mail service refused the message ({code}).")


@cache
def _client() -> SesClient:
    """Without retries of its own: after a lost answer they would send the message again."""
    import boto3

    once = Config(connect_timeout=2, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 1})
    client: SesClient = boto3.client("sesv2", config=once)
    return client
