"""Deliveries of a PSA's webhook: verified hints that a ticket has changed."""

import hashlib
import re
from enum import StrEnum

from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.integration import PsaKind
from chalicelib.domain.psa import PsaTicket

MOST_IN_A_BATCH = 1_000
"""As many events as can be queued and marked while their sender waits."""


class TicketEvent(StrEnum):
    """The kind of change that a sender reports; the last is about its webhook, and no ticket."""

    CREATED = "ticket.created"
    UPDATED = "ticket.updated"
    CLOSED = "ticket.closed"
    DELETED = "ticket.deleted"
    NOTE = "note.created"
    DEACTIVATED = "webhook.deactivated"


_OF_TICKETS = (TicketEvent.CREATED, TicketEvent.UPDATED, TicketEvent.DELETED)

EXPECTED_EVENTS = {
    PsaKind.CONNECTWISE: _OF_TICKETS,
    PsaKind.AUTOTASK: (*_OF_TICKETS, TicketEvent.NOTE),
    PsaKind.HALOPSA: (*_OF_TICKETS, TicketEvent.CLOSED),
    PsaKind.STANDARD: (*_OF_TICKETS, TicketEvent.CLOSED),
}
"""What a webhook that is set up as our guide says tells of. ConnectWise and Autotask tell of a closing as an update."""


class Delivery(FrozenModel):
    """One thing a sender tells. It is believed that it happened, not what it says of the ticket: that is read again.

    `external_id` is what it happened to, `ticket_id` the ticket to look at; they differ for notes. `ticket_number` is
    what people call it, where the sender says so: of a ticket that is gone nobody can be asked. `ticket` is there for
    senders of Standard Webhooks alone, which nobody can ask at all. Without a `dedupe_key` two alike cannot be told
    from one that came twice, and both count. `is_proven` is False for a call without a proof that only makes us look.
    """

    event: TicketEvent
    external_id: str
    ticket_id: str
    dedupe_key: str | None
    is_echo: bool = False
    is_proven: bool = True
    ticket: PsaTicket | None = None
    ticket_number: str | None = None


class DeliveryOutcome(StrEnum):
    """The result of receiving a delivery."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    ECHO = "echo"


class RejectionReason(StrEnum):
    """Why a delivery is rejected."""

    MALFORMED_BODY = "malformed_body"
    MISSING_SIGNATURE = "missing_signature"
    MALFORMED_SIGNATURE = "malformed_signature"
    SIGNATURE_MISMATCH = "signature_mismatch"
    MISSING_HEADER = "missing_header"
    MALFORMED_TIMESTAMP = "malformed_timestamp"
    TIMESTAMP_TOO_OLD = "timestamp_too_old"
    TIMESTAMP_TOO_NEW = "timestamp_too_new"
    MISSING_AUTH = "missing_auth"
    AUTH_MISMATCH = "auth_mismatch"
    UNKNOWN_WEBHOOK_GUID = "unknown_webhook_guid"
    COMPANY_MISMATCH = "company_mismatch"
    KEY_URL_NOT_HTTPS = "key_url_not_https"
    KEY_URL_NOT_ALLOWED = "key_url_host_not_allowed"
    KEY_URL_COMPANY_MISMATCH = "key_url_company_mismatch"
    TOO_MANY_EVENTS = "too_many_events"
    KEY_FETCH_FAILED = "key_fetch_failed"
    NO_SECRET = "no_secret"  # noqa: S105  a reason


class WebhookRejected(Exception):
    """The delivery is rejected, and nothing of it is stored."""

    def __init__(self, reason: RejectionReason) -> None:
        super().__init__(reason.value)
        self.reason = reason

    @property
    def may_come_again(self) -> bool:
        """Whether the same delivery may be accepted a little later: the failure was not its own."""
        return self.reason is RejectionReason.KEY_FETCH_FAILED


def composed_key(*parts: object) -> str:
    """Return the dedupe key of a delivery that has no id of its own, from what tells it from others."""
    return hashlib.sha256("|".join(str(part) for part in parts).encode("utf-8", "surrogatepass")).hexdigest()


def sent_key(delivery_id: str) -> str:
    """Return the dedupe key for an id that the sender chose: as it is, unless it would not do as part of a key."""
    return delivery_id if re.fullmatch(r"[\w.:@=+/-]{1,200}", delivery_id, re.ASCII) else composed_key(delivery_id)
