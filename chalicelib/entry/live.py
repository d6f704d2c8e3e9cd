"""The live channel: its tokens over HTTP, its sockets, and the events from SNS that are pushed to them."""

from typing import Any

from chalice.app import SNSEvent

from chalicelib import log
from chalicelib.actions.notifications.issue_live_token import issue_live_token
from chalicelib.actions.notifications.live_connections import answer_ping, close_connection, open_connection
from chalicelib.actions.notifications.push_event import push_event
from chalicelib.contracts.views import LiveTokenView
from chalicelib.domain.errors import Unauthenticated
from chalicelib.entry.api import Api
from chalicelib.entry.requests import Call
from chalicelib.entry.wall_clock import now
from chalicelib.settings import settings

live = Api(__name__, "notifications")

Answer = dict[str, int]

# In a blueprint, Chalice passes WebSocket handlers the raw event, and names their functions itself.


@live.operation("POST", "/live/tokens", answers=LiveTokenView, status=201)
def post_live_token(call: Call[None]) -> LiveTokenView:
    """Issue a one-use address of the live channel, valid for a minute."""
    return LiveTokenView.of(issue_live_token(by=call.caller, at=call.at), settings().live_url)


@live.on_ws_connect()
def connect(event: dict[str, Any], context: object) -> Answer:  # noqa: ARG001  Lambda passes it
    """Accept a socket with a valid live token."""
    token = (event.get("queryStringParameters") or {}).get("token", "")
    try:
        open_connection(token, _connection_id(event), at=now())
    except Unauthenticated:
        log.info("socket refused")
        return {"statusCode": 401}
    return {"statusCode": 200}


@live.on_ws_message()
def ping(event: dict[str, Any], context: object) -> Answer:  # noqa: ARG001
    """Answer a ping; any message of a page counts as one."""
    answer_ping(_connection_id(event), at=now())
    return {"statusCode": 200}


@live.on_ws_disconnect()
def disconnect(event: dict[str, Any], context: object) -> Answer:  # noqa: ARG001
    """Delete a socket that was closed."""
    close_connection(_connection_id(event))
    return {"statusCode": 200}


@live.on_sns_message(topic="handoff-events")
def push_live(event: SNSEvent) -> dict[str, int]:
    """Push an event to the open pages of its account."""
    return {"reached": push_event(event.message, at=now())}


def _connection_id(event: dict[str, Any]) -> str:
    return str(event["requestContext"]["connectionId"])
