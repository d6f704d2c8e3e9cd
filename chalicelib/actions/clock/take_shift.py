"""Take a shift of somebody else's."""

from datetime import datetime

from chalicelib import log
from chalicelib.actions.retry_stale import retry_stale
from chalicelib.domain.clock.rota import Shift, take_shift
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller
from chalicelib.store import rotas
from chalicelib.store.stale_write import StaleWrite


def take_over_shift(rota_id: str, begins_at: datetime, *, by: Caller, at: Instant) -> Shift:
    """Put the caller on call for what is left of the shift that begins at `begins_at`, and return it as theirs.

    Raises NotFound for a rota or shift that is not there, InvalidRequest for one that is over or the caller's own.
    """

    def take() -> Shift:
        loaded = rotas.load(by.account_id, rota_id)
        rota, shift = take_shift(loaded.rota, begins_at, by.id, at)
        taken = loaded.model_copy(update={"rota": rota, "updated_at": at, "version": loaded.version + 1})
        if not rotas.save(taken, loaded):
            raise StaleWrite
        return shift.model_copy(update={"person": by.id, "begins_at": max(shift.begins_at, at), "is_override": True})

    taken = retry_stale(take, what="The rota")
    log.info("shift taken", rota_id=rota_id)
    return taken
