"""Rows of the table `handoffs`: the small row that people race for."""

from typing import Any

from pynamodb.attributes import BooleanAttribute, MapAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection, KeysOnlyProjection

from chalicelib.store.connection import TableName
from chalicelib.store.rows.row import Row

QUEUE_ITEM = [
    "layout",
    "session_key",
    "priority",
    "reason",
    "affected",
    "sender",
    "summary_start",
    "problem_domain",
    "psa_ticket_id",
    "client",
    "client_key",
    "contact",
    "step_count",
    "assessment_outcome",
    "to",
    "directed_until",
    "ladder_start",
    "level",
    "is_early",
    "next_moment",
    "sla_due_at",
    "created_at",
]
"""What the escalation queue shows, beside keys."""


class HandoffsBySession(GlobalSecondaryIndex["HandoffRow"]):
    """The handoffs of a session, by age. Keys alone, so that no change of a handoff writes to it."""

    class Meta:
        index_name = "by_session"
        projection = KeysOnlyProjection()

    session_key = UnicodeAttribute(hash_key=True)
    created_at = UnicodeAttribute(range_key=True)


class HandoffsBySender(GlobalSecondaryIndex["HandoffRow"]):
    """What an engineer handed off, by age. Keys alone."""

    class Meta:
        index_name = "by_sender"
        projection = KeysOnlyProjection()

    sender_key = UnicodeAttribute(hash_key=True)
    created_at = UnicodeAttribute(range_key=True)


class HandoffQueue(GlobalSecondaryIndex["HandoffRow"]):
    """The account's open escalations in the order they should be taken. Sparse: a claim takes the row out."""

    class Meta:
        index_name = "queue"
        projection = IncludeProjection(QUEUE_ITEM)

    account_id = UnicodeAttribute(hash_key=True)
    queue_order = UnicodeAttribute(range_key=True)


class HandoffAgenda(GlobalSecondaryIndex["HandoffRow"]):
    """What the clock has to look at, by when (seconds since 1970). Sparse, and read by the clock alone."""

    class Meta:
        index_name = "agenda"
        projection = KeysOnlyProjection()

    shard = NumberAttribute(hash_key=True)
    due_at = NumberAttribute(range_key=True)


class HandoffRow(Row):
    """A handoff. `queue_order`, and the keys of `agenda`, are there only while the row belongs in that index.

    About 1 KB, so that a change of it is one write unit as a rule: the session is in `session_key` alone, and
    `owner_id` is there only where the sender is not the owner.

    `assessment_outcome` is missing while the assessment is pending, then `ready` or why there is none. So a change that
    closes a handoff can end what is pending without reading it first. `look_s` is what a claim adds to the time to say
    when the clock has to look again.
    """

    class Meta:
        table_name = TableName("handoffs")

    account_id = UnicodeAttribute(hash_key=True)
    handoff_id = UnicodeAttribute(range_key=True)
    session_key = UnicodeAttribute()
    sender_key = UnicodeAttribute()
    intent = UnicodeAttribute()
    status = UnicodeAttribute()
    priority = UnicodeAttribute()
    sender: MapAttribute[str, str] = MapAttribute()
    handed_off_by: MapAttribute[str, str] = MapAttribute(null=True)
    owner_id = UnicodeAttribute(null=True)
    title = UnicodeAttribute()
    summary_start = UnicodeAttribute()
    problem_domain = UnicodeAttribute(null=True)
    psa_ticket_id = UnicodeAttribute(null=True)
    client = UnicodeAttribute(null=True)
    client_key = UnicodeAttribute(null=True)
    contact = UnicodeAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    affected = UnicodeAttribute(null=True)
    step_count = NumberAttribute()
    released_by: MapAttribute[str, str] = MapAttribute(null=True)
    withdrawn_by: MapAttribute[str, str] = MapAttribute(null=True)
    undone_claim: MapAttribute[str, Any] = MapAttribute(null=True)
    assessment_outcome = UnicodeAttribute(null=True)
    prompt_version = UnicodeAttribute(null=True)
    pending_since = UnicodeAttribute(null=True)
    verdict = UnicodeAttribute(null=True)
    reopened_at = UnicodeAttribute(null=True)
    reopened_by: MapAttribute[str, str] = MapAttribute(null=True)
    claimed_by: MapAttribute[str, str] = MapAttribute(null=True)
    claimed_at = UnicodeAttribute(null=True)
    claim_epoch = NumberAttribute()
    ticket_notes_status = UnicodeAttribute(null=True)
    change = UnicodeAttribute()
    actor: MapAttribute[str, str] = MapAttribute()
    version = NumberAttribute()
    created_at = UnicodeAttribute()
    updated_at = UnicodeAttribute()
    queue_order = UnicodeAttribute(null=True)
    shard = NumberAttribute(null=True)
    due_at = NumberAttribute(null=True)
    look_s = NumberAttribute()
    to: MapAttribute[str, str] = MapAttribute(null=True)
    directed_until = UnicodeAttribute(null=True)
    ladder_start = UnicodeAttribute(null=True)
    level = NumberAttribute(null=True)
    round = NumberAttribute(null=True)
    is_level_assumed = BooleanAttribute(null=True)
    is_early = BooleanAttribute(null=True)
    kept_at = UnicodeAttribute(null=True)
    asked_at = UnicodeAttribute(null=True)
    waiting: MapAttribute[str, str] = MapAttribute(null=True)
    sla_due_at = NumberAttribute(null=True)
    sla_warning: MapAttribute[str, Any] = MapAttribute(null=True)
    next_moment: MapAttribute[str, str] = MapAttribute(null=True)
    correlation_id = UnicodeAttribute(null=True)

    by_session = HandoffsBySession()
    by_sender = HandoffsBySender()
    queue = HandoffQueue()
    agenda = HandoffAgenda()
