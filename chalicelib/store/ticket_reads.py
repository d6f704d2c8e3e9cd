"""Readings of tickets that several deliveries tell of: one run reads at a time, and serves all that came before it."""

from datetime import datetime, timedelta
from enum import Enum, auto

from pynamodb.exceptions import DoesNotExist

from chalicelib.domain.instants import Instant
from chalicelib.store.keys import reads_key
from chalicelib.store.rows.integrations import TicketReadRow
from chalicelib.store.transactions import update_alone

LEASE = timedelta(minutes=1)
"""How long a reading is waited for whose run died."""

KEPT = timedelta(hours=1)
"""Longer than a delivery waits in the queue as long as nothing fails; after that a ticket is read once too often."""


class ReadTurn(Enum):
    """Whether to read a ticket now."""

    TAKEN = auto()
    BUSY = auto()
    SERVED = auto()


def take(account_id: str, integration_id: str, ticket_id: str, *, since: Instant, at: Instant) -> ReadTurn:
    """Take the turn of reading a ticket, unless another run has it, or read the ticket from after `since` on."""
    row, began_at, until = (
        _row(account_id, integration_id, ticket_id),
        TicketReadRow.began_at,
        TicketReadRow.taken_until,
    )
    is_needed = began_at.does_not_exist() | (began_at <= _ms(since))
    is_free = until.does_not_exist() | (until < _ms(at))
    taken = [
        until.set(_ms(at + LEASE)),
        TicketReadRow.expires_at.set(int((at + KEPT).timestamp())),
        TicketReadRow.layout.set(TicketReadRow.LAYOUT),
    ]
    if update_alone(row, taken, is_needed & is_free):
        return ReadTurn.TAKEN
    try:
        known = TicketReadRow.get(row.account_id, row.integration_id, consistent_read=True)
    except DoesNotExist:
        return ReadTurn.BUSY
    return ReadTurn.SERVED if known.began_at and known.began_at > _ms(since) else ReadTurn.BUSY


def end(account_id: str, integration_id: str, ticket_id: str, *, began_at: Instant, is_done: bool) -> None:
    """Give the turn back that was taken at `began_at`; one that somebody else has taken since stays theirs."""
    row, until = _row(account_id, integration_id, ticket_id), TicketReadRow.taken_until
    served = [TicketReadRow.began_at.set(_ms(began_at))] if is_done else []
    update_alone(row, [until.remove(), *served], until == _ms(began_at + LEASE))


def _row(account_id: str, integration_id: str, ticket_id: str) -> TicketReadRow:
    return TicketReadRow(reads_key(account_id), f"{integration_id}#{ticket_id}")


def _ms(at: datetime) -> int:
    return round(at.timestamp() * 1000)
