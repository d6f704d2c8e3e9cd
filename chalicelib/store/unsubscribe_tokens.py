"""The tokens in e-mails by which their readers switch e-mail off: kept as digests, for 90 days."""

import hashlib
from datetime import timedelta

from pynamodb.exceptions import DoesNotExist

from chalicelib.domain.instants import Instant
from chalicelib.store.rows.accounts import UnsubscribeTokenRow

KEPT_FOR = timedelta(days=90)


def add(account_id: str, secret: str, engineer_id: str, at: Instant) -> None:
    """Keep the digest of a new secret, and whom it was sent to."""
    expires_at = int((at + KEPT_FOR).timestamp())
    UnsubscribeTokenRow(account_id, _item(secret), engineer_id=engineer_id, expires_at=expires_at).save()


def find_engineer(account_id: str, secret: str, at: Instant) -> str | None:
    """Return whom the secret was sent to, None when it was never issued or has ended."""
    try:
        row = UnsubscribeTokenRow.get(account_id, _item(secret), consistent_read=True)
    except DoesNotExist:
        return None
    return row.engineer_id if row.expires_at > at.timestamp() else None


def _item(secret: str) -> str:
    return f"unsubscribe#{hashlib.sha256(secret.encode()).hexdigest()}"
