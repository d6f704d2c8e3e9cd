"""The live channel: its sockets, and the events from SNS that are pushed to them.

Each function imports its action when it runs: packaging and the API import this module for its registrations alone.
"""

from typing import Any

from chalice.app import Blueprint, SNSEvent

from chalicelib import log
from chalicelib.entry.wall_clock import now

sockets = Blueprint(__name__)

Answer = dict[str, int]

# In a blueprint, Chalice passes WebSocket handlers the raw event, and names their functions itself.


@sockets.on_ws_connect()
def connect(event: dict[str, Any], context: object) -> Answer:  # noqa: ARG001  Lambda passes it
    """Accept a socket with a valid live token."""
    from chalicelib.actions.notifications.live_connections import open_connection
    from chalicelib.domain.errors import Unauthenticated

    token = (event.get("queryStringParameters") or {}).get("token", "")
    try:
        open_connection(token, _connection_id(event), at=now())
    except Unauthenticated:
        log.info("socket refused")
        return {"statusCode": 401}
    return {"statusCode": 200}


@sockets.on_ws_message()
def ping(event: dict[str, Any], context: object) -> Answer:  # noqa: ARG001
    """Answer a ping; any message of a page counts as one."""
    from chalicelib.actions.notifications.live_connections import answer_ping

    answer_ping(_connection_id(event), at=now())
    return {"statusCode": 200}


@sockets.on_ws_disconnect()
def disconnect(event: dict[str, Any], context: object) -> Answer:  # noqa: ARG001
    """Delete a socket that was closed."""
    from chalicelib.actions.notifications.live_connections import close_connection

    close_connection(_connection_id(event))
    return {"statusCode": 200}


@sockets.on_sns_message(topic="handoff-events")
def push_live(event: SNSEvent) -> dict[str, int]:
    """Push an event to the open pages of its account."""
    from chalicelib.actions.notifications.push_event import push_event

    return {"reached": push_event(event.message, at=now())}


def _connection_id(event: dict[str, Any]) -> str:
    return str(event["requestContext"]["connectionId"])
