"""Read, save and delete rotas."""

from chalicelib import log
from chalicelib.actions.retry_stale import retry_stale
from chalicelib.domain.clock.rota import Rota
from chalicelib.domain.clock.saved import SavedRota, is_rota_id
from chalicelib.domain.errors import InvalidRequest, NotFound
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller, Role
from chalicelib.store import engineers, rotas
from chalicelib.store.stale_write import StaleWrite

MOST_ROTAS = 50
"""How many rotas an account may have: the clock reads them all."""


def list_rotas(*, by: Caller) -> list[SavedRota]:
    """Return the rotas of the caller's account by id."""
    return rotas.list_all(by.account_id)


def read_rota(rota_id: str, *, by: Caller) -> SavedRota:
    """Return a rota of the caller's account. Raises NotFound."""
    return rotas.load(by.account_id, rota_id)


def save_rota(rota_id: str, name: str, rota: Rota, read: int | None, *, by: Caller, at: Instant) -> SavedRota:
    """Create the rota, or replace it; its calendar's token stays. `read` is the version that it replaces, None any.

    Raises InvalidRequest naming what cannot be right, NotFound for a version of a rota that is not there any more, and
    InvalidState when it has been saved since `read`.
    """
    if not is_rota_id(rota_id):
        raise InvalidRequest("/rota_id", "An id is 1 to 64 of A-Z, a-z, 0-9, - and _, with no - or _ first.")
    _require_known_people(rota, by.account_id)

    def save() -> SavedRota:
        loaded = rotas.find(by.account_id, rota_id)
        if loaded is None:
            if read is not None:
                raise NotFound("rota")
            _require_room(by.account_id)
        elif read == loaded.version - 1 and (loaded.name, loaded.rota) == (name, rota):
            return loaded  # the same change once more: its first answer may have been lost
        else:
            loaded.require_version(read)
        saved = SavedRota(
            account_id=by.account_id,
            id=rota_id,
            name=name,
            rota=rota,
            calendar_token=loaded.calendar_token if loaded else None,
            updated_at=at,
            version=loaded.version + 1 if loaded else 1,
        )
        if not rotas.save(saved, loaded):
            raise StaleWrite
        return saved

    saved = retry_stale(save, what="The rota")
    log.info("rota saved", rota_id=rota_id, version=saved.version)
    return saved


def delete_rota(rota_id: str, *, by: Caller) -> None:
    """Delete a rota of the caller's account, and with it the key to its calendar. Raises NotFound."""

    def delete() -> None:
        if not rotas.delete(rotas.load(by.account_id, rota_id)):
            raise StaleWrite

    retry_stale(delete, what="The rota")
    log.info("rota deleted", rota_id=rota_id)


def _require_known_people(rota: Rota, account_id: str) -> None:
    able = {one.id for one in engineers.read_all(account_id) if one.role.is_at_least(Role.ENGINEER)}
    named = [(f"/people/{index}", person) for index, person in enumerate(rota.people)]
    named += [(f"/overrides/{index}/person", each.person) for index, each in enumerate(rota.overrides)]
    for pointer, person in named:
        if person not in able:
            raise InvalidRequest(pointer, "There is nobody with this id and a role of engineer or higher here.")


def _require_room(account_id: str) -> None:
    if len(rotas.list_all(account_id)) >= MOST_ROTAS:
        raise InvalidRequest("/rota_id", f"An account has {MOST_ROTAS} rotas at most.")
