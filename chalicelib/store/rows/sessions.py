"""Rows of the table `sessions`: the one that changes of holder write, and the texts beside it."""

from typing import Any

from pynamodb.attributes import BooleanAttribute, MapAttribute, NumberAttribute, UnicodeAttribute, UnicodeSetAttribute
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection

from chalicelib.store.connection import TableName
from chalicelib.store.rows.row import Row

SESSION_SUMMARY = ["layout", "status", "summary_start", "psa_ticket_id", "owner", "holder", "newest_handoff_id"]
"""What a list of sessions shows, beside keys and `updated_at`."""


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
    """A session, without its texts: what a claim writes again, and so has to stay below 1 KB (ADR 0022).

    `revision` is missing until the first correction.
    """

    class Meta:
        table_name = TableName("sessions")

    account_id = UnicodeAttribute(hash_key=True)
    session_id = UnicodeAttribute(range_key=True)
    status = UnicodeAttribute()
    summary_start = UnicodeAttribute()
    psa_ticket_id = UnicodeAttribute(null=True)
    owner: MapAttribute[str, str] = MapAttribute()
    owner_key = UnicodeAttribute()
    holder: MapAttribute[str, str] = MapAttribute(null=True)
    holder_key = UnicodeAttribute(null=True)
    held_by = UnicodeSetAttribute(null=True)
    open_handoff_id = UnicodeAttribute(null=True)
    newest_handoff_id = UnicodeAttribute(null=True)
    epoch = NumberAttribute()
    turn_count = NumberAttribute()
    step_count = NumberAttribute()
    revision = NumberAttribute(null=True)
    updated_at = UnicodeAttribute()

    by_owner = SessionsByOwner()
    by_holder = SessionsByHolder()


class SessionDetailRow(Row):
    """The rest of a session. `request_sha256` is a digest of the body that created it."""

    class Meta:
        table_name = TableName("sessions")

    account_id = UnicodeAttribute(hash_key=True)
    session_id = UnicodeAttribute(range_key=True)
    problem_summary = UnicodeAttribute()
    problem_domain = UnicodeAttribute(null=True)
    integration_id = UnicodeAttribute(null=True)
    resolution = UnicodeAttribute(null=True)
    root_cause = UnicodeAttribute(null=True)
    created_at = UnicodeAttribute()
    resolved_at = UnicodeAttribute(null=True)
    reopened_at = UnicodeAttribute(null=True)
    ticket_reopened_at = UnicodeAttribute(null=True)
    is_ticket_assumed_closed = BooleanAttribute(null=True)
    ticket: MapAttribute[str, Any] = MapAttribute(null=True)
    ticket_owner_changed_at = UnicodeAttribute(null=True)
    request_sha256 = UnicodeAttribute(null=True)
