"""The one DynamoDB client of a process."""

from functools import cache

import botocore
from botocore.config import Config
from pynamodb.connection.base import Connection

from chalicelib.settings import settings

CONNECT_TIMEOUT_S = 1
ATTEMPTS = 3
"""Stated, as the time to wait for an answer is in the settings: the SDK's defaults can outlast API Gateway's 29 s."""

USER_AGENT = f"flowpilot Botocore/{botocore.__version__}"
"""Stated, since botocore composes its own of thirty parts, twice for each request: a tenth of its CPU time."""


@cache
def dynamodb() -> Connection:
    """Return the connection that all tables and transactions of this process share."""
    connection = Connection(
        connect_timeout_seconds=CONNECT_TIMEOUT_S,
        read_timeout_seconds=settings().aws_timeout_s,
        max_retry_attempts=ATTEMPTS - 1,  # pynamodb counts the retries, in botocore's mode "standard"
        max_pool_connections=50,
    )
    connection.session.set_default_client_config(Config(user_agent=USER_AGENT))
    connection.client  # noqa: B018  made here, since the session is this thread's own
    return connection


class TableName:
    """A table's name with the stage's prefix, looked up when it is used, so that importing reads no environment."""

    def __init__(self, suffix: str) -> None:
        self.suffix = suffix

    def __get__(self, instance: object, owner: type) -> str:
        return settings().table_prefix + self.suffix
