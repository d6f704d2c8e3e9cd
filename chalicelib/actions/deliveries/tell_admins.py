"""Tell the admins by e-mail of something that concerns the account."""

from chalicelib.actions.deliveries.find_people_told import find_admins_told
from chalicelib.actions.deliveries.order_delivery import order_delivery
from chalicelib.domain.deliveries.ledger import LedgerEntry
from chalicelib.domain.events import Event
from chalicelib.domain.instants import Instant


def tell_admins(event: Event, *, at: Instant) -> None:
    """Order an e-mail of `event` to each admin who gets e-mail at all; the same event tells each of them once.

    Raises Unavailable while the queue takes nothing.
    """
    for recipient in find_admins_told(event.account_id):
        order_delivery(LedgerEntry.planned(event, recipient, at))
