"""Bring one session up to date with its ticket."""

from collections.abc import Callable
from datetime import datetime

from chalicelib import log
from chalicelib.actions.retry_stale import retry_stale
from chalicelib.actions.ticket_sync.refresh_handoff import refreshed_handoff
from chalicelib.domain.errors import NotFound
from chalicelib.domain.handoff import Handoff
from chalicelib.domain.integration import Integration, PsaKind
from chalicelib.domain.people import Person
from chalicelib.domain.psa import PsaTicket, bare_address, ticket_name
from chalicelib.domain.reopening import is_reopenable
from chalicelib.domain.session import Session, SessionStatus
from chalicelib.domain.session_corrections import names_another_ticket
from chalicelib.domain.ticket_facts import TicketFacts, TicketUpdate, required_update, update_when_resolved
from chalicelib.domain.ticket_note_ledger import PSA_ACTOR
from chalicelib.domain.ticket_status import plain_label
from chalicelib.domain.titles import ticket_subject
from chalicelib.domain.turn import Author, AuthorKind, Message, Note, NoteAbout
from chalicelib.store import engineers, handoffs, sessions, ticket_updates
from chalicelib.store.handoff_updates import Refreshed
from chalicelib.store.stale_write import StaleWrite

DELETED = "deleted"
"""The status shown for a ticket that no longer exists in the PSA."""


def apply_ticket(
    integration: Integration, session: Session, ticket: PsaTicket, *, at: datetime, has_live: bool = False
) -> bool:
    """Refresh, tell or end the session as the ticket's facts ask for; return whether anything was written.

    A resolved one is never reopened by it: its people are told that they may, unless the ticket `has_live` session
    beside it. Raises Unavailable when the session keeps changing.
    """

    def apply(current: Session) -> bool:
        facts = TicketFacts.of(ticket, read_at=at).completed(current.ticket, ticket.named)
        ours = facts_set_by_us(integration, current, ticket)
        if current.status is SessionStatus.RESOLVED:
            is_ours = has_live or is_opened_by_us(integration, current, ticket)
            update = _update_when_resolved(current, facts, is_ours=is_ours, at=at)
        else:
            is_message = integration.kind is PsaKind.STANDARD
            update = required_update(
                current.ticket, facts, opened_at=current.created_at, is_message=is_message, ours=ours
            )
        known = current.ticket if update is TicketUpdate.NOTHING else facts
        reply = facts.customer_reply if facts.has_new_reply(current.ticket) else None
        handoff = refreshed_handoff(current, known, at, is_news=update is TicketUpdate.TELL, reply=reply)
        if update is TicketUpdate.NOTHING:
            return handoff is not None and _caught_up(current, handoff)
        _require_written(_take(update, integration, current, facts, handoff, ours, at))
        log.count("TicketsApplied", TicketUpdate=update.name.lower())
        return True

    return _with_session(session, apply)


def _update_when_resolved(session: Session, facts: TicketFacts, *, is_ours: bool, at: datetime) -> TicketUpdate:
    if not is_reopenable(session, at):
        return TicketUpdate.NOTHING
    is_assumed = session.is_ticket_assumed_closed is True
    return update_when_resolved(session.ticket, facts, is_assumed=is_assumed, is_ours=is_ours)


def _caught_up(session: Session, handoff: Refreshed) -> bool:
    """Write what the session knows already to a handoff that was made beside that reading."""
    _require_written(session.ticket is not None and ticket_updates.refresh(session, session.ticket, handoff))
    return True


def note_deletion(integration: Integration, session: Session, *, at: datetime) -> bool:
    """Tell the session that its ticket is gone from the PSA; what becomes of the session is for people to say.

    Raises Unavailable when the session keeps changing.
    """

    def note(current: Session) -> bool:
        known = current.ticket
        if current.status is SessionStatus.RESOLVED or (known and known.status == DELETED):
            return False
        text = f"{ticket_subject(current.psa_ticket_id)} has been deleted in {integration.name}."
        turn = psa_turn(integration, current, text, at)
        facts = _deleted(current, at)
        handoff = refreshed_handoff(current, facts, at, is_news=True)
        _require_written(ticket_updates.tell(current, facts, turn, handoff))
        return True

    return _with_session(session, note)


def follow_merge(integration: Integration, session: Session, ticket: PsaTicket, *, at: datetime) -> bool:
    """Have the session go on with the ticket that its own was merged into; return whether anything was written.

    A merge there does not end the session here: the engineer still waits for help. Raises Unavailable when the session
    keeps changing.
    """
    parent = ticket_name(ticket.merged_into or "", integration.kind)

    def follow(current: Session) -> bool:
        if current.status is SessionStatus.RESOLVED or current.psa_ticket_id == parent:
            return False
        text = f"{ticket_subject(current.psa_ticket_id)} was merged into #{parent} in {integration.name}."
        _require_written(ticket_updates.move(current, parent, psa_turn(integration, current, text, at)))
        return True

    return _with_session(session, follow)


def _with_session(session: Session, act: Callable[[Session], bool]) -> bool:
    """Return what `act` returns for the session as it was loaded, or, where that is stale, as it is loaded then.

    False, with nothing done, when it names another ticket by then: somebody has corrected it.
    """
    loaded = iter([session])

    def attempt() -> bool:
        current = next(loaded, None) or sessions.load(session.account_id, session.id)
        return not names_another_ticket(session, current) and act(current)

    return retry_stale(attempt, what="The session")


def _require_written(is_written: bool) -> None:  # noqa: FBT001  what a conditional write returns
    if not is_written:
        raise StaleWrite


def _deleted(session: Session, at: datetime) -> TicketFacts:
    gone = {"status": DELETED, "url": None, "changed_at": at, "read_at": at}
    if session.ticket:
        return session.ticket.model_copy(update=gone)
    unknown = dict.fromkeys(TicketFacts.model_fields)
    known = {"number": session.psa_ticket_id or "", "title": session.title, "is_closed": False}
    return TicketFacts.model_validate({**unknown, **known, **gone})


def psa_person(integration: Integration) -> Person:
    """The PSA as the author of what it brings about."""
    return Person(id=f"{PSA_ACTOR}{integration.id}", name=integration.name)


def facts_set_by_us(integration: Integration, session: Session, ticket: PsaTicket) -> list[str]:
    """Return the names of facts that stand as a claim of the session's handoff, or a reopening, has set them there."""
    mapping, holder = integration.ticket_mapping, session.holder
    is_set_by_us = session.open_handoff_id is not None or session.reopened_at is not None
    if holder is None or not is_set_by_us:
        return []
    found = ["status"] if _has_status_on_claim(integration, ticket) else []
    email = bare_address(ticket.owner_email) or mapping.email_of(ticket.owner_id, ticket.owner_login)
    engineer = engineers.find(session.account_id, holder.id) if email else None
    return [*found, "owner"] if engineer and bare_address(engineer.email) == email else found


def _has_status_on_claim(integration: Integration, ticket: PsaTicket) -> bool:
    claimed = integration.ticket_mapping.status_on_claim
    names = {plain_label(name or "") for name in (ticket.status_name, ticket.status_id)}
    return claimed is not None and plain_label(claimed) in names


def is_opened_by_us(integration: Integration, session: Session, ticket: PsaTicket) -> bool:
    """Whether the ticket of a resolved session is open as its reopening here has set it, before it was resolved again.

    The PSA tells of it later, when the session may be over.
    """
    changed_at, over_at = ticket.updated_at, session.resolved_at
    if session.reopened_at is None or changed_at is None or over_at is None:
        return False
    return changed_at < over_at and _has_status_on_claim(integration, ticket)


def _take(
    update: TicketUpdate,
    integration: Integration,
    session: Session,
    facts: TicketFacts,
    refreshed: Refreshed | None,
    ours: list[str],
    at: datetime,
) -> bool:
    ticket = ticket_subject(session.psa_ticket_id)
    if update is TicketUpdate.REFRESH:
        return ticket_updates.refresh(session, facts, refreshed)
    if update is TicketUpdate.TELL:
        news = "; ".join(facts.changes_since(session.ticket, ours))
        turn = psa_turn(integration, session, f"{ticket}: {news}.", at)
        return ticket_updates.tell(session, facts, turn, refreshed)
    if update is TicketUpdate.TELL_REOPENED:
        text = f"{ticket} was reopened in {integration.name}" + (f" ({facts.status})." if facts.status else ".")
        return ticket_updates.tell_reopened(session, facts, psa_note(integration, session, text, at))
    ended = f"{ticket} was closed in {integration.name}" + (f" ({facts.status})." if facts.status else ".")
    resolved = session.resolved(ended, session.root_cause, at=at).model_copy(update={"ticket": facts})
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


def psa_note(integration: Integration, session: Session, text: str, at: datetime) -> Note:
    """Return the note in which the PSA tells the people of a session that its ticket was reopened."""
    turn = psa_turn(integration, session, text, at)
    return Note(
        seq=turn.seq,
        author=turn.author,
        text=text,
        about=NoteAbout.TICKET_REOPENED,
        to=None,
        created_at=at,
        epoch=turn.epoch,
    )


def psa_turn(integration: Integration, session: Session, text: str, at: datetime) -> Message:
    """Return the turn in which the PSA says something to the session."""
    return Message(
        seq=session.turn_count + 1,
        author=Author(kind=AuthorKind.PSA, id=integration.id, name=integration.name),
        text=text,
        created_at=at,
        epoch=session.epoch,
    )
