"""Take somebody else's shift on call, and notify them."""

from datetime import datetime
from typing import NamedTuple

from chalicelib import log
from chalicelib.actions.deliveries.order_deliveries import order_deliveries
from chalicelib.actions.deliveries.sent_kinds import is_sent
from chalicelib.actions.retry_stale import retry_stale
from chalicelib.domain.clock.rota import Shift, take_shift
from chalicelib.domain.clock.saved import SavedRota
from chalicelib.domain.clock.shift_notice import shift_taken_event
from chalicelib.domain.deliveries.ledger import DeliveryKind, LedgerEntry
from chalicelib.domain.deliveries.people_told import emails_to
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.events import Event
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller
from chalicelib.store import addressees, rotas
from chalicelib.store.stale_write import StaleWrite


class _Taken(NamedTuple):
    """A rota as it was saved, the shift that was taken with that, and the id of whose it was."""

    saved: SavedRota
    shift: Shift
    former: str


def take_over_shift(rota_id: str, begins_at: datetime, *, by: Caller, at: Instant) -> Shift:
    """Put the caller on call for what is left of the shift that begins at `begins_at`, and return it as theirs.

    Whose it was gets an e-mail, unless they get none at all. A queue that takes no order for it undoes nothing. Raises
    NotFound for a rota or shift that is not there, InvalidRequest for one that is over or the caller's own.
    """
    written: list[_Taken] = []

    def take() -> _Taken:
        loaded = rotas.load(by.account_id, rota_id)
        if written and written[-1].saved == loaded:
            return written[-1]  # it was written, and the answer was lost
        rota, shift = take_shift(loaded.rota, begins_at, by.id, at)
        taken = loaded.model_copy(update={"rota": rota, "updated_at": at, "version": loaded.version + 1})
        theirs = {"person": by.id, "begins_at": max(shift.begins_at, at), "is_override": True}
        written.append(_Taken(taken, shift.model_copy(update=theirs), shift.person))
        if not rotas.save(taken, loaded):
            raise StaleWrite
        return written[-1]

    saved, shift, former = retry_stale(take, what="The rota")
    log.info("shift taken", rota_id=rota_id)
    _tell(former, shift_taken_event(saved, shift, by, at))
    return shift


def _tell(former: str, event: Event) -> None:
    person = addressees.find(event.account_id, former) if is_sent(DeliveryKind.EMAIL) else None
    if person is None or not person.takes_mail:
        return
    try:
        order_deliveries([LedgerEntry.planned(event, to, event.occurred_at) for to in emails_to([person.engineer])])
    except Unavailable as failure:
        log.error("shift taken untold", failure, event_id=event.id)
