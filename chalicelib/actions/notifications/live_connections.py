"""Open, keep and close the sockets of the live channel."""

from chalicelib import log
from chalicelib.adapters.aws import sockets
from chalicelib.domain.errors import Unauthenticated
from chalicelib.domain.instants import Instant
from chalicelib.domain.live_tokens import read_live_token
from chalicelib.store import connections, departures


def open_connection(token: str, connection_id: str, *, at: Instant) -> None:
    """Let a socket in that brings a token, which is used up.

    Raises Unauthenticated for any other, and for somebody who was removed from the directory. The removal is looked up
    last: a later one finds the socket.
    """
    account_id, secret = read_live_token(token)
    connection = connections.spend_token(account_id, secret, connection_id, at) if account_id and secret else None
    if connection is None:
        raise Unauthenticated("The token is unknown, used or too old. Ask for a new one.")
    connections.add(connection)
    if departures.find(connection.account_id, connection.engineer_id):
        connections.remove(connection)
        raise Unauthenticated("You were removed from the directory.")
    log.info("socket opened", account_id=connection.account_id, engineer_id=connection.engineer_id)


def answer_ping(connection_id: str, *, at: Instant) -> None:
    """Answer a page that wants to know whether its socket lives; end a socket whose time is over."""
    connection = connections.find(connection_id)
    if connection and connection.expires_at > at:
        sockets.post(connection_id, '{"type":"pong"}')
        return
    close_connection(connection_id)
    sockets.close(connection_id)


def close_connection(connection_id: str) -> None:
    """Forget a socket that has ended; one that is not known is fine."""
    if connection := connections.find(connection_id):
        connections.remove(connection)
