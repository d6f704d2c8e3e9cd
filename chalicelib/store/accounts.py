"""What an account has once, such as its policy or its limits: items that are changed by one person at a time."""

from typing import Any, NamedTuple

from pynamodb.exceptions import DoesNotExist
from pynamodb.expressions.condition import Condition

from chalicelib.store.keys import ACCOUNTS
from chalicelib.store.mapping import plain
from chalicelib.store.rows.accounts import AccountItemRow
from chalicelib.store.transactions import delete_alone, put_alone

_noted: set[str] = set()


class AccountItem(NamedTuple):
    """An item's content, and how often it has been written."""

    content: dict[str, Any]
    version: int


def find(account_id: str, item: str) -> AccountItem | None:
    """Return the account's item of that name, None when there is none. Raises UnknownLayout."""
    try:
        row = AccountItemRow.get(account_id, item, consistent_read=True)
    except DoesNotExist:
        return None
    return AccountItem(plain(row.content), int(row.version))


def save(account_id: str, item: str, content: dict[str, Any], loaded: AccountItem | None) -> bool:
    """Write the item over what was loaded, nothing or its earlier self; return False when that has changed since.

    What of `loaded.content` is given is compared too: of an item that can be deleted the name may be used again.
    """
    version = loaded.version if loaded else 0
    row = AccountItemRow(account_id, item, content=content, version=version + 1)
    return put_alone(row, _is_as(loaded) if loaded else AccountItemRow.item.does_not_exist())


def _is_as(loaded: AccountItem) -> Condition:
    is_same: Condition = AccountItemRow.version == loaded.version
    for name, value in loaded.content.items():
        is_same &= AccountItemRow.content[name] == value
    return is_same


def list_items(account_id: str, prefix: str) -> list[tuple[str, AccountItem]]:
    """Return the account's items whose names begin with `prefix`, by name. Raises UnknownLayout."""
    rows = AccountItemRow.query(account_id, AccountItemRow.item.startswith(prefix), consistent_read=True)
    return [(row.item, AccountItem(plain(row.content), int(row.version))) for row in rows]


def note_account(account_id: str) -> None:
    """Put the account on the list of all accounts, where it is not on it."""
    row = AccountItemRow(ACCOUNTS, account_id, content={}, version=1)
    put_alone(row, AccountItemRow.item.does_not_exist())


def note_active_account(account_id: str) -> None:
    """Put an account on that list in which something happened: one write in a process, however much happens."""
    if account_id not in _noted:
        note_account(account_id)
        _noted.add(account_id)


def forget() -> None:
    """Forget which accounts this process has put on the list."""
    _noted.clear()


def list_accounts() -> list[str]:
    """Return the ids of all accounts that anybody signed in to, or in which something happened, since there is a list.

    For what runs on a schedule; no request asks.
    """
    return [row.item for row in AccountItemRow.query(ACCOUNTS)]


def delete(account_id: str, item: str, loaded: AccountItem) -> bool:
    """Delete the item as it was loaded; return False when it has changed since, by `save`'s comparison."""
    return delete_alone(AccountItemRow(account_id, item), _is_as(loaded))
