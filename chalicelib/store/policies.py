"""The policy of an account: the item `policy` of the table `accounts`."""

import time

from pydantic import ValidationError

from chalicelib import log
from chalicelib.domain.clock.policy import Policy
from chalicelib.domain.clock.saved import SavedPolicy
from chalicelib.domain.errors import Unavailable
from chalicelib.store import accounts
from chalicelib.store.accounts import AccountItem
from chalicelib.store.rows.row import UnknownLayout

ITEM = "policy"

REMEMBERED_S = 60.0
"""How long a process uses a policy that it has read, so that most hand offs cost no read of it."""

_remembered: dict[str, tuple[float, Policy]] = {}


def forget() -> None:
    """Forget the policies that this process remembers."""
    _remembered.clear()


def find(account_id: str) -> Policy:
    """Return the account's policy, as read at most a minute ago; the defaults where nothing was saved.

    One of an unknown shape or a newer layout is logged as an error and the defaults apply: it stops nobody's work.
    """
    read_at, policy = _remembered.get(account_id, (0.0, None))
    if policy is None or time.monotonic() - read_at > REMEMBERED_S:
        policy = _read(account_id)
        _remembered[account_id] = (time.monotonic(), policy)
    return policy


def load(account_id: str) -> SavedPolicy:
    """Return the account's policy as it is now, with its version. Raises UnknownLayout and ValidationError."""
    item = accounts.find(account_id, ITEM)
    if item is None:
        return SavedPolicy(policy=Policy(), version=0)
    return SavedPolicy(policy=Policy.model_validate(item.content), version=item.version)


def load_readable(account_id: str) -> Policy:
    """Return the account's policy as it is now, for what may not be done without it.

    Raises Unavailable for one of an unknown shape or a newer layout, which is logged as an error.
    """
    try:
        return load(account_id).policy
    except (UnknownLayout, ValidationError) as failure:
        log.error("policy refused", failure, account_id=account_id)
        raise Unavailable(
            "The account's policy cannot be read, so nothing was sent to the AI.", retry_after_s=60
        ) from failure


def save(account_id: str, policy: Policy, loaded: SavedPolicy) -> bool:
    """Write the policy over what was loaded; return False when that has changed since."""
    before = AccountItem({}, loaded.version) if loaded.version else None
    is_saved = accounts.save(account_id, ITEM, policy.model_dump(mode="json", exclude_none=True), before)
    if is_saved:
        _remembered.pop(account_id, None)
    return is_saved


def _read(account_id: str) -> Policy:
    try:
        return load(account_id).policy
    except (UnknownLayout, ValidationError) as failure:
        log.error("policy refused, defaults apply", failure, account_id=account_id)
        return Policy()
