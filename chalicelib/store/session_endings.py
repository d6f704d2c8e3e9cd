"""How a session ends."""

from pynamodb.expressions.update import Action

from chalicelib.domain.assessment import Verdict
from chalicelib.domain.handoff import Handoff, HandoffStatus
from chalicelib.domain.handoff_change import HandoffChange
from chalicelib.domain.instants import Instant, format_instant
from chalicelib.domain.people import Caller, Person
from chalicelib.domain.session import Session
from chalicelib.store import session_ticket_notes
from chalicelib.store.handoff_rows import is_of_session
from chalicelib.store.mapping import set_or_remove
from chalicelib.store.paired_writes import Update, commit_or_stale, move_together
from chalicelib.store.rows.handoffs import HandoffRow
from chalicelib.store.rows.sessions import SessionDetailRow, SessionRow
from chalicelib.store.session_rows import detail_of
from chalicelib.store.session_updates import close, is_claimed_by, signed
from chalicelib.store.transactions import Transaction
from chalicelib.store.turns import is_as_loaded


def mark_resolved(
    session: Session, handoff: Handoff | None, verdict: Verdict | None, resolved: Session, by: Caller
) -> None:
    """Write `resolved` over `session` as it was loaded, and close the handoff it is held by, as it was loaded.

    Raises NotFound, or StaleWrite with the handoff as it stands, where that was the reason.
    """
    at, handoff_id = resolved.updated_at, handoff.id if handoff else None
    open_id = SessionRow.open_handoff_id
    update = Update(
        SessionRow(session.account_id, session.id),
        [
            SessionRow.status.set(resolved.status.value),
            open_id.remove(),
            SessionRow.updated_at.set(format_instant(at)),
        ],
        is_as_loaded(session) & (open_id == handoff_id if handoff_id else open_id.does_not_exist()),
    )
    transaction = Transaction()
    transaction.update(detail_of(session), ending(resolved), SessionDetailRow.session_id.exists())
    if handoff is None:
        transaction.update(*update)
        sign_newest_handoff(transaction, session, by.person, at)
        session_ticket_notes.sign_resolved(transaction, session, by.person, at)
        commit_or_stale(transaction, None)
        return
    closing = [*close(HandoffStatus.RESOLVED), *signed(HandoffChange.RESOLVED, by.person, at)]
    if verdict:
        closing.append(HandoffRow.verdict.set(verdict.value))
    condition = is_claimed_by(by.person) & (HandoffRow.version == handoff.version)
    move_together(
        Update(HandoffRow(session.account_id, handoff.id), closing, condition), update, transaction=transaction
    )


def sign_newest_handoff(transaction: Transaction, session: Session, by: Person, at: Instant) -> None:
    """Say in the newest handoff of a session that has no open one that it is resolved, where others are to hear of it.

    So it is when it was reopened, and when its holder, who has taken a handoff back, is not its owner.
    """
    is_of_others = session.holder is not None and session.holder.id != session.owner.id
    if session.newest_handoff_id is None or not (session.reopened_at or is_of_others):
        return
    row = HandoffRow(session.account_id, session.newest_handoff_id)
    actions = [HandoffRow.reopened_by.remove(), *signed(HandoffChange.RESOLVED, by, at)]
    transaction.update(row, actions, is_of_session(session.account_id, session.id))


def ending(resolved: Session) -> list[Action]:
    """Write how the session ended beside its row."""
    cause = SessionDetailRow.root_cause
    return [
        SessionDetailRow.resolution.set(resolved.resolution or ""),
        set_or_remove(cause, resolved.root_cause),
        SessionDetailRow.resolved_at.set(format_instant(resolved.updated_at)),
    ]
