"""Write a ticket's change to its session: facts, a turn, and the end. Any holder keeps the session; the epoch stays."""

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.handoff import Handoff, HandoffStatus
from chalicelib.domain.handoff_change import HandoffChange
from chalicelib.domain.instants import format_instant
from chalicelib.domain.people import Person
from chalicelib.domain.session import Session
from chalicelib.domain.ticket_facts import TicketFacts
from chalicelib.domain.turn import Message, Note
from chalicelib.store import handoff_updates, session_updates, ticket_links
from chalicelib.store.agenda import enter_agenda
from chalicelib.store.handoff_rows import is_of_session
from chalicelib.store.handoff_updates import Refreshed
from chalicelib.store.keys import session_key
from chalicelib.store.mapping import to_document, turn_row
from chalicelib.store.rows.handoffs import HandoffRow
from chalicelib.store.rows.sessions import SessionDetailRow, SessionRow
from chalicelib.store.rows.turns import TurnRow
from chalicelib.store.session_endings import ending, sign_newest_handoff
from chalicelib.store.session_rows import detail_of
from chalicelib.store.session_updates import dated, signed
from chalicelib.store.transactions import Transaction

_IS_THERE = SessionDetailRow.session_id.exists()


def refresh(session: Session, facts: TicketFacts, handoff: Refreshed | None = None) -> bool:
    """Write the facts beside the session as it was loaded, and on the row of its open handoff, if they change that.

    Return False, with nothing written, when session or handoff has changed.
    """
    transaction = Transaction()
    transaction.check(SessionRow(session.account_id, session.id), _is_as_loaded(session))
    _write_facts(transaction, session, facts, handoff)
    return transaction.commits()


def tell(session: Session, facts: TicketFacts, turn: Message, handoff: Refreshed | None = None) -> bool:
    """Write the facts as `refresh` does, and a turn that tells what is new; False when session or handoff has changed.

    It is a quiet turn: the session keeps its place in the lists of those who work on it.
    """
    transaction = Transaction()
    _write_facts(transaction, session, facts, handoff)
    _add_turn(transaction, session, turn, [])
    return transaction.commits()


def tell_reopened(session: Session, facts: TicketFacts, note: Note) -> bool:
    """Write the facts of the ticket that was opened again, and the note that its people are told by.

    False when the session has changed. It stays resolved, and keeps its place in lists.
    """
    transaction = Transaction()
    is_open = SessionDetailRow.ticket_reopened_at.set(format_instant(note.created_at))
    transaction.update(detail_of(session), [*_known(session, facts), is_open], _IS_THERE)
    _add_turn(transaction, session, note, [])
    return transaction.commits()


def _write_facts(transaction: Transaction, session: Session, facts: TicketFacts, handoff: Refreshed | None) -> None:
    transaction.update(detail_of(session), _known(session, facts), _IS_THERE)
    if handoff:
        handoff_updates.refresh(transaction, handoff, facts.read_at)


def move(session: Session, ticket_id: str, turn: Message) -> bool:
    """Write that the session is about another ticket from now on, and a turn about it; False when it has changed.

    The open handoff, and so the queue, names the other ticket from the same moment; that it is still open is the
    session's condition. What was known of the former ticket goes, and its SLA time: the clock makes a new plan. The
    new one is linked first: a link to nothing does no harm.
    """
    ticket_links.add(session.model_copy(update={"psa_ticket_id": ticket_id}))
    transaction = Transaction()
    row = SessionDetailRow
    gone = [row.ticket.remove(), row.ticket_owner_changed_at.remove(), row.is_ticket_assumed_closed.remove()]
    transaction.update(detail_of(session), gone, _IS_THERE)
    _add_turn(transaction, session, turn, [SessionRow.psa_ticket_id.set(ticket_id)])
    if session.open_handoff_id:
        changes = [
            HandoffRow.psa_ticket_id.set(ticket_id),
            HandoffRow.sla_due_at.remove(),
            *enter_agenda(session.open_handoff_id, turn.created_at),
            *dated(HandoffChange.TICKET_MOVED, turn.created_at),
        ]
        handoff = HandoffRow(session.account_id, session.open_handoff_id)
        transaction.update(handoff, changes, is_of_session(session.account_id, session.id))
    return transaction.commits()


def close(session: Session, handoff: Handoff | None, turn: Message, resolved: Session, by: Person) -> bool:
    """Write the end of the session as it was loaded, and of its open handoff; False when either has changed.

    A handoff that waits is withdrawn, one that was claimed is resolved, both by `by`, the PSA.
    """
    at = resolved.updated_at
    transaction = Transaction()
    facts = _known(session, resolved.ticket) if resolved.ticket else []
    transaction.update(detail_of(session), [*ending(resolved), *facts], _IS_THERE)
    actions: list[Action] = [
        SessionRow.status.set(resolved.status.value),
        SessionRow.open_handoff_id.remove(),
        SessionRow.updated_at.set(format_instant(at)),
    ]
    _add_turn(transaction, session, turn, actions)
    if handoff:
        change, ends = _end_of(handoff)
        is_same = (HandoffRow.status == handoff.status.value) & (HandoffRow.version == handoff.version)
        transaction.update(HandoffRow(handoff.account_id, handoff.id), [*ends, *signed(change, by, at)], is_same)
    else:
        sign_newest_handoff(transaction, session, by, at)
    return transaction.commits()


def _known(session: Session, facts: TicketFacts) -> list[Action]:
    """Write what was read of the ticket; that it is closed is not assumed any more."""
    row = SessionDetailRow
    is_over = [row.ticket_reopened_at.remove()] if facts.is_closed else []
    is_given = session.ticket is not None and session.ticket.owner != facts.owner
    given = [row.ticket_owner_changed_at.set(format_instant(facts.read_at))] if is_given else []
    return [row.ticket.set(to_document(facts)), row.is_ticket_assumed_closed.remove(), *is_over, *given]


def _end_of(handoff: Handoff) -> tuple[HandoffChange, list[Action]]:
    if handoff.status is HandoffStatus.UNCLAIMED:
        return HandoffChange.WITHDRAWN, session_updates.close(HandoffStatus.WITHDRAWN)
    verdict = handoff.judged(None)
    judged = [HandoffRow.verdict.set(verdict.value)] if verdict else []
    return HandoffChange.RESOLVED, [*session_updates.close(HandoffStatus.RESOLVED), *judged]


def _add_turn(transaction: Transaction, session: Session, turn: Message | Note, actions: list[Action]) -> None:
    key = session_key(session.account_id, session.id)
    transaction.put(turn_row(key, turn), TurnRow.seq.does_not_exist())
    actions.append(SessionRow.turn_count.set(SessionRow.turn_count + 1))
    transaction.update(SessionRow(session.account_id, session.id), actions, _is_as_loaded(session))


def _is_as_loaded(session: Session) -> Condition:
    handoff_id = session.open_handoff_id
    return (
        (SessionRow.status == session.status.value)
        & (SessionRow.epoch == session.epoch)
        & (SessionRow.turn_count == session.turn_count)
        & (SessionRow.open_handoff_id == handoff_id if handoff_id else SessionRow.open_handoff_id.does_not_exist())
    )
