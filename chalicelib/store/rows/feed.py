"""Rows of the table `feed`."""

from typing import Any

from pynamodb.attributes import MapAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.store.connection import TableName
from chalicelib.store.rows.row import Row


class FeedRow(Row):
    """An event in one audience's feed. DynamoDB deletes it some time after `expires_at` (seconds since 1970)."""

    class Meta:
        table_name = TableName("feed")

    audience = UnicodeAttribute(hash_key=True)
    event_id = UnicodeAttribute(range_key=True)
    event: MapAttribute[str, Any] = MapAttribute()
    expires_at = NumberAttribute()
