"""Rows of the table `deliveries`. DynamoDB deletes them some time after `expires_at` (seconds since 1970)."""

from typing import Any

from pynamodb.attributes import BooleanAttribute, MapAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection

from chalicelib.store.connection import TableName
from chalicelib.store.rows.row import Row


class DeliveriesByWebhook(GlobalSecondaryIndex["LedgerRow"]):
    """The deliveries of a webhook, by age. Keys alone, so that no try writes to it; sparse: only webhooks are in it."""

    class Meta:
        index_name = "by_webhook"
        projection = KeysOnlyProjection()

    webhook_key = UnicodeAttribute(hash_key=True)
    created_at = UnicodeAttribute(range_key=True)


class DeliveriesBySubject(GlobalSecondaryIndex["LedgerRow"]):
    """The deliveries about a case, by age. Keys alone, so that no try writes to it."""

    class Meta:
        index_name = "by_subject"
        projection = KeysOnlyProjection()

    subject_key = UnicodeAttribute(hash_key=True)
    created_at = UnicodeAttribute(range_key=True)


class LedgerRow(Row):
    """One delivery of one event to one recipient by one kind of message.

    `lease_id` tells the run that took it last from others. `shown_digest`: the SHA-256 of the secret by which a device
    says that it showed the message, until it does.
    """

    class Meta:
        table_name = TableName("deliveries")

    subject_key = UnicodeAttribute(hash_key=True)
    position = UnicodeAttribute(range_key=True)
    account_id = UnicodeAttribute()
    subject = UnicodeAttribute()
    event: MapAttribute[str, Any] = MapAttribute()
    recipient: MapAttribute[str, Any] = MapAttribute()
    state = UnicodeAttribute()
    attempts = NumberAttribute()
    detail = UnicodeAttribute(null=True)
    lease_id = UnicodeAttribute(null=True)
    leased_until = UnicodeAttribute(null=True)
    next_try_at = UnicodeAttribute(null=True)
    shown_digest = UnicodeAttribute(null=True)
    accepted_at = UnicodeAttribute(null=True)
    shown_at = UnicodeAttribute(null=True)
    opened_at = UnicodeAttribute(null=True)
    message_id = UnicodeAttribute(null=True)
    sent_to = UnicodeAttribute(null=True)
    round = UnicodeAttribute(null=True)
    is_place_gone = BooleanAttribute(null=True)
    created_at = UnicodeAttribute()
    updated_at = UnicodeAttribute()
    webhook_key = UnicodeAttribute(null=True)
    expires_at = NumberAttribute()

    by_webhook = DeliveriesByWebhook()
    by_subject = DeliveriesBySubject()


class LaneRow(Row):
    """What went out lately to one person by one kind of message, and the round that is open."""

    class Meta:
        table_name = TableName("deliveries")

    subject_key = UnicodeAttribute(hash_key=True)
    position = UnicodeAttribute(range_key=True)
    content: MapAttribute[str, Any] = MapAttribute()
    expires_at = NumberAttribute()


class GatheredRow(Row):
    """A delivery that goes out with a round, by the place of its entry."""

    class Meta:
        table_name = TableName("deliveries")

    subject_key = UnicodeAttribute(hash_key=True)
    position = UnicodeAttribute(range_key=True)
    subject = UnicodeAttribute()
    entry_position = UnicodeAttribute()
    expires_at = NumberAttribute()
