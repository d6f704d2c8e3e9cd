"""What SES publishes when a message bounces or its reader complains, in the shape of the developer guide's examples."""

from typing import Any
from uuid import uuid4

BOUNCE, SOFT_BOUNCE, COMPLAINT = "bounce", "soft_bounce", "complaint"
MAIL_EVENTS = (BOUNCE, SOFT_BOUNCE, COMPLAINT)
"""The kinds of faults after which a message is taken, and SES says later what became of it."""

_TYPES = {BOUNCE: ("Permanent", "General", "5.1.1"), SOFT_BOUNCE: ("Transient", "MailboxFull", "4.2.2")}


def mail_event(kind: str, address: str, tags: dict[str, str], *, sent_at: str, message_id: str = "") -> dict[str, Any]:
    """Return the event of a message to `address` that was sent with `tags`."""
    mail = {
        "timestamp": sent_at,
        "source": "FlowPilot <flowpilot@example.com>",
        "sourceArn": "arn:aws:ses:us-east-1:123456789012:identity/flowpilot@example.com",
        "sendingAccountId": "123456789012",
        "messageId": message_id or str(uuid4()),
        "destination": [address],
        "headersTruncated": False,
        "headers": [{"name": "To", "value": address}],
        "commonHeaders": {"to": [address], "subject": "FlowPilot"},
        "tags": {"ses:configuration-set": ["people"], **{name: [value] for name, value in tags.items()}},
    }
    if kind == COMPLAINT:
        return {"eventType": "Complaint", "complaint": _complaint(address, sent_at), "mail": mail}
    return {"eventType": "Bounce", "bounce": _bounce(kind, address, sent_at), "mail": mail}


def _bounce(kind: str, address: str, at: str) -> dict[str, Any]:
    bounce_type, sub_type, status = _TYPES[kind]
    told = {"emailAddress": address, "action": "failed", "status": status, "diagnosticCode": f"smtp; {status}"}
    return {
        "bounceType": bounce_type,
        "bounceSubType": sub_type,
        "bouncedRecipients": [told],
        "timestamp": at,
        "feedbackId": str(uuid4()),
        "reportingMTA": "dsn; mta.example.com",
    }


def _complaint(address: str, at: str) -> dict[str, Any]:
    return {
        "complainedRecipients": [{"emailAddress": address}],
        "timestamp": at,
        "feedbackId": str(uuid4()),
        "complaintSubType": None,
        "userAgent": "Amazon SES Mailbox Simulator",
        "complaintFeedbackType": "abuse",
        "arrivalDate": at,
    }
