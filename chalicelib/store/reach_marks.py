"""When a message last reached a person, by place: a part of their row of the directory."""

from typing import Any

from pynamodb.expressions.condition import Condition

from chalicelib.domain.deliveries.reach_marks import RENEWED_AFTER
from chalicelib.domain.instants import Instant, format_instant
from chalicelib.store.rows.engineers import EngineerRow
from chalicelib.store.transactions import update_alone

_KEPT = EngineerRow.reached


def note(account_id: str, engineer_id: str, place: str, at: Instant) -> bool:
    """Write that a message reached somebody's `place` at `at`; False where a mark of the last day says so already."""
    written, known = format_instant(at), _KEPT[place]
    is_due: Condition = known.does_not_exist() | (known <= format_instant(at - RENEWED_AFTER))
    row = EngineerRow(account_id, engineer_id)
    return _wrote(row, known.set(written), _KEPT.exists() & is_due) or _wrote(
        row, _KEPT.set({place: written}), _KEPT.does_not_exist()
    )


def forget(account_id: str, engineer_id: str, place: str) -> None:
    """Forget that a message ever reached somebody's `place`."""
    _wrote(EngineerRow(account_id, engineer_id), _KEPT[place].remove(), _KEPT.exists())


def _wrote(row: EngineerRow, action: Any, condition: Condition) -> bool:
    return update_alone(row, [action], EngineerRow.name.exists() & condition)
