"""The management API of open WebSockets.

Source: Amazon API Gateway, "Use @connections commands in your backend service". Chalice's own client always speaks to
the AWS address, so this one is ours: it takes the address from the settings.
"""

from functools import cache
from typing import TYPE_CHECKING

from chalicelib.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_apigatewaymanagementapi import ApiGatewayManagementApiClient


@cache
def _client() -> "ApiGatewayManagementApiClient":
    import boto3
    from botocore.config import Config

    config = Config(
        connect_timeout=1,
        read_timeout=3,
        max_pool_connections=25,
        retries={"mode": "standard", "total_max_attempts": 2},
    )
    return boto3.client("apigatewaymanagementapi", endpoint_url=settings().live_callback_url, config=config)


def post(connection_id: str, text: str) -> bool:
    """Send `text` to a socket; return False when the socket is gone.

    Raises botocore.exceptions.ClientError or BotoCoreError when API Gateway does not take it.
    """
    client = _client()
    try:
        client.post_to_connection(ConnectionId=connection_id, Data=text.encode())
    except client.exceptions.GoneException:
        return False
    return True


def close(connection_id: str) -> None:
    """Close a socket; one that is already gone is a success."""
    client = _client()
    try:
        client.delete_connection(ConnectionId=connection_id)
    except client.exceptions.GoneException:
        return
