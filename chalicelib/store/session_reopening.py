"""How a resolved session is worked on again."""

from pynamodb.expressions.update import Action

from chalicelib.domain.handoff_change import HandoffChange
from chalicelib.domain.instants import Instant, format_instant
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session
from chalicelib.domain.turn import Note
from chalicelib.store.handoff_rows import is_of_session
from chalicelib.store.mapping import to_document
from chalicelib.store.paired_writes import commit_or_stale
from chalicelib.store.rows.handoffs import HandoffRow
from chalicelib.store.rows.sessions import SessionDetailRow, SessionRow
from chalicelib.store.session_rows import detail_of, has_ticket_as_loaded
from chalicelib.store.session_updates import hold, signed
from chalicelib.store.transactions import Transaction
from chalicelib.store.turns import add_note


def mark_reopened(session: Session, reopened: Session, note: Note, by: Caller) -> None:
    """Write `reopened` over the resolved `session`, as it was loaded, with the note of the reason, in one transaction.

    Its newest handoff says so: ticket, history and the verdict on its assessment are told by it (ADR 0041).
    Raises StaleWrite when it is not as loaded any more, its ticket included.
    """
    at = reopened.updated_at
    transaction = Transaction()
    row = SessionRow(session.account_id, session.id)
    actions = [
        *hold(session.account_id, by.person, at),
        SessionRow.held_by.add({by.id}),
        *add_note(transaction, session, note),
    ]
    is_as_loaded = (
        (SessionRow.status == session.status.value)
        & (SessionRow.epoch == session.epoch)
        & (SessionRow.turn_count == session.turn_count)
    )
    transaction.update(row, actions, is_as_loaded)
    transaction.update(detail_of(session), _of_detail(reopened), has_ticket_as_loaded(session))
    if session.newest_handoff_id:
        handoff = HandoffRow(session.account_id, session.newest_handoff_id)
        transaction.update(handoff, _of_handoff(by, at), is_of_session(session.account_id, session.id))
    commit_or_stale(transaction, None)


def _of_detail(reopened: Session) -> list[Action]:
    row, is_assumed = SessionDetailRow, SessionDetailRow.is_ticket_assumed_closed
    return [
        row.resolved_at.remove(),
        row.ticket_reopened_at.remove(),
        row.reopened_at.set(format_instant(reopened.updated_at)),
        *([row.ticket.set(to_document(reopened.ticket))] if reopened.ticket else []),
        is_assumed.set(True) if reopened.is_ticket_assumed_closed else is_assumed.remove(),
    ]


def _of_handoff(by: Caller, at: Instant) -> list[Action]:
    return [
        HandoffRow.reopened_at.set(format_instant(at)),
        HandoffRow.reopened_by.set(by.person.model_dump()),
        *signed(HandoffChange.REOPENED, by.person, at),
    ]
