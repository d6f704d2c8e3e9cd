"""Writes of a handoff and its session that go through together or not at all."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.errors import NotFound
from chalicelib.domain.session import Session
from chalicelib.domain.turn import Note
from chalicelib.store.handoff_rows import handoff_in
from chalicelib.store.rows.handoffs import HandoffRow
from chalicelib.store.rows.sessions import SessionRow
from chalicelib.store.stale_write import StaleWrite
from chalicelib.store.transactions import ConditionFailed, Transaction


class Update(NamedTuple):
    """A change of the handoff's row or of the session's, and what has to hold for it."""

    row: HandoffRow | SessionRow
    actions: Sequence[Action]
    condition: Condition


class Written(NamedTuple):
    """What somebody writes when a session changes hands, and the session as it was loaded for it."""

    session: Session
    note: Note | None


def as_written(update: Update, written: Written | None) -> Update:
    """Return the session's update, if its note's place among the turns is still free."""
    if written is None:
        return update
    has_no_more = SessionRow.turn_count == written.session.turn_count
    return update._replace(condition=update.condition & has_no_more)


def move_together(
    handoff: Update,
    session: Update,
    look: Callable[[HandoffRow], None] | None = None,
    transaction: Transaction | None = None,
) -> None:
    """Change both, with what else the transaction holds. `look` comes before each further try and may raise.

    Raises NotFound, or StaleWrite with the handoff as it stands, where that was the reason.
    """
    transaction = transaction or Transaction()
    transaction.update(handoff.row, handoff.actions, HandoffRow.handoff_id.exists() & handoff.condition)
    transaction.update(session.row, session.actions, SessionRow.session_id.exists() & session.condition)
    row = HandoffRow(*handoff.row.key_values)
    commit_or_stale(transaction, handoff.row, partial(look, row) if look else None)


def commit_or_stale(
    transaction: Transaction, handoff: HandoffRow | SessionRow | None, look: Callable[[], None] | None = None
) -> None:
    """Commit; a condition that failed is NotFound or StaleWrite, with the handoff that stood in the way."""
    try:
        transaction.commit(look)
    except ConditionFailed as failure:
        if handoff and failure.failed(handoff) and not failure.image(handoff):
            raise NotFound("handoff") from failure
        image = failure.image(handoff) if handoff else None
        raise StaleWrite(handoff=handoff_in(image) if image else None) from failure
