"""Live sockets, and the tokens that open them. Both vanish by themselves when their time is over."""

from datetime import UTC, datetime

from pynamodb.exceptions import DoesNotExist

from chalicelib.domain.instants import Instant
from chalicelib.domain.live_tokens import Connection, LiveToken, digest_of
from chalicelib.store.rows.connections import ConnectionRow, LiveTokenRow
from chalicelib.store.transactions import delete_alone

_KEY_PREFIX = "token#"


def add_token(token: LiveToken) -> None:
    """Remember a token, by a digest of its secret."""
    LiveTokenRow(
        account_id=token.account_id,
        connection_id=_KEY_PREFIX + digest_of(token.secret),
        engineer_id=token.engineer_id,
        expires_at=int(token.expires_at.timestamp()),
        socket_until=int(token.socket_until.timestamp()),
    ).save(condition=LiveTokenRow.connection_id.does_not_exist())


def spend_token(account_id: str, secret: str, connection_id: str, at: Instant) -> Connection | None:
    """Use up a token; return the connection it opens, None when there is no such token, or not any more."""
    key = _KEY_PREFIX + digest_of(secret)
    try:
        row = LiveTokenRow.get(account_id, key, consistent_read=True)
    except DoesNotExist:
        return None
    is_in_time = LiveTokenRow.expires_at > int(at.timestamp())
    if not delete_alone(row, LiveTokenRow.connection_id.exists() & is_in_time):
        return None
    return Connection(
        account_id=account_id,
        id=connection_id,
        engineer_id=row.engineer_id,
        expires_at=datetime.fromtimestamp(row.socket_until, UTC),
    )


def add(connection: Connection) -> None:
    """Remember an open socket."""
    ConnectionRow(
        account_id=connection.account_id,
        connection_id=connection.id,
        engineer_id=connection.engineer_id,
        expires_at=int(connection.expires_at.timestamp()),
    ).save(condition=ConnectionRow.connection_id.does_not_exist())


def remove(connection: Connection) -> None:
    """Forget a socket; one that is not known is fine."""
    ConnectionRow(connection.account_id, connection.id).delete()


def remove_all_of(account_id: str, engineer_id: str) -> None:
    """Forget the sockets of somebody, which then get no more events, and the tokens that would open others."""
    for row in ConnectionRow.query(account_id, consistent_read=True):
        if row.engineer_id == engineer_id:
            row.delete()


def find(connection_id: str) -> Connection | None:
    """Return the socket of that id, whosever it is; API Gateway chose the id, and nobody else can send it."""
    row = next(iter(ConnectionRow.by_connection.query(connection_id, limit=1)), None)
    return _connection(row) if row else None


def list_open(account_id: str) -> list[Connection]:
    """Return the account's sockets, including those whose time is over and that have not vanished yet."""
    rows = ConnectionRow.query(account_id)
    return [_connection(row) for row in rows if not row.connection_id.startswith(_KEY_PREFIX)]


def _connection(row: ConnectionRow) -> Connection:
    return Connection(
        account_id=row.account_id,
        id=row.connection_id,
        engineer_id=row.engineer_id,
        expires_at=datetime.fromtimestamp(row.expires_at, UTC),
    )
