"""What the clock has to look at, and what it writes."""

from collections.abc import Iterator

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.agenda import DueHandoff
from chalicelib.domain.handoff import Handoff
from chalicelib.domain.instants import Instant
from chalicelib.store.keys import shard_of
from chalicelib.store.mapping import to_attributes, to_seconds
from chalicelib.store.rows.handoffs import HandoffRow
from chalicelib.store.transactions import update_alone

PLAN = (
    "to",
    "directed_until",
    "ladder_start",
    "level",
    "round",
    "is_level_assumed",
    "is_early",
    "kept_at",
    "asked_at",
    "waiting",
    "sla_warning",
    "next_moment",
    "look_s",
)
"""What a handoff's plan is made of, besides when it is due."""


def list_due(shard: int, now: Instant, limit: int) -> Iterator[DueHandoff]:
    """Yield up to `limit` handoffs of one shard that are due by `now`, the longest overdue first."""
    rows = HandoffRow.agenda.query(shard, HandoffRow.due_at <= int(now.timestamp()), limit=limit)
    return (DueHandoff(account_id=row.account_id, handoff_id=row.handoff_id, due_s=int(row.due_at)) for row in rows)


def replan(seen: Handoff, planned: Handoff) -> bool:
    """Write the plan of a handoff for which nothing was due; False when it has changed since it was seen."""
    row = HandoffRow(seen.account_id, seen.id)
    return update_alone(row, plan_actions(seen, planned), is_as_seen(seen))


def plan_actions(before: Handoff, after: Handoff) -> list[Action]:
    """Write what differs between the plans of two states of a handoff, and when it is due."""
    old, new = (to_attributes(state) for state in (before, after))
    actions: list[Action] = []
    for name in PLAN:
        if old.get(name) != new.get(name):
            attribute = getattr(HandoffRow, name)
            actions.append(attribute.set(new[name]) if name in new else attribute.remove())
    return [*actions, *(leave_agenda() if after.due_at is None else enter_agenda(after.id, after.due_at))]


def enter_agenda(handoff_id: str, due_at: Instant) -> list[Action]:
    """Have the clock look at the handoff at that time."""
    return [HandoffRow.shard.set(shard_of(handoff_id)), HandoffRow.due_at.set(to_seconds(due_at))]


def leave_agenda() -> list[Action]:
    """Have the clock leave the handoff alone."""
    return [HandoffRow.shard.remove(), HandoffRow.due_at.remove()]


def is_as_seen(handoff: Handoff) -> Condition:
    """The condition that nobody has changed the handoff since it was loaded, nor another run of the clock.

    Due moment and holder alone are not enough: a keep, or another priority, may leave the due second as it is.
    """
    due = HandoffRow.due_at
    is_due = due == to_seconds(handoff.due_at) if handoff.due_at else due.does_not_exist()
    return is_due & (HandoffRow.claim_epoch == handoff.claim_epoch) & (HandoffRow.version == handoff.version)
