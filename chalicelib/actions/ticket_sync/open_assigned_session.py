"""Open a session for the engineer whom a ticket is assigned to."""

from datetime import datetime

from chalicelib import log
from chalicelib.actions.ticket_sync.apply_ticket import psa_turn
from chalicelib.domain.integration import Integration, PsaKind
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Engineer, Person, Role
from chalicelib.domain.psa import PsaTicket, bare_address, ticket_name
from chalicelib.domain.reopening import awaits_reopening
from chalicelib.domain.session import Session, SessionCase, SessionStatus
from chalicelib.domain.ticket_facts import TicketFacts, assigned_session_id
from chalicelib.domain.titles import ticket_subject
from chalicelib.store import engineers, sessions, ticket_updates

UNTITLED = "(no summary)"
_PAGE = 100


def open_assigned_session(
    integration: Integration, ticket: PsaTicket, linked: list[Session], *, at: datetime
) -> Session | None:
    """Open a session for the ticket's owner, if it is open and they are in the directory and have none for it.

    While a handoff of the ticket waits or is held none is opened: its owner there is who claimed it, or a dispatcher's
    wish that people here settle. Nor is one for a ticket that was opened again while a session of it can be reopened.
    However often the same assignment is worked, it is one session. Its owner's earlier ones count when they ended with
    the ticket, which has been opened again since; one of a ticket that stayed open is not started again. Raises
    PsaUnavailable when the PSA does not say who the owner is.
    """
    if ticket.is_closed or not (ticket.owner_id or ticket.owner_email):
        return None
    if any(_is_settled(session, at) for session in linked):
        return None
    engineer = _owner(integration, ticket)
    if engineer is None:
        return None
    theirs = [session for session in linked if _is_of(session, engineer)]
    if not all(_ended_with_ticket(session) for session in theirs):
        return None
    ticket = _whole(integration, ticket)
    if ticket.is_closed:
        return None
    account_id, round_ = integration.account_id, len(theirs)
    session_id = assigned_session_id(account_id, integration.id, ticket.id, engineer.id, round_)
    session = sessions.create(_new(session_id, integration, ticket, engineer, at), None)
    _tell_of_others(integration, session, linked, at)
    log.info("session opened for an assignment", session_id=session.id, integration_id=integration.id)
    return session


def _whole(integration: Integration, ticket: PsaTicket) -> PsaTicket:
    """Return the ticket with all its facts: rows of a list, as Autotask's, have client and contact by number alone."""
    if ticket.named is None or integration.kind is PsaKind.STANDARD:
        return ticket
    from chalicelib.adapters.psa.clients import psa_of

    return psa_of(integration).read_ticket(ticket.id).mapped_by(integration.ticket_mapping)


def _tell_of_others(integration: Integration, session: Session, linked: list[Session], at: datetime) -> None:
    """Say in a new session who else works on its ticket; their sessions say that its owner is another now."""
    others = [one.holder.name for one in linked if one.status is not SessionStatus.RESOLVED and one.holder]
    if others and session.turn_count == 0 and session.ticket:
        text = f"{ticket_subject(session.psa_ticket_id)} is also worked on by {', '.join(sorted(set(others)))}."
        ticket_updates.tell(session, session.ticket, psa_turn(integration, session, text, at))


def _is_settled(session: Session, at: datetime) -> bool:
    """Whether it is settled in `session` who works on the ticket.

    It waits for somebody, or somebody holds it (ADR 0020); or its people were told that the ticket was opened again
    (ADR 0041).
    """
    return session.open_handoff_id is not None or awaits_reopening(session, at)


def _is_of(session: Session, engineer: Engineer) -> bool:
    return engineer.id in (session.owner.id, session.holder.id if session.holder else None)


def _ended_with_ticket(session: Session) -> bool:
    is_closed = session.ticket is not None and session.ticket.is_closed
    return session.status is SessionStatus.RESOLVED and (is_closed or session.ticket_reopened_at is not None)


def _owner(integration: Integration, ticket: PsaTicket) -> Engineer | None:
    email = bare_address(ticket.owner_email)
    email = email or integration.ticket_mapping.email_of(ticket.owner_id, ticket.owner_login)
    if email is None and ticket.owner_id:
        from chalicelib.adapters.psa.clients import email_of_owner

        email = bare_address(email_of_owner(integration, ticket.owner_id))
    return _engineer_at(integration.account_id, email) if email else None


def _engineer_at(account_id: str, email: str) -> Engineer | None:
    """The engineer with this address, in any case; viewers hold no sessions."""
    cursor: str | None = None
    while True:
        page = engineers.list_all(account_id, PageRequest(_PAGE, cursor))
        for engineer in page.items:
            if bare_address(engineer.email) == email and engineer.role.is_at_least(Role.ENGINEER):
                return engineer
        if page.next_cursor is None:
            return None
        cursor = page.next_cursor


def _new(
    session_id: str,
    integration: Integration,
    ticket: PsaTicket,
    engineer: Engineer,
    at: datetime,
) -> Session:
    facts = TicketFacts.of(ticket, read_at=at)
    person = Person(id=engineer.id, name=engineer.name)
    case = SessionCase(
        problem_summary=facts.title or UNTITLED,
        psa_ticket_id=ticket_name(ticket.number, integration.kind),
        integration_id=integration.id,
        ticket=facts,
    )
    return Session.opened(session_id, integration.account_id, person, case, at=at)
