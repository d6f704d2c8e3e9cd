"""The devices that people get push messages on: one item of the account for each person."""

from collections.abc import Iterable
from typing import Any

from chalicelib.domain.deliveries.device import Device, Devices
from chalicelib.store import accounts
from chalicelib.store.accounts import AccountItem
from chalicelib.store.mapping import plain, to_document
from chalicelib.store.rows.accounts import AccountItemRow

_OF_A_PERSON = "devices#"
_ITEMS = "items"


def load(account_id: str, engineer_id: str) -> Devices:
    """Return somebody's devices."""
    return _devices(accounts.find(account_id, _OF_A_PERSON + engineer_id))


def load_many(account_id: str, engineer_ids: Iterable[str]) -> dict[str, Devices]:
    """Return the devices of those who have any, by the ids of people: one batch read for each hundred of them."""
    places = [(account_id, _OF_A_PERSON + each) for each in dict.fromkeys(engineer_ids)]
    rows = AccountItemRow.batch_get(places) if places else ()
    return {row.item.removeprefix(_OF_A_PERSON): _in(plain(row.content), int(row.version)) for row in rows}


def save(account_id: str, engineer_id: str, devices: Devices, loaded: Devices) -> bool:
    """Write somebody's devices over what was loaded; return False when that has changed since."""
    before = AccountItem({}, loaded.version) if loaded.version else None
    content = {_ITEMS: [to_document(device) for device in devices.items]}
    return accounts.save(account_id, _OF_A_PERSON + engineer_id, content, before)


def row_of(account_id: str, engineer_id: str) -> AccountItemRow:
    """Return the key of somebody's devices, as a row to delete."""
    return AccountItemRow(account_id, _OF_A_PERSON + engineer_id)


def _devices(found: AccountItem | None) -> Devices:
    return _in(found.content, found.version) if found else Devices()


def _in(content: dict[str, Any], version: int) -> Devices:
    return Devices(items=tuple(Device.model_validate(one) for one in content[_ITEMS]), version=version)
