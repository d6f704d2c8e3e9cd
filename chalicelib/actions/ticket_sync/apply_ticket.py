"""Let one session know how its ticket stands."""

from datetime import datetime

from chalicelib import log
from chalicelib.domain.errors import NotFound, Unavailable
from chalicelib.domain.handoff import Handoff
from chalicelib.domain.integration import Integration, PsaKind
from chalicelib.domain.people import Person
from chalicelib.domain.psa import PsaTicket, bare_address, ticket_name
from chalicelib.domain.session import Session, SessionStatus
from chalicelib.domain.ticket_facts import TicketFacts, TicketUpdate, required_update
from chalicelib.domain.ticket_note_ledger import PSA_ACTOR
from chalicelib.domain.ticket_status import plain_label
from chalicelib.domain.titles import ticket_subject
from chalicelib.domain.turn import Author, AuthorKind, Message
from chalicelib.store import engineers, handoffs, sessions, ticket_updates

DELETED = "deleted"
"""The status that a ticket has here when the PSA has it no more."""

ATTEMPTS = 5
"""How often it is tried again when the session, or its handoff, changes in between."""


def apply_ticket(integration: Integration, session: Session, ticket: PsaTicket, *, at: datetime) -> bool:
    """Refresh, tell or end the session as the ticket's facts ask for; return whether anything was written.

    Raises Unavailable when the session keeps changing.
    """
    for _ in range(ATTEMPTS):
        facts = TicketFacts.of(ticket, read_at=at).completed(session.psa_ticket, ticket.named)
        ours = facts_set_by_us(integration, session, ticket)
        update = required_update(
            session.psa_ticket,
            facts,
            opened_at=session.created_at,
            is_over=session.status is SessionStatus.RESOLVED,
            is_message=integration.kind is PsaKind.STANDARD,
            ours=ours,
        )
        if update is TicketUpdate.NOTHING:
            return False
        if _take(update, integration, session, facts, ours, at):
            log.count("TicketsApplied", TicketUpdate=update.name.lower())
            return True
        session = sessions.load(session.account_id, session.id)
    raise Unavailable("The session keeps changing. Try again.", retry_after_s=1)


def note_deletion(integration: Integration, session: Session, *, at: datetime) -> bool:
    """Tell the session that its ticket is gone from the PSA; what becomes of the session is for people to say.

    Raises Unavailable when the session keeps changing.
    """
    for _ in range(ATTEMPTS):
        known = session.psa_ticket
        if session.status is SessionStatus.RESOLVED or (known and known.status == DELETED):
            return False
        text = f"{ticket_subject(session.psa_ticket_id)} has been deleted in {integration.name}."
        if ticket_updates.tell(session, _deleted(session, at), psa_turn(integration, session, text, at)):
            return True
        session = sessions.load(session.account_id, session.id)
    raise Unavailable("The session keeps changing. Try again.", retry_after_s=1)


def follow_merge(integration: Integration, session: Session, ticket: PsaTicket, *, at: datetime) -> bool:
    """Have the session go on with the ticket that its own was merged into; return whether anything was written.

    A merge there does not end the session here: the engineer still waits for help. Raises Unavailable when the session
    keeps changing.
    """
    parent = ticket_name(ticket.merged_into or "", integration.kind)
    for _ in range(ATTEMPTS):
        if session.status is SessionStatus.RESOLVED or session.psa_ticket_id == parent:
            return False
        text = f"{ticket_subject(session.psa_ticket_id)} was merged into #{parent} in {integration.name}."
        if ticket_updates.move(session, parent, psa_turn(integration, session, text, at)):
            return True
        session = sessions.load(session.account_id, session.id)
    raise Unavailable("The session keeps changing. Try again.", retry_after_s=1)


def _deleted(session: Session, at: datetime) -> TicketFacts:
    gone = {"status": DELETED, "url": None, "changed_at": at, "read_at": at}
    if session.psa_ticket:
        return session.psa_ticket.model_copy(update=gone)
    unknown = dict.fromkeys(("priority", "company", "contact", "owner"))
    return TicketFacts.model_validate({**unknown, **gone, "summary": session.title, "is_closed": False})


def psa_person(integration: Integration) -> Person:
    """The PSA as the author of what it brings about."""
    return Person(id=f"{PSA_ACTOR}{integration.id}", name=integration.name)


def facts_set_by_us(integration: Integration, session: Session, ticket: PsaTicket) -> list[str]:
    """Return the names of facts that stand as a claim of the session's handoff has set them in the PSA."""
    mapping, holder = integration.ticket_mapping, session.holder
    if holder is None or session.open_handoff_id is None:
        return []
    status, claimed = (ticket.status_name, ticket.status_id), mapping.status_on_claim
    found = ["status"] if claimed and plain_label(claimed) in {plain_label(name or "") for name in status} else []
    email = bare_address(ticket.owner_email) or mapping.email_of(ticket.owner_id, ticket.owner_login)
    engineer = engineers.find(session.account_id, holder.id) if email else None
    return [*found, "owner"] if engineer and bare_address(engineer.email) == email else found


def _take(
    update: TicketUpdate,
    integration: Integration,
    session: Session,
    facts: TicketFacts,
    ours: list[str],
    at: datetime,
) -> bool:
    ticket = ticket_subject(session.psa_ticket_id)
    if update is TicketUpdate.REFRESH:
        return ticket_updates.refresh(session, facts)
    if update is TicketUpdate.TELL:
        news = "; ".join(facts.changes_since(session.psa_ticket, ours))
        return ticket_updates.tell(session, facts, psa_turn(integration, session, f"{ticket}: {news}.", at))
    ended = f"{ticket} was closed in {integration.name}" + (f" ({facts.status})." if facts.status else ".")
    resolved = session.resolved(ended, session.root_cause, at=at).model_copy(update={"psa_ticket": facts})
    handoff = _open_handoff(session)
    return ticket_updates.close(
        session, handoff, psa_turn(integration, session, ended, at), resolved, psa_person(integration)
    )


def _open_handoff(session: Session) -> Handoff | None:
    if session.open_handoff_id is None:
        return None
    handoff = handoffs.find(session.account_id, session.open_handoff_id)
    if handoff is None:
        raise NotFound("handoff")
    return handoff


def psa_turn(integration: Integration, session: Session, text: str, at: datetime) -> Message:
    """Return the turn in which the PSA says something to the session."""
    return Message(
        seq=session.turn_count + 1,
        author=Author(kind=AuthorKind.PSA, id=integration.id, name=integration.name),
        text=text,
        created_at=at,
        epoch=session.epoch,
    )
