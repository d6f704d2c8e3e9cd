"""Warn the admins of each account a day before a step of a ladder reaches nobody."""

from collections.abc import Callable
from datetime import timedelta

from chalicelib import log
from chalicelib.actions.deliveries.order_deliveries import order_deliveries
from chalicelib.actions.deliveries.read_readiness import read_account_reach
from chalicelib.domain.deliveries.ledger import DeliveryKind, LedgerEntry, Recipient
from chalicelib.domain.deliveries.people_told import admins_mailed, emails_to
from chalicelib.domain.instants import Instant
from chalicelib.domain.readiness.forecast import AccountReach, forecast
from chalicelib.domain.readiness.notices import warning_event, warning_lines
from chalicelib.store import accounts

WARN_AHEAD = timedelta(hours=48)
"""Two days, checked daily, so that admins learn of each gap at least a day ahead."""


class LooksFailed(Exception):
    """Some accounts could not be looked at; looking again sends no warning twice."""


def warn_all_of_gaps(*, at: Instant, is_time_left: Callable[[], bool] = lambda: True) -> int:
    """Look at every account, and warn where something is wrong; return how many were warned.

    What fails for one account stops no other. Raises LooksFailed at the end when any did, or when time ran out.
    """
    warned, failed = 0, 0
    for account_id in accounts.list_accounts():
        if not is_time_left():
            failed += 1
            continue
        try:
            warned += warn_of_gaps(account_id, at=at)
        except Exception as failure:  # noqa: BLE001  the other accounts are to be warned all the same
            log.error("readiness not looked at", failure, account_id=account_id)
            failed += 1
    log.info("readiness looked at", warned=warned, failed=failed)
    if failed:
        raise LooksFailed(f"{failed} accounts")
    return warned


def warn_of_gaps(account_id: str, *, at: Instant) -> bool:
    """Have an e-mail sent to the account's admins where a step of the next two days reaches nobody; else none.

    The same day's warning is sent to each admin once. Raises Unavailable while the queue takes nothing.
    """
    account = read_account_reach(account_id)
    admins = _admins_of(account)
    if not admins:
        return False
    lines = warning_lines(forecast(account, at, at + WARN_AHEAD), account.policy.time_zone)
    if not lines:
        return False
    event = warning_event(account_id, lines, at)
    order_deliveries([LedgerEntry.planned(event, recipient, at) for recipient in admins])
    return True


def _admins_of(account: AccountReach) -> list[Recipient]:
    """Return the admins who get e-mail at all."""
    if DeliveryKind.EMAIL not in account.kinds:
        return []
    return emails_to(admins_mailed(each.person for each in account.contacts))
