"""Let a device say that it showed a push message: its service worker has no ID token."""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

from chalicelib import log
from chalicelib.actions.deliveries.note_reached import note_reached
from chalicelib.domain.deliveries.gathering import LaneId
from chalicelib.domain.deliveries.ledger import LedgerEntry
from chalicelib.domain.errors import NotFound
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import is_account_id
from chalicelib.store import deliveries, gathering

SEPARATOR = "~"
"""Separates account, secret, subject and position; only the last can contain it."""

LONGEST_TOKEN = 1_000


def new_shown_secret() -> str:
    """Return 128 random bits, for one try to send one message."""
    return secrets.token_urlsafe(16)


def shown_token(entry: LedgerEntry, secret: str) -> str:
    """Return the token with which a device reports that it showed the message of `entry`."""
    parts = (entry.account_id, secret, entry.subject, entry.position)
    return urlsafe_b64encode(SEPARATOR.join(parts).encode()).decode().rstrip("=")


def mark_shown(token: str, *, at: Instant) -> None:
    """Write that the message which `token` came with was shown. A token is good for one time.

    Raises NotFound for one that was never issued, was used, or belongs to an earlier try.
    """
    account_id, secret, subject, position = _parts(token)
    if not account_id or not deliveries.mark_shown(account_id, subject, position, secret, at):
        raise NotFound("delivery")
    if entry := deliveries.find(account_id, subject, position):
        _mark_gathered(entry, secret, at)
        note_reached(entry, entry.recipient.device.id if entry.recipient.device else None, at)
    log.info("push shown", subject=subject)


def _mark_gathered(entry: LedgerEntry, secret: str, at: Instant) -> None:
    """Write the same of what went out in one message with `entry`; nothing else of its round has this secret."""
    if entry.round:
        for subject, position in gathering.list_round(LaneId.of(entry), entry.round):
            deliveries.mark_shown(entry.account_id, subject, position, secret, at)


def _parts(token: str) -> tuple[str, str, str, str]:
    """Return account, secret, subject and position, empty texts for what is no token."""
    nothing = ("", "", "", "")
    if len(token) > LONGEST_TOKEN:
        return nothing
    try:
        text = urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode()
    except ValueError:
        return nothing
    account_id, _, rest = text.partition(SEPARATOR)
    secret, _, rest = rest.partition(SEPARATOR)
    subject, _, position = rest.partition(SEPARATOR)
    is_whole = is_account_id(account_id) and secret and subject and position
    return (account_id, secret, subject, position) if is_whole else nothing
