"""Rows of the table `engineers`."""

from pynamodb.attributes import ListAttribute, UnicodeAttribute

from chalicelib.store.connection import TableName
from chalicelib.store.rows.row import Row


class EngineerRow(Row):
    """An entry of the directory, and how far its engineer has read the notifications; either may come first."""

    class Meta:
        table_name = TableName("engineers")

    account_id = UnicodeAttribute(hash_key=True)
    engineer_id = UnicodeAttribute(range_key=True)
    name = UnicodeAttribute(null=True)
    email = UnicodeAttribute(null=True)
    role = UnicodeAttribute(null=True)
    skills: ListAttribute[str] = ListAttribute(default=list)
    notifications_read_up_to = UnicodeAttribute(null=True)
