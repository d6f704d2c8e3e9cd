"""What the clock has to look at."""

from collections.abc import Iterator
from typing import NamedTuple

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.handoff import Handoff
from chalicelib.domain.instants import Instant
from chalicelib.store.keys import shard_of
from chalicelib.store.mapping import to_seconds
from chalicelib.store.rows.handoffs import HandoffRow
from chalicelib.store.transactions import update_alone


class DueHandoff(NamedTuple):
    """A handoff whose moment has come, as the index knows it."""

    account_id: str
    handoff_id: str


def list_due(shard: int, now: Instant, limit: int) -> Iterator[DueHandoff]:
    """Yield up to `limit` handoffs of one shard that are due by `now`, the longest overdue first."""
    rows = HandoffRow.agenda.query(shard, HandoffRow.due_at <= int(now.timestamp()), limit=limit)
    return (DueHandoff(row.account_id, row.handoff_id) for row in rows)


def put_off(handoff: Handoff, due_at: Instant | None) -> bool:
    """Look at the handoff, as it was loaded, at another time, or (None) not again; False when it has changed."""
    row = HandoffRow(handoff.account_id, handoff.id)
    actions = leave_agenda() if due_at is None else enter_agenda(handoff.id, due_at)
    return update_alone(row, actions, is_as_seen(handoff))


def enter_agenda(handoff_id: str, due_at: Instant) -> list[Action]:
    """Have the clock look at the handoff at that time."""
    return [HandoffRow.shard.set(shard_of(handoff_id)), HandoffRow.due_at.set(to_seconds(due_at))]


def leave_agenda() -> list[Action]:
    """Have the clock leave the handoff alone."""
    return [HandoffRow.shard.remove(), HandoffRow.due_at.remove()]


def is_as_seen(handoff: Handoff) -> Condition:
    """The condition that neither the due moment nor the holder has changed since the handoff was loaded."""
    due = HandoffRow.due_at
    is_due = due == to_seconds(handoff.due_at) if handoff.due_at else due.does_not_exist()
    return is_due & (HandoffRow.claim_epoch == handoff.claim_epoch)
