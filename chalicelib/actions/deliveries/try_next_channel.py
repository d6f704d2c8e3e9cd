"""Tell a person by their next channel what could not be told by the first."""

from chalicelib import log
from chalicelib.actions.deliveries.find_people_told import find_told
from chalicelib.actions.deliveries.order_deliveries import order_deliveries
from chalicelib.actions.deliveries.sent_kinds import sent_kinds
from chalicelib.domain.deliveries.ledger import LedgerEntry
from chalicelib.domain.deliveries.next_channel import is_lost, next_recipients
from chalicelib.domain.instants import Instant
from chalicelib.store import addressees, deliveries, devices, handoffs


def try_next_channel(entry: LedgerEntry, *, at: Instant) -> int:
    """Order what reaches the person of `entry`, which has failed for good, by another kind; return how many messages.

    Each kind is tried once for an event: what is ordered has a place of its own in the ledger, so doing this again
    orders nothing twice. Raises Unavailable while the queue takes nothing.
    """
    person = addressees.find(entry.account_id, entry.recipient.id) if is_lost(entry) else None
    if person is None:
        return 0
    event = entry.event
    handoff = handoffs.find_of(event)
    sorts = find_told(event, handoff).told.get(person.engineer.id, frozenset())
    entries = deliveries.all_of_event_to(entry)
    owned = devices.load(entry.account_id, person.engineer.id)
    found = next_recipients(entry, entries, person, sorts, owned, sent_kinds())
    order_deliveries([LedgerEntry.planned(event, recipient, at) for recipient in found])
    log.info("next channel tried", recipient_id=person.engineer.id, deliveries=len(found))
    return len(found)
