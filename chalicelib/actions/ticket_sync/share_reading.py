"""Have one reading of a ticket serve every delivery about it that came before the reading began (ADR 0036)."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from chalicelib import log
from chalicelib.contracts.delivery_message import DeliveryMessage
from chalicelib.domain.integration import Integration, PsaKind
from chalicelib.domain.psa import PsaUnavailable, ticket_name
from chalicelib.domain.webhook_delivery import TicketEvent
from chalicelib.store import ticket_reads
from chalicelib.store.ticket_reads import ReadTurn

WAIT_S = 3.0
"""How long a run waits for another one that reads the same ticket; what it then lacks comes again later."""

_STEP_S = 0.25


@contextmanager
def shared_reading(
    integration: Integration, message: DeliveryMessage, clock: Callable[[], datetime], *, wait_s: float = WAIT_S
) -> Iterator[bool]:
    """Yield whether the block has to read the ticket; False when a reading since the message came has served it.

    A block that ends in an error has served nobody, and the next one reads. Raises PsaUnavailable while another run
    goes on reading. What says itself how a ticket is, or that it is gone, is never served by a reading.
    """
    since, delivery = message.received_at, message.delivery
    if since is None or integration.kind is PsaKind.STANDARD or delivery.event is TicketEvent.DELETED:
        yield True
        return
    place = (integration.account_id, integration.id, ticket_name(delivery.ticket_id, integration.kind))
    ends_at = time.monotonic() + wait_s
    while (turn := ticket_reads.take(*place, since=since, at=(began_at := clock()))) is ReadTurn.BUSY:
        if time.monotonic() >= ends_at:
            raise PsaUnavailable("Another run is reading this ticket.")
        time.sleep(_STEP_S)
    if turn is ReadTurn.SERVED:
        log.count("DeliveriesServed", Kind=integration.kind.value)
        yield False
        return
    is_done = False
    try:
        yield True
        is_done = True
    finally:
        ticket_reads.end(*place, began_at=began_at, is_done=is_done)
