"""Which sessions are about which ticket."""

from chalicelib.domain.session import Session
from chalicelib.store.keys import ticket_position, tickets_key
from chalicelib.store.rows.integrations import TicketLinkRow
from chalicelib.store.transactions import Transaction, put_alone


def add(session: Session) -> None:
    """Link the session's ticket to it, before the session is there: a link to nothing does no harm.

    A session that names no ticket, or not where it is, has no link.
    """
    if link := _link_of(session):
        put_alone(link, None)


def move(transaction: Transaction, was: Session, now: Session) -> None:
    """Link the ticket that the session is to name, and no longer the one that it names."""
    former, link = _link_of(was), _link_of(now)
    if former:
        transaction.delete(former, None)
    if link:
        transaction.put(link, None)


def _link_of(session: Session) -> TicketLinkRow | None:
    if session.psa_ticket_id is None or session.integration_id is None:
        return None
    position = ticket_position(session.integration_id, session.psa_ticket_id, session.id)
    return TicketLinkRow(tickets_key(session.account_id), position, session_id=session.id)


def list_sessions(account_id: str, integration_id: str, ticket_id: str) -> list[str]:
    """Return the ids of all sessions linked to the ticket, by id."""
    is_of_it = TicketLinkRow.integration_id.startswith(ticket_position(integration_id, ticket_id))
    needed = [TicketLinkRow.session_id.attr_name]
    rows = TicketLinkRow.query(tickets_key(account_id), is_of_it, consistent_read=True, attributes_to_get=needed)
    return [row.session_id for row in rows]
