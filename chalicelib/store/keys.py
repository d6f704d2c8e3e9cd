"""Keys. Every one that a request can reach begins with the caller's account."""

from datetime import datetime
from uuid import UUID
from zlib import crc32

from chalicelib.domain.agenda import SHARDS
from chalicelib.domain.audiences import Audience, AudienceKind
from chalicelib.domain.handoff import Handoff
from chalicelib.domain.instants import format_instant

INTEGRATIONS = "#integrations"
"""The partition that lists the integrations of all accounts: no account can have this name, and no request reads it."""

DETAIL = "#detail"
"""What the id of a session's second item ends with, and no session's id has."""

PARTS = "part#"
"""What the name of every part of a handoff begins with."""

SNAPSHOT, ASSESSMENT, TICKET_NOTES, RELEASE = (
    PARTS + name for name in ("snapshot", "assessment", "ticket_notes", "release")
)

EVENTS = "event#"
"""What the place of every kept event of a handoff begins with."""

DELIVERIES = "delivery#"
"""What every mark of a delivery begins with, and no integration's id can."""


def engineer_key(account_id: str, engineer_id: str) -> str:
    """The partition of what one engineer owns, holds, or handed off."""
    return f"{account_id}#{engineer_id}"


def session_detail(session_id: str) -> str:
    """The place of a session's second item, right behind the first."""
    return session_id + DETAIL


def handoff_key(account_id: str, handoff_id: str) -> str:
    """The partition of one handoff's parts and kept events."""
    return f"{account_id}#{handoff_id}"


def kept_event(position: str) -> str:
    """The place of a kept event among those of its handoff, by its place in the feeds."""
    return EVENTS + position


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


def shard_of(handoff_id: str) -> int:
    """The partition of the agenda that a handoff's due moment lies in."""
    return crc32(handoff_id.encode()) % SHARDS


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
