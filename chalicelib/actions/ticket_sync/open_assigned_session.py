"""Open a session for the engineer whom a ticket is assigned to."""

from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from chalicelib import log
from chalicelib.domain.integration import Integration
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Engineer, Person, Role
from chalicelib.domain.psa import PsaRefused, PsaTicket, ticket_name
from chalicelib.domain.session import Session, SessionCase, SessionStatus
from chalicelib.domain.ticket_facts import TicketFacts, assigned_session_id
from chalicelib.store import engineers, sessions

if TYPE_CHECKING:
    from chalicelib.adapters.psa.clients import Psa

UNTITLED = "(no summary)"
_PAGE = 100


def open_assigned_session(
    integration: Integration, ticket: PsaTicket, facts: TicketFacts, linked: list[Session], *, at: datetime
) -> Session | None:
    """Open a session for the ticket's owner, if it is open and they are in the directory and have none for it.

    However often the same assignment is worked, it is one session. Its owner's earlier ones count when they ended with
    the ticket, which has been opened again since; one that people resolved here is not begun anew. Raises
    PsaUnavailable when the PSA does not say who the owner is.
    """
    if ticket.is_closed or not (ticket.owner_id or ticket.owner_email):
        return None
    engineer = _owner(integration, ticket)
    if engineer is None:
        return None
    theirs = [session for session in linked if _is_of(session, engineer)]
    if not all(_ended_with_ticket(session) for session in theirs):
        return None
    account_id, round_ = integration.account_id, len(theirs)
    session_id = assigned_session_id(account_id, integration.id, ticket.id, engineer.id, round_)
    session = sessions.create(_new(session_id, integration, ticket, facts, engineer, at), None)
    log.info("session opened for an assignment", session_id=session.id, integration_id=integration.id)
    return session


def _is_of(session: Session, engineer: Engineer) -> bool:
    return engineer.id in (session.owner.id, session.holder.id if session.holder else None)


def _ended_with_ticket(session: Session) -> bool:
    is_over = session.status is SessionStatus.RESOLVED
    return is_over and session.psa_ticket is not None and session.psa_ticket.is_closed


def _owner(integration: Integration, ticket: PsaTicket) -> Engineer | None:
    email = ticket.owner_email or integration.ticket_mapping.email_of(ticket.owner_id, ticket.owner_login)
    if email is None and ticket.owner_id:
        from chalicelib.adapters.psa.clients import psa_of

        email = _email_in(psa_of(integration), ticket.owner_id)
    return _engineer_at(integration.account_id, email) if email else None


@lru_cache(maxsize=1000)  # by client, which is another once the settings are; people rarely get new addresses
def _email_in(psa: "Psa", owner_id: str) -> str | None:
    try:
        return psa.read_email(owner_id)
    except PsaRefused:  # our user may read tickets and not people; then only the map of owners helps
        log.info("owner unknown")
        return None


def _engineer_at(account_id: str, email: str) -> Engineer | None:
    """The engineer with this address, in any case; viewers hold no sessions."""
    cursor: str | None = None
    while True:
        page = engineers.list_all(account_id, PageRequest(_PAGE, cursor))
        for engineer in page.items:
            if engineer.email.casefold() == email.casefold() and engineer.role.is_at_least(Role.ENGINEER):
                return engineer
        if page.next_cursor is None:
            return None
        cursor = page.next_cursor


def _new(
    session_id: str,
    integration: Integration,
    ticket: PsaTicket,
    facts: TicketFacts,
    engineer: Engineer,
    at: datetime,
) -> Session:
    person = Person(id=engineer.id, name=engineer.name)
    case = SessionCase(
        problem_summary=facts.summary or UNTITLED,
        psa_ticket_id=ticket_name(ticket.number),
        integration_id=integration.id,
        psa_ticket=facts,
    )
    return Session.opened(session_id, integration.account_id, person, case, at=at)
