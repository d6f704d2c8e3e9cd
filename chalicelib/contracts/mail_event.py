"""An event that SES publishes about an e-mail that it took (event publishing, as its configuration set asks for it).

Source: Amazon SES developer guide, "Contents of event data that Amazon SES publishes to Amazon SNS". Of the fields only
those are named that are used; others may come.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field

from chalicelib.domain.deliveries.mail_feedback import FeedbackKind, MailFeedback, MailReference
from chalicelib.domain.instants import Instant


class MailRecipient(BaseModel):
    """An address that a message came back from, or whose reader complained."""

    emailAddress: Annotated[str, Field(min_length=1, max_length=320)]  # noqa: N815  as SES has it


class MailBounce(BaseModel):
    """How a message came back."""

    bounceType: Literal["Permanent", "Transient", "Undetermined"]  # noqa: N815
    bouncedRecipients: Annotated[list[MailRecipient], Field(min_length=1, max_length=50)]  # noqa: N815


class MailComplaint(BaseModel):
    """Who complained."""

    complainedRecipients: Annotated[list[MailRecipient], Field(min_length=1, max_length=50)]  # noqa: N815


class SentMail(BaseModel):
    """The message as it was sent."""

    timestamp: Instant
    tags: dict[str, list[str]] = {}


class MailEvent(BaseModel):
    """One event. Types other than a bounce and a complaint say nothing that is wanted here."""

    eventType: str  # noqa: N815
    mail: SentMail
    bounce: MailBounce | None = None
    complaint: MailComplaint | None = None

    @property
    def feedback(self) -> list[MailFeedback]:
        """What it says of our messages, one for each address. Raises ValueError for an event that is not whole."""
        kind, told = self._kind_and_recipients()
        reference = MailReference.of_tags({name: values[0] for name, values in self.mail.tags.items() if values})
        if kind is None or reference is None:
            return []
        return [
            MailFeedback(kind=kind, address=one.emailAddress, reference=reference, sent_at=self.mail.timestamp)
            for one in told
        ]

    def _kind_and_recipients(self) -> tuple[FeedbackKind | None, list[MailRecipient]]:
        if self.eventType == "Bounce":
            if self.bounce is None:
                raise ValueError("the event is a Bounce and has no bounce")
            is_final = self.bounce.bounceType == "Permanent"
            return (FeedbackKind.BOUNCED if is_final else FeedbackKind.NOT_TAKEN), self.bounce.bouncedRecipients
        if self.eventType == "Complaint":
            if self.complaint is None:
                raise ValueError("the event is a Complaint and has no complaint")
            return FeedbackKind.COMPLAINED, self.complaint.complainedRecipients
        return None, []


def is_mail_event(content: Any) -> bool:
    """Whether a message of the queue is one of SES."""
    return isinstance(content, dict) and "eventType" in content
