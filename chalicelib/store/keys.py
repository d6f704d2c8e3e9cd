"""Keys. Every one that a request can reach begins with the caller's account."""

from datetime import datetime
from uuid import UUID

from chalicelib.domain.audiences import Audience, AudienceKind
from chalicelib.domain.handoff import Handoff
from chalicelib.domain.instants import format_instant

PENDING = "pending"
"""The partition of all handoffs whose assessment is asked for: read by the sweep alone, never by a request."""

INTEGRATIONS = "#integrations"
"""The partition that lists the integrations of all accounts: no account can have this name, and no request reads it."""

DELIVERIES = "delivery#"
"""What every mark of a delivery begins with, and no integration's id can."""


def engineer_key(account_id: str, engineer_id: str) -> str:
    """The partition of the sessions that one engineer owns, or holds."""
    return f"{account_id}#{engineer_id}"


def session_key(account_id: str, session_id: str) -> str:
    """The partition of one session's turns, or handoffs."""
    return f"{account_id}#{session_id}"


def requests_key(account_id: str, session_id: str) -> str:
    """The partition of the idempotency keys seen by one session."""
    return f"{account_id}#{session_id}#requests"


def request_number(request_id: UUID) -> int:
    """A request's place in its partition: the UUID as a number, less two bits, as DynamoDB keeps 38 digits."""
    return request_id.int >> 2


def queue_order(handoff: Handoff) -> str:
    """The place in the queue: most urgent first, then oldest first."""
    return f"{handoff.priority.rank}#{format_instant(handoff.created_at)}#{handoff.id}"


def audience_key(audience: Audience) -> str:
    """The partition of one feed."""
    if audience.kind is AudienceKind.ACCOUNT:
        return audience.account_id
    if audience.kind is AudienceKind.SENIORS:
        return f"{audience.account_id}#seniors"
    return f"{audience.account_id}#engineer#{audience.engineer_id}"


def feed_position(occurred_at: datetime, event_id: str) -> str:
    """The place of an event in a feed: by time, then by id, so that the same event is always the same row."""
    return f"{format_instant(occurred_at)}#{event_id}"


def tickets_key(account_id: str) -> str:
    """The partition of the links from an account's tickets to sessions."""
    return f"{account_id}#tickets"


def ticket_position(integration_id: str, ticket_id: str, session_id: str = "") -> str:
    """The place of a link among them; without a session, what all links of the ticket begin with. No id has a `|`."""
    return f"{integration_id}|{ticket_id}|{session_id}"


def calls_key(account_id: str) -> str:
    """The partition of the slots for calls of an account's ticket systems."""
    return f"{account_id}#calls"


def delivery_mark(integration_id: str, dedupe_key: str) -> str:
    """The place of a delivery's mark among the integrations of its account."""
    return f"{DELIVERIES}{integration_id}#{dedupe_key}"
