"""Notify the admins by e-mail of something that concerns the account."""

from chalicelib.actions.deliveries.find_people_told import find_admins_told
from chalicelib.actions.deliveries.order_deliveries import order_deliveries
from chalicelib.domain.deliveries.ledger import LedgerEntry
from chalicelib.domain.events import Event
from chalicelib.domain.instants import Instant


def notify_admins(event: Event, *, at: Instant) -> None:
    """Order an e-mail of `event` to each admin who gets e-mail at all; the same event is sent to each of them once.

    Raises Unavailable while the queue takes nothing.
    """
    order_deliveries([LedgerEntry.planned(event, recipient, at) for recipient in find_admins_told(event.account_id)])
