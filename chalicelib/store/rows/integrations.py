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


class TicketLinkRow(Row):
    """The link from a ticket to a session about it."""

    class Meta:
        table_name = TableName("integrations")

    account_id = UnicodeAttribute(hash_key=True)
    integration_id = UnicodeAttribute(range_key=True)
    session_id = UnicodeAttribute()
