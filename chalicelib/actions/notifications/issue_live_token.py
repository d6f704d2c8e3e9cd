"""Give out a token for the live channel."""

import secrets

from chalicelib.domain.instants import Instant
from chalicelib.domain.live_tokens import SOCKET_LIFE, TOKEN_LIFE, LiveToken
from chalicelib.domain.people import Caller
from chalicelib.store import connections


def issue_live_token(*, by: Caller, at: Instant) -> LiveToken:
    """Return a token that opens one socket within a minute; the socket ends when the caller's token would have."""
    latest = at + SOCKET_LIFE
    token = LiveToken(
        account_id=by.account_id,
        engineer_id=by.id,
        secret=secrets.token_urlsafe(32),
        expires_at=at + TOKEN_LIFE,
        socket_until=min(latest, by.signed_in_until or latest),
    )
    connections.add_token(token)
    return token
