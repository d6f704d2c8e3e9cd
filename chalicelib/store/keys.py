"""Keys. Every one that a request can reach begins with the caller's account."""

from datetime import datetime
from uuid import UUID
from zlib import crc32

from chalicelib.domain.agenda import SHARDS
from chalicelib.domain.audiences import Audience, AudienceKind
from chalicelib.domain.correction import Correction
from chalicelib.domain.deliveries.channel import ChannelKind
from chalicelib.domain.deliveries.gathering import LaneId
from chalicelib.domain.handoff import Handoff
from chalicelib.domain.instants import format_instant

INTEGRATIONS = "#integrations"
"""The partition that lists the integrations of all accounts: no account can have this name, and no request reads it."""

ACCOUNTS = "#accounts"
"""The partition that lists all accounts: no account can have this name, and no request reads it."""

DETAIL = "#detail"
"""What the id of a session's second item ends with, and no session's id has."""

PARTS = "part#"
"""What the name of every part of a handoff begins with."""

SNAPSHOT, ASSESSMENT, TICKET_NOTES = (PARTS + name for name in ("snapshot", "assessment", "ticket_notes"))

OPENINGS = "openings"
"""The sort key of the record of who opened a handoff, beside its parts: a claim does not read it."""

CORRECTIONS = PARTS + "correction#"
"""The prefix of the names of a handoff's corrections."""

EVENTS = "event#"
"""What the place of every kept event of a handoff begins with."""

CHANNELS = "channel#"
"""What the name of every channel of an account begins with."""

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


def correction_part(correction: Correction) -> str:
    """The place of a correction among the parts of its handoff: one for each field, and for each turn."""
    number = "" if correction.seq is None else f"#{correction.seq:09d}"
    return f"{CORRECTIONS}{correction.of}{number}"


def session_key(account_id: str, session_id: str) -> str:
    """The partition of one session's turns, or handoffs."""
    return f"{account_id}#{session_id}"


def session_in(key: str) -> str:
    """The session whose partition a key made by `session_key` is."""
    return key.rpartition("#")[2]


def requests_key(account_id: str, session_id: str) -> str:
    """The partition of the idempotency keys seen by one session."""
    return f"{account_id}#{session_id}#requests"


def session_ticket_notes_key(account_id: str, session_id: str) -> str:
    """The partition of the ledger of a session's own ticket notes."""
    return f"{account_id}#{session_id}#ticket-notes"


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
    if audience.kind in (AudienceKind.SENIORS, AudienceKind.ADMINS):
        return f"{audience.account_id}#{audience.kind}"
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


def waiting_key(account_id: str) -> str:
    """The partition of the ticket notes that wait for an integration of the account that fails as a whole."""
    return f"{account_id}#waiting"


def waiting_position(integration_id: str, handoff_id: str = "") -> str:
    """The place of a handoff's notes among them; without a handoff, what all of the integration's begin with."""
    return f"waiting#{integration_id}#{handoff_id}"


def webhook_events_key(account_id: str) -> str:
    """The partition of the times at which webhooks of an account's integrations last reported each kind of event."""
    return f"{account_id}#events"


def webhook_events_position(integration_id: str, event: str = "") -> str:
    """The place of a kind of event among them; without one, what all of the integration's begin with."""
    return f"{integration_id}#{event}"


def calls_key(account_id: str) -> str:
    """The partition of the slots for calls of an account's ticket systems."""
    return f"{account_id}#calls"


def reads_key(account_id: str) -> str:
    """The partition of the readings of an account's tickets."""
    return f"{account_id}#reads"


def delivery_mark(integration_id: str, dedupe_key: str) -> str:
    """The place of a delivery's mark among the integrations of its account."""
    return f"{DELIVERIES}{integration_id}#{dedupe_key}"


def channels_of(is_webhook: bool) -> str:  # noqa: FBT001  one of two lists
    """What the names of an account's webhooks, or of its other channels, begin with."""
    return CHANNELS + ("webhook#" if is_webhook else "chat#")


def channel_item(kind: ChannelKind, channel_id: str) -> str:
    """The place of a channel among the items of its account."""
    return channels_of(kind is ChannelKind.WEBHOOK) + channel_id


def subject_key(account_id: str, subject: str) -> str:
    """The partition of the deliveries about one handoff, one session, or the account itself."""
    return f"{account_id}#{subject}"


def lane_key(lane: LaneId) -> str:
    """The partition of what is gathered for one person, by one kind of message; urgent cases apart."""
    return f"{lane.account_id}#lane#{lane.place}#{lane.kind}#{'urgent' if lane.is_urgent else 'other'}"


def webhook_key(account_id: str, webhook_id: str) -> str:
    """The partition of one webhook's deliveries."""
    return f"{account_id}#{webhook_id}"
