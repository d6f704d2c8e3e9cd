"""Issue, revoke and check the key to a rota's calendar feed."""

import secrets
from collections.abc import Callable

from chalicelib import log
from chalicelib.actions.retry_stale import retry_stale
from chalicelib.domain.clock.saved import CalendarToken, SavedRota, is_rota_id
from chalicelib.domain.errors import NotFound
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller, is_account_id
from chalicelib.store import rotas
from chalicelib.store.stale_write import StaleWrite

SEPARATOR = "~"
"""Separates account and secret; no account's id contains it."""


def issue_calendar_token(rota_id: str, *, by: Caller, at: Instant) -> str:
    """Return a new key to the rota's calendar; the previous one stops working. Raises NotFound."""
    secret = secrets.token_urlsafe(32)
    _change(by.account_id, rota_id, lambda: CalendarToken.of(secret, at))
    log.info("calendar token issued", rota_id=rota_id)
    return f"{by.account_id}{SEPARATOR}{secret}"


def revoke_calendar_token(rota_id: str, *, by: Caller) -> None:
    """Revoke the key to the rota's calendar. Raises NotFound."""
    _change(by.account_id, rota_id, lambda: None)
    log.info("calendar token revoked", rota_id=rota_id)


def find_rota_of(rota_id: str, token: str) -> SavedRota:
    """Return the rota that `token` opens. Raises NotFound for a token of another rota or account, or a revoked one."""
    account_id, _, secret = token.partition(SEPARATOR)
    may_be_there = is_account_id(account_id) and is_rota_id(rota_id) and secret
    saved = rotas.find(account_id, rota_id) if may_be_there else None
    if saved is None or saved.calendar_token is None or not saved.calendar_token.is_for(secret):
        raise NotFound("calendar")
    return saved


def _change(account_id: str, rota_id: str, make: Callable[[], CalendarToken | None]) -> None:
    def change() -> None:
        loaded = rotas.load(account_id, rota_id)
        changed = loaded.model_copy(update={"calendar_token": make(), "version": loaded.version + 1})
        if not rotas.save(changed, loaded):
            raise StaleWrite

    retry_stale(change, what="The rota")
