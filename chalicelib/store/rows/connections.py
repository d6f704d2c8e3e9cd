"""Rows of the table `connections`. DynamoDB deletes them some time after `expires_at` (seconds since 1970)."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex

from chalicelib.store.connection import TableName
from chalicelib.store.rows.row import Row


class ConnectionsById(GlobalSecondaryIndex["ConnectionRow"]):
    """The account of a socket, found by the id that API Gateway gave the socket."""

    class Meta:
        index_name = "by_connection"
        projection = AllProjection()

    connection_id = UnicodeAttribute(hash_key=True)


class ConnectionRow(Row):
    """A live socket."""

    class Meta:
        table_name = TableName("connections")

    account_id = UnicodeAttribute(hash_key=True)
    connection_id = UnicodeAttribute(range_key=True)
    engineer_id = UnicodeAttribute()
    expires_at = NumberAttribute()

    by_connection = ConnectionsById()


class LiveTokenRow(Row):
    """A live token, which opens one socket that lasts until `socket_until`."""

    class Meta:
        table_name = TableName("connections")

    account_id = UnicodeAttribute(hash_key=True)
    connection_id = UnicodeAttribute(range_key=True)
    engineer_id = UnicodeAttribute()
    expires_at = NumberAttribute()
    socket_until = NumberAttribute()
