"""Decide who is told of an event, write each delivery down, and order it to be sent."""

from chalicelib import log
from chalicelib.actions.deliveries.find_people_told import find_people_told
from chalicelib.actions.deliveries.order_deliveries import order_deliveries
from chalicelib.adapters.aws import notifications_queue
from chalicelib.contracts.plan_share import MOST_IN_SHARE, PlanShare
from chalicelib.domain.deliveries.ledger import LedgerEntry, Recipient
from chalicelib.domain.deliveries.plan import (
    ends_the_wait,
    gathered_pushes_to_replace,
    pushes_to_replace,
    recipients_of,
)
from chalicelib.domain.events import Event
from chalicelib.domain.instants import Instant
from chalicelib.domain.shares import shares_of
from chalicelib.store import accounts, channels, deliveries, handoffs


def plan_deliveries(event: Event, *, at: Instant) -> int:
    """Plan the deliveries of `event`; return how many there are.

    The first 50 are planned here, the others in shares that come by the queue (ADR 0059). Last, the account is put on
    the list of all accounts, so that readiness looks at it even if nobody opens the page. The entry is written before
    the order: a crash in between is repaired when the event comes again, and an order that comes twice finds its entry
    taken. Raises Unavailable while the queue takes nothing.
    """
    handoff = handoffs.find_of(event)
    recipients = recipients_of(event, handoff, channels.list_all(event.account_id))
    recipients += find_people_told(event, handoff)
    if event.handoff_id and ends_the_wait(event):
        entries = deliveries.all_of_subject(event.account_id, event.handoff_id)
        recipients += [*pushes_to_replace(entries, recipients), *gathered_pushes_to_replace(entries)]
    for share in shares_of(recipients[MOST_IN_SHARE:], MOST_IN_SHARE):
        notifications_queue.put(PlanShare(event=event, recipients=list(share)))
    _plan(event, recipients[:MOST_IN_SHARE], at)
    accounts.note_active_account(event.account_id)
    log.info("deliveries planned", event_id=event.id, type=event.type.value, deliveries=len(recipients))
    return len(recipients)


def plan_share(share: PlanShare, *, at: Instant) -> None:
    """Plan the deliveries of a share; doing it again orders nothing twice. Raises as `plan_deliveries` does."""
    _plan(share.event, share.recipients, at)


def _plan(event: Event, recipients: list[Recipient], at: Instant) -> None:
    order_deliveries([LedgerEntry.planned(event, recipient, at) for recipient in recipients])
