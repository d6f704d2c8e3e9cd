"""Events as SES publishes them, in the shape of its developer guide's examples."""

from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.domain.deliveries.ledger import LedgerEntry
from chalicelib.domain.deliveries.mail_feedback import MailReference
from chalicelib.domain.instants import format_instant
from infra.local.post_office.mail_events import mail_event


def reference_of(entry: LedgerEntry) -> MailReference:
    """The entry that a message was sent for."""
    return MailReference(account_id=entry.account_id, subject=entry.subject, position=entry.position)


def event_about(entry: LedgerEntry, address: str, kind: str = "bounce", *, sent_s_ago: float = 1) -> dict[str, Any]:
    """Return the event that SES publishes about the e-mail of `entry` to `address`."""
    sent_at = format_instant(datetime.now(UTC) - timedelta(seconds=sent_s_ago))
    return mail_event(kind, address, reference_of(entry).tags, sent_at=sent_at)
