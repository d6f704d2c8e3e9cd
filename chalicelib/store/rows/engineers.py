"""Rows of the table `engineers`."""

from typing import Any

from pynamodb.attributes import BooleanAttribute, ListAttribute, MapAttribute, UnicodeAttribute

from chalicelib.store.connection import TableName
from chalicelib.store.rows.row import Row


class EngineerRow(Row):
    """An entry of the directory, and what its engineer is told and has read; any of it may come first.

    `opened_since` has what they opened since `notifications_read_up_to`: for each subject the time and its id, parted
    by a `#`. `email_trouble` is why no e-mail is sent to the address in it, until its person saves their settings
    (`email_confirmed_at`) or has another address. `phone` is the number that they have confirmed. `reached` has when a
    message last reached them, by place: an address, a number or a device. `is_listed`: the account was put on the list
    of all accounts before this was written; a row from before that list lacks it. `removed` is the mark of somebody
    who was removed from the directory and has not signed in since, whose row has no name then.
    """

    class Meta:
        table_name = TableName("engineers")

    account_id = UnicodeAttribute(hash_key=True)
    engineer_id = UnicodeAttribute(range_key=True)
    name = UnicodeAttribute(null=True)
    email = UnicodeAttribute(null=True)
    role = UnicodeAttribute(null=True)
    skills: ListAttribute[str] = ListAttribute(default=list)
    availability: MapAttribute[str, str] = MapAttribute(null=True)
    ticket_search: MapAttribute[str, Any] = MapAttribute(null=True)
    notification_settings: MapAttribute[str, Any] = MapAttribute(null=True)
    email_trouble: MapAttribute[str, Any] = MapAttribute(null=True)
    email_confirmed_at = UnicodeAttribute(null=True)
    phone: MapAttribute[str, Any] = MapAttribute(null=True)
    notifications_read_up_to = UnicodeAttribute(null=True)
    opened_since: ListAttribute[str] = ListAttribute(null=True)
    reached: MapAttribute[str, Any] = MapAttribute(null=True)
    is_listed = BooleanAttribute(null=True)
    removed: MapAttribute[str, Any] = MapAttribute(null=True)
