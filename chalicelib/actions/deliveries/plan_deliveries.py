"""Decide who is told of an event, write each delivery down, and order it to be sent."""

from chalicelib import log
from chalicelib.actions.deliveries.find_people_told import find_people_told
from chalicelib.actions.deliveries.order_deliveries import order_deliveries
from chalicelib.domain.deliveries.ledger import LedgerEntry
from chalicelib.domain.deliveries.plan import (
    ends_the_wait,
    gathered_pushes_to_replace,
    pushes_to_replace,
    recipients_of,
)
from chalicelib.domain.events import Event
from chalicelib.domain.instants import Instant
from chalicelib.store import channels, deliveries, handoffs


def plan_deliveries(event: Event, *, at: Instant) -> int:
    """Plan the deliveries of `event`; return how many there are.

    The entry is written before the order: a crash in between is repaired when the event comes again, and an order that
    comes twice finds its entry taken. Raises Unavailable while the queue takes nothing.
    """
    handoff = handoffs.find_of(event)
    recipients = recipients_of(event, handoff, channels.list_all(event.account_id))
    recipients += find_people_told(event, handoff)
    if event.handoff_id and ends_the_wait(event):
        entries = deliveries.all_of_subject(event.account_id, event.handoff_id)
        recipients += [*pushes_to_replace(entries, recipients), *gathered_pushes_to_replace(entries)]
    order_deliveries([LedgerEntry.planned(event, recipient, at) for recipient in recipients])
    log.info("deliveries planned", event_id=event.id, type=event.type.value, deliveries=len(recipients))
    return len(recipients)
