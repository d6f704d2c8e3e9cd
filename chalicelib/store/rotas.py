"""The rotas of an account: the items `rota#<id>` of the table `accounts`."""

from chalicelib.domain.clock.saved import SavedRota
from chalicelib.domain.errors import NotFound
from chalicelib.store import accounts
from chalicelib.store.accounts import AccountItem

ITEM = "rota#"


def find(account_id: str, rota_id: str) -> SavedRota | None:
    """Return the rota, None when the account has none of that id."""
    item = accounts.find(account_id, ITEM + rota_id)
    return _rota_in(account_id, rota_id, item) if item else None


def load(account_id: str, rota_id: str) -> SavedRota:
    """Return the rota. Raises NotFound."""
    rota = find(account_id, rota_id)
    if rota is None:
        raise NotFound("rota")
    return rota


def list_all(account_id: str) -> list[SavedRota]:
    """Return the account's rotas by id: one query, of few items."""
    found = accounts.list_items(account_id, ITEM)
    return [_rota_in(account_id, name.removeprefix(ITEM), item) for name, item in found]


def save(rota: SavedRota, loaded: SavedRota | None) -> bool:
    """Write the rota over what was loaded, nothing or its earlier self; return False when that has changed since."""
    content = rota.model_dump(mode="json", exclude={"account_id", "id", "version"}, exclude_none=True)
    return accounts.save(rota.account_id, ITEM + rota.id, content, _as_loaded(loaded) if loaded else None)


def delete(rota: SavedRota) -> bool:
    """Delete the rota as it was loaded; return False when it has changed since."""
    return accounts.delete(rota.account_id, ITEM + rota.id, _as_loaded(rota))


def _as_loaded(rota: SavedRota) -> AccountItem:
    return AccountItem(rota.model_dump(mode="json", include={"updated_at"}), rota.version)


def _rota_in(account_id: str, rota_id: str, item: AccountItem) -> SavedRota:
    return SavedRota.model_validate({**item.content, "account_id": account_id, "id": rota_id, "version": item.version})
