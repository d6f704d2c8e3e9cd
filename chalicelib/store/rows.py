"""The rows as DynamoDB keeps them. They never leave this room."""

from typing import Any

from pynamodb.attributes import ListAttribute, MapAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex, IncludeProjection, KeysOnlyProjection

from chalicelib.store.connection import Row, TableName

SESSION_SUMMARY = ["status", "problem_summary", "psa_ticket_id", "owner", "holder"]
"""What a list of sessions shows, beside keys and `updated_at`."""

QUEUE_ITEM = ["session_id", "priority", "sender", "headline", "assessment_status", "created_at"]
"""What the escalation queue shows, beside keys."""


class SessionsByOwner(GlobalSecondaryIndex["SessionRow"]):
    """The sessions an engineer opened, by last change."""

    class Meta:
        index_name = "by_owner"
        projection = IncludeProjection(SESSION_SUMMARY)

    owner_key = UnicodeAttribute(hash_key=True)
    updated_at = UnicodeAttribute(range_key=True)


class SessionsByHolder(GlobalSecondaryIndex["SessionRow"]):
    """The sessions an engineer took over, by last change. Sparse: a session its owner still holds is not in it."""

    class Meta:
        index_name = "by_holder"
        projection = IncludeProjection(SESSION_SUMMARY)

    holder_key = UnicodeAttribute(hash_key=True)
    updated_at = UnicodeAttribute(range_key=True)


class SessionRow(Row):
    """A session. `request_sha256` is a digest of the body that created it."""

    class Meta:
        table_name = TableName("sessions")

    account_id = UnicodeAttribute(hash_key=True)
    session_id = UnicodeAttribute(range_key=True)
    status = UnicodeAttribute()
    problem_summary = UnicodeAttribute()
    problem_domain = UnicodeAttribute(null=True)
    psa_ticket_id = UnicodeAttribute(null=True)
    integration_id = UnicodeAttribute(null=True)
    owner: MapAttribute[str, str] = MapAttribute()
    owner_key = UnicodeAttribute()
    holder: MapAttribute[str, str] = MapAttribute(null=True)
    holder_key = UnicodeAttribute(null=True)
    open_handoff_id = UnicodeAttribute(null=True)
    epoch = NumberAttribute()
    turn_count = NumberAttribute()
    step_count = NumberAttribute()
    escalation_package: MapAttribute[str, Any] = MapAttribute(null=True)
    resolution = UnicodeAttribute(null=True)
    root_cause = UnicodeAttribute(null=True)
    created_at = UnicodeAttribute()
    updated_at = UnicodeAttribute()
    resolved_at = UnicodeAttribute(null=True)
    psa_ticket: MapAttribute[str, Any] = MapAttribute(null=True)
    request_sha256 = UnicodeAttribute(null=True)

    by_owner = SessionsByOwner()
    by_holder = SessionsByHolder()


class TurnRow(Row):
    """A turn, or (in a partition of its own) the mark that a request has made one."""

    class Meta:
        table_name = TableName("turns")

    session_key = UnicodeAttribute(hash_key=True)
    seq = NumberAttribute(range_key=True)
    kind = UnicodeAttribute(null=True)
    author: MapAttribute[str, str] = MapAttribute(null=True)
    text = UnicodeAttribute(null=True)
    reply_to = NumberAttribute(null=True)
    action = UnicodeAttribute(null=True)
    outcome = UnicodeAttribute(null=True)
    evidence = UnicodeAttribute(null=True)
    created_at = UnicodeAttribute(null=True)
    epoch = NumberAttribute(null=True)
    made_seq = NumberAttribute(null=True)
    request_sha256 = UnicodeAttribute(null=True)


class HandoffsBySession(GlobalSecondaryIndex["HandoffRow"]):
    """The handoffs of a session, by age."""

    class Meta:
        index_name = "by_session"
        projection = AllProjection()

    session_key = UnicodeAttribute(hash_key=True)
    created_at = UnicodeAttribute(range_key=True)


class HandoffQueue(GlobalSecondaryIndex["HandoffRow"]):
    """The account's open escalations in the order they should be taken. Sparse: a claim takes the row out."""

    class Meta:
        index_name = "queue"
        projection = IncludeProjection(QUEUE_ITEM)

    queue_key = UnicodeAttribute(hash_key=True)
    queue_order = UnicodeAttribute(range_key=True)


class PendingHandoffs(GlobalSecondaryIndex["HandoffRow"]):
    """The handoffs whose assessment is asked for and not there, by how long. Sparse."""

    class Meta:
        index_name = "pending"
        projection = KeysOnlyProjection()

    pending_key = UnicodeAttribute(hash_key=True)
    pending_since = UnicodeAttribute(range_key=True)


class HandoffRow(Row):
    """A handoff. The keys `queue_*` and `pending_*` are there only while the row belongs in that index."""

    class Meta:
        table_name = TableName("handoffs")

    account_id = UnicodeAttribute(hash_key=True)
    handoff_id = UnicodeAttribute(range_key=True)
    session_id = UnicodeAttribute()
    session_key = UnicodeAttribute()
    intent = UnicodeAttribute()
    status = UnicodeAttribute()
    priority = UnicodeAttribute()
    sender: MapAttribute[str, str] = MapAttribute()
    engineer_notes = UnicodeAttribute()
    release_note = UnicodeAttribute(null=True)
    released_by: MapAttribute[str, str] = MapAttribute(null=True)
    headline: MapAttribute[str, Any] = MapAttribute()
    snapshot: MapAttribute[str, Any] = MapAttribute()
    assessment_status = UnicodeAttribute()
    assessment_error = UnicodeAttribute(null=True)
    assessment: MapAttribute[str, Any] = MapAttribute(null=True)
    assessment_attempts = NumberAttribute()
    verdict = UnicodeAttribute(null=True)
    claimed_by: MapAttribute[str, str] = MapAttribute(null=True)
    claimed_at = UnicodeAttribute(null=True)
    claim_epoch = NumberAttribute()
    ticket_notes: MapAttribute[str, Any] = MapAttribute()
    psa_ledger: MapAttribute[str, Any] = MapAttribute(null=True)
    actor: MapAttribute[str, str] = MapAttribute()
    version = NumberAttribute()
    created_at = UnicodeAttribute()
    updated_at = UnicodeAttribute()
    queue_key = UnicodeAttribute(null=True)
    queue_order = UnicodeAttribute(null=True)
    pending_key = UnicodeAttribute(null=True)
    pending_since = UnicodeAttribute(null=True)
    lease_id = UnicodeAttribute(null=True)
    lease_until = UnicodeAttribute(null=True)
    correlation_id = UnicodeAttribute(null=True)
    request_sha256 = UnicodeAttribute(null=True)

    by_session = HandoffsBySession()
    queue = HandoffQueue()
    pending = PendingHandoffs()


class FeedRow(Row):
    """An event in one audience's feed. DynamoDB deletes it some time after `expires_at` (seconds since 1970)."""

    class Meta:
        table_name = TableName("feed")

    audience = UnicodeAttribute(hash_key=True)
    event_id = UnicodeAttribute(range_key=True)
    event: MapAttribute[str, Any] = MapAttribute()
    expires_at = NumberAttribute()


class EngineerRow(Row):
    """An entry of the directory, and how far its engineer has read the bell."""

    class Meta:
        table_name = TableName("engineers")

    account_id = UnicodeAttribute(hash_key=True)
    engineer_id = UnicodeAttribute(range_key=True)
    name = UnicodeAttribute(null=True)
    email = UnicodeAttribute(null=True)
    role = UnicodeAttribute(null=True)
    skills: ListAttribute[str] = ListAttribute(default=list)
    notifications_read_up_to = UnicodeAttribute(null=True)


class ConnectionsById(GlobalSecondaryIndex["ConnectionRow"]):
    """The account of a socket, found by the id that API Gateway gave the socket."""

    class Meta:
        index_name = "by_connection"
        projection = AllProjection()

    connection_id = UnicodeAttribute(hash_key=True)


class ConnectionRow(Row):
    """A live socket, or a ticket for one. DynamoDB deletes it some time after `expires_at` (seconds since 1970)."""

    class Meta:
        table_name = TableName("connections")

    account_id = UnicodeAttribute(hash_key=True)
    connection_id = UnicodeAttribute(range_key=True)
    engineer_id = UnicodeAttribute()
    expires_at = NumberAttribute()
    socket_until = NumberAttribute(null=True)

    by_connection = ConnectionsById()


class IntegrationRow(Row):
    """An integration, the mark of a delivery (gone soon after `expires_at`), or the link of a ticket to a session."""

    class Meta:
        table_name = TableName("integrations")

    account_id = UnicodeAttribute(hash_key=True)
    integration_id = UnicodeAttribute(range_key=True)
    name = UnicodeAttribute(null=True)
    base_url = UnicodeAttribute(null=True)
    settings: MapAttribute[str, Any] = MapAttribute(null=True)
    ticket_mapping: MapAttribute[str, Any] = MapAttribute(null=True)
    secret_version = UnicodeAttribute(null=True)
    secrets_set_at: MapAttribute[str, str] = MapAttribute(null=True)
    version = NumberAttribute(null=True)
    reconciled_until = UnicodeAttribute(null=True)
    rate_limited_until = UnicodeAttribute(null=True)
    created_at = UnicodeAttribute(null=True)
    updated_at = UnicodeAttribute(null=True)
    session_id = UnicodeAttribute(null=True)
    expires_at = NumberAttribute(null=True)
