"""Slots for calls of a system that answers only so many at once: each taken by one process, for a while at most."""

import random
from datetime import timedelta
from typing import NamedTuple

from chalicelib.domain.instants import Instant
from chalicelib.store.keys import calls_key
from chalicelib.store.rows.integrations import CallSlotRow
from chalicelib.store.transactions import put_alone, update_alone

LEASE = timedelta(minutes=5)
"""How long a slot stays taken when the process that took it died."""


class CallSlot(NamedTuple):
    """A slot that was taken, until when (seconds since 1970)."""

    number: int
    until_s: int


def take(account_id: str, integration_id: str, most: int, at: Instant) -> CallSlot | None:
    """Take one of `most` slots of the integration, None when all are taken."""
    now_s, until_s = int(at.timestamp()), int((at + LEASE).timestamp())
    for number in random.sample(range(most), most):
        is_free = CallSlotRow.expires_at.does_not_exist() | (CallSlotRow.expires_at < now_s)
        if put_alone(CallSlotRow(*_key(account_id, integration_id, number), expires_at=until_s), is_free):
            return CallSlot(number, until_s)
    return None


def give_back(account_id: str, integration_id: str, slot: CallSlot) -> None:
    """Give a slot back; one that was taken by somebody else meanwhile stays theirs."""
    row = CallSlotRow(*_key(account_id, integration_id, slot.number))
    update_alone(row, [CallSlotRow.expires_at.set(0)], CallSlotRow.expires_at == slot.until_s)


def _key(account_id: str, integration_id: str, number: int) -> tuple[str, str]:
    return calls_key(account_id), f"{integration_id}#{number}"
