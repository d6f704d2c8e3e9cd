"""Rows of the table `accounts`."""

from typing import Any

from pynamodb.attributes import MapAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.store.connection import TableName
from chalicelib.store.rows.row import Row


class AccountItemRow(Row):
    """Something that an account has once, such as its limits. `version` rises with each change."""

    class Meta:
        table_name = TableName("accounts")

    account_id = UnicodeAttribute(hash_key=True)
    item = UnicodeAttribute(range_key=True)
    content: MapAttribute[str, Any] = MapAttribute()
    version = NumberAttribute()


class SpentRow(Row):
    """A counter of calls to the model, which DynamoDB deletes some time after `expires_at`."""

    class Meta:
        table_name = TableName("accounts")

    account_id = UnicodeAttribute(hash_key=True)
    item = UnicodeAttribute(range_key=True)
    calls = NumberAttribute()
    expires_at = NumberAttribute()


class ChannelRow(Row):
    """A channel of the account, and how it fares. A save puts `content`, which forgets its health."""

    class Meta:
        table_name = TableName("accounts")

    account_id = UnicodeAttribute(hash_key=True)
    item = UnicodeAttribute(range_key=True)
    content: MapAttribute[str, Any] = MapAttribute()
    version = NumberAttribute()
    failing_since = UnicodeAttribute(null=True)
    switched_off_at = UnicodeAttribute(null=True)
    last_error = UnicodeAttribute(null=True)


class UnsubscribeTokenRow(Row):
    """The digest of a token in an e-mail, and whom it was sent to. DynamoDB deletes it after `expires_at`."""

    class Meta:
        table_name = TableName("accounts")

    account_id = UnicodeAttribute(hash_key=True)
    item = UnicodeAttribute(range_key=True)
    engineer_id = UnicodeAttribute()
    expires_at = NumberAttribute()


class PhoneCodeRow(Row):
    """The code that was sent to a person's number last, as a digest. DynamoDB deletes it after `expires_at`."""

    class Meta:
        table_name = TableName("accounts")

    account_id = UnicodeAttribute(hash_key=True)
    item = UnicodeAttribute(range_key=True)
    number = UnicodeAttribute()
    digest = UnicodeAttribute()
    salt = UnicodeAttribute()
    sent_at = UnicodeAttribute()
    ends_at = UnicodeAttribute()
    guesses = NumberAttribute()
    expires_at = NumberAttribute()
