"""The one DynamoDB client of a process."""

from functools import cache

from pynamodb.connection.base import Connection

from chalicelib.settings import settings

CONNECT_TIMEOUT_S = 1
READ_TIMEOUT_S = 2
ATTEMPTS = 3
"""Stated, since the defaults of the SDK can outlast the 29 s that API Gateway waits."""


@cache
def dynamodb() -> Connection:
    """Return the connection that all tables and transactions of this process share."""
    return Connection(
        connect_timeout_seconds=CONNECT_TIMEOUT_S,
        read_timeout_seconds=READ_TIMEOUT_S,
        max_retry_attempts=ATTEMPTS - 1,  # pynamodb counts the retries, in botocore's mode "standard"
        max_pool_connections=50,
    )


class TableName:
    """A table's name with the stage's prefix, looked up when it is used, so that importing reads no environment."""

    def __init__(self, suffix: str) -> None:
        self.suffix = suffix

    def __get__(self, instance: object, owner: type) -> str:
        return settings().table_prefix + self.suffix
