"""The live channel: one-use tokens, and the sockets opened with them."""

import hashlib
from datetime import timedelta

from chalicelib.domain.frozen_model import FrozenModel
from chalicelib.domain.instants import Instant

TOKEN_LIFE = timedelta(seconds=60)
SOCKET_LIFE = timedelta(hours=2)
"""API Gateway ends a WebSocket after two hours, whatever we do."""

LONGEST_TOKEN = 256
"""The most characters that a token's text has. DynamoDB itself fails at the key that a much longer one would name."""


class LiveToken(FrozenModel):
    """A one-use right to open a socket within a minute: browsers cannot send a token with a WebSocket."""

    account_id: str
    engineer_id: str
    secret: str
    expires_at: Instant
    socket_until: Instant

    @property
    def text(self) -> str:
        """The token as it is written into an address."""
        return f"{self.account_id}.{self.secret}"


def read_live_token(text: str) -> tuple[str, str]:
    """Return the account and the secret that a token's text names; empty ones for what is no token."""
    account_id, _, secret = text.rpartition(".") if len(text) <= LONGEST_TOKEN else ("", "", "")
    return account_id, secret


def digest_of(secret: str) -> str:
    """Return the stored digest of a token's secret: nobody who reads the table can use it."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Connection(FrozenModel):
    """An open socket of somebody in an account."""

    account_id: str
    id: str
    engineer_id: str
    expires_at: Instant
