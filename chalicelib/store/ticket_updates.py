"""What a ticket's change writes to a session, whoever holds it: facts, a turn, and the end of it. The epoch stays."""

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.domain.assessment import Verdict
from chalicelib.domain.handoff import Handoff, HandoffStatus
from chalicelib.domain.instants import format_instant
from chalicelib.domain.people import Person
from chalicelib.domain.session import Session
from chalicelib.domain.ticket_facts import TicketFacts
from chalicelib.domain.turn import Message
from chalicelib.store import ticket_links
from chalicelib.store.keys import session_key
from chalicelib.store.mapping import to_attributes, to_document
from chalicelib.store.rows import HandoffRow, SessionRow, TurnRow
from chalicelib.store.session_updates import signed, unqueue
from chalicelib.store.transactions import ConditionFailed, Transaction, update_alone


def refresh(session: Session, facts: TicketFacts) -> bool:
    """Write the facts to the session as it was loaded; return False, with nothing written, when it has changed."""
    row = SessionRow(session.account_id, session.id)
    return update_alone(row, [SessionRow.psa_ticket.set(to_document(facts))], _is_as_loaded(session))


def tell(session: Session, facts: TicketFacts, turn: Message) -> bool:
    """Write the facts, and a turn that tells what is new, to the session as it was loaded; False when it has changed.

    It is a quiet turn: the session keeps its place in the lists of those who work on it.
    """
    transaction = Transaction()
    actions: list[Action] = [SessionRow.psa_ticket.set(to_document(facts))]
    _add_turn(transaction, session, turn, actions)
    return _commit(transaction)


def move(session: Session, ticket_id: str, turn: Message) -> bool:
    """Write that the session is about another ticket from now on, and a turn about it; False when it has changed.

    What was known of the former ticket goes. The new one is linked first: a link to nothing does no harm.
    """
    ticket_links.add(session.model_copy(update={"psa_ticket_id": ticket_id}))
    transaction = Transaction()
    actions: list[Action] = [SessionRow.psa_ticket_id.set(ticket_id), SessionRow.psa_ticket.remove()]
    _add_turn(transaction, session, turn, actions)
    return _commit(transaction)


def close(session: Session, handoff: Handoff | None, turn: Message, resolved: Session, by: Person) -> bool:
    """Write the end of the session as it was loaded, and of its open handoff; False when either has changed.

    A handoff that waits is withdrawn, one that was claimed is resolved, both by `by`, the PSA.
    """
    at = resolved.updated_at
    transaction = Transaction()
    actions: list[Action] = [
        SessionRow.status.set(resolved.status.value),
        SessionRow.resolution.set(resolved.resolution or ""),
        SessionRow.open_handoff_id.remove(),
        SessionRow.resolved_at.set(format_instant(at)),
        SessionRow.updated_at.set(format_instant(at)),
    ]
    if resolved.psa_ticket:
        actions.append(SessionRow.psa_ticket.set(to_document(resolved.psa_ticket)))
    _add_turn(transaction, session, turn, actions)
    if handoff:
        ends = [*_end_of(handoff), *signed(by, at)]
        is_same = (HandoffRow.status == handoff.status.value) & (HandoffRow.version == handoff.version)
        transaction.update(HandoffRow(handoff.account_id, handoff.id), ends, is_same)
    return _commit(transaction)


def _end_of(handoff: Handoff) -> list[Action]:
    if handoff.status is HandoffStatus.UNCLAIMED:
        return [HandoffRow.status.set(HandoffStatus.WITHDRAWN.value), *unqueue()]
    verdict: Verdict | None = handoff.judged(None)
    judged = [HandoffRow.verdict.set(verdict.value)] if verdict else []
    return [HandoffRow.status.set(HandoffStatus.RESOLVED.value), *judged]


def _add_turn(transaction: Transaction, session: Session, turn: Message, actions: list[Action]) -> None:
    key = session_key(session.account_id, session.id)
    transaction.put(TurnRow(session_key=key, **to_attributes(turn)), TurnRow.seq.does_not_exist())
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


def _commit(transaction: Transaction) -> bool:
    try:
        transaction.commit()
    except ConditionFailed:
        return False
    return True
