"""Let people who got an e-mail switch e-mail off without signing in."""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BadBase64

from chalicelib import log
from chalicelib.actions.retry_stale import retry_stale
from chalicelib.domain.errors import NotFound
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import is_account_id
from chalicelib.store import engineers, notification_settings, unsubscribe_tokens
from chalicelib.store.stale_write import StaleWrite

SEPARATOR = "~"
"""Stands between account and secret: no account's id has it."""

LONGEST_TOKEN = 300


def issue_unsubscribe_token(account_id: str, engineer_id: str, at: Instant) -> str:
    """Return a new token that switches this person's e-mail off, for 90 days. Only a digest of it is kept."""
    secret = secrets.token_urlsafe(32)
    unsubscribe_tokens.add(account_id, secret, engineer_id, at)
    return urlsafe_b64encode(f"{account_id}{SEPARATOR}{secret}".encode()).decode().rstrip("=")


def unsubscribe(token: str, *, at: Instant) -> None:
    """Switch e-mail off, for every sort of event, for the person whom `token` was sent to; again changes nothing.

    They can switch it on again on the page. Raises NotFound for a token that was never issued or has ended.
    """
    account_id, secret = _parts(token)
    engineer_id = unsubscribe_tokens.find_engineer(account_id, secret, at) if account_id else None
    if engineer_id is None:
        raise NotFound("subscription")
    retry_stale(lambda: _switch_off(account_id, engineer_id), what="The settings")
    log.info("unsubscribed", engineer_id=engineer_id)


def _switch_off(account_id: str, engineer_id: str) -> None:
    loaded = notification_settings.load(account_id, engineer_id)
    rules = loaded.rules.without_email()
    if rules == loaded.rules:
        return
    off = loaded.model_copy(update={"rules": rules, "version": loaded.version + 1})
    is_saved = notification_settings.save(account_id, engineer_id, off, loaded)
    if not is_saved and engineers.find(account_id, engineer_id):
        raise StaleWrite  # a person who left the directory gets nothing anyway


def _parts(token: str) -> tuple[str, str]:
    """Return account and secret, empty texts for what is no token."""
    if len(token) > LONGEST_TOKEN:
        return "", ""
    try:
        text = urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode("ascii")
    except (BadBase64, ValueError):
        return "", ""
    account_id, _, secret = text.partition(SEPARATOR)
    return (account_id, secret) if is_account_id(account_id) and secret else ("", "")
