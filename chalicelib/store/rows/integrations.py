"""Rows of the table `integrations`."""

from typing import Any

from pynamodb.attributes import MapAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.store.connection import TableName
from chalicelib.store.rows.row import Row


class IntegrationRow(Row):
    """An integration."""

    class Meta:
        table_name = TableName("integrations")

    account_id = UnicodeAttribute(hash_key=True)
    integration_id = UnicodeAttribute(range_key=True)
    name = UnicodeAttribute()
    base_url = UnicodeAttribute(null=True)
    settings: MapAttribute[str, Any] = MapAttribute()
    ticket_mapping: MapAttribute[str, Any] = MapAttribute()
    secret_version = UnicodeAttribute(null=True)
    secrets_set_at: MapAttribute[str, str] = MapAttribute()
    version = NumberAttribute()
    reconciled_until = UnicodeAttribute()
    rate_limited_until = UnicodeAttribute(null=True)
    access_failure: MapAttribute[str, Any] = MapAttribute(null=True)
    webhook_failure: MapAttribute[str, Any] = MapAttribute(null=True)
    created_at = UnicodeAttribute()
    updated_at = UnicodeAttribute()


class ListedIntegrationRow(Row):
    """The entry of an integration in the list of those of all accounts."""

    class Meta:
        table_name = TableName("integrations")

    account_id = UnicodeAttribute(hash_key=True)
    integration_id = UnicodeAttribute(range_key=True)


class DeliveryMarkRow(Row):
    """The mark of a webhook delivery. DynamoDB deletes it some time after `expires_at` (seconds since 1970)."""

    class Meta:
        table_name = TableName("integrations")

    account_id = UnicodeAttribute(hash_key=True)
    integration_id = UnicodeAttribute(range_key=True)
    expires_at = NumberAttribute()


class CallSlotRow(Row):
    """A slot for a call of an integration, taken until `expires_at` (seconds since 1970); DynamoDB deletes it later."""

    class Meta:
        table_name = TableName("integrations")

    account_id = UnicodeAttribute(hash_key=True)
    integration_id = UnicodeAttribute(range_key=True)
    expires_at = NumberAttribute()


class TicketReadRow(Row):
    """When the last reading of a ticket that was followed to its end began, and until when one is under way.

    Times are milliseconds since 1970; DynamoDB deletes the row some time after `expires_at` (seconds).
    """

    class Meta:
        table_name = TableName("integrations")

    account_id = UnicodeAttribute(hash_key=True)
    integration_id = UnicodeAttribute(range_key=True)
    began_at = NumberAttribute(null=True)
    taken_until = NumberAttribute(null=True)
    expires_at = NumberAttribute()


class WebhookEventRow(Row):
    """When an integration's webhook last told of one kind of event."""

    class Meta:
        table_name = TableName("integrations")

    account_id = UnicodeAttribute(hash_key=True)
    integration_id = UnicodeAttribute(range_key=True)
    last_at = UnicodeAttribute()


class WaitingNotesRow(Row):
    """The event that asks for a handoff's ticket notes, kept while its integration fails as a whole."""

    class Meta:
        table_name = TableName("integrations")

    account_id = UnicodeAttribute(hash_key=True)
    integration_id = UnicodeAttribute(range_key=True)
    handoff_id = UnicodeAttribute()
    event: MapAttribute[str, Any] = MapAttribute()


class TicketLinkRow(Row):
    """The link from a ticket to a session about it."""

    class Meta:
        table_name = TableName("integrations")

    account_id = UnicodeAttribute(hash_key=True)
    integration_id = UnicodeAttribute(range_key=True)
    session_id = UnicodeAttribute()
