"""Bring all sessions of a PSA's ticket up to date with it."""

from datetime import datetime

from chalicelib import log
from chalicelib.actions.ticket_sync.apply_ticket import apply_ticket, follow_merge
from chalicelib.actions.ticket_sync.open_assigned_session import open_assigned_session
from chalicelib.actions.ticket_sync.read_named_ticket import read_later
from chalicelib.domain.errors import NotFound
from chalicelib.domain.integration import Integration
from chalicelib.domain.psa import PsaTicket, ticket_name
from chalicelib.domain.session import Session, SessionStatus
from chalicelib.store import sessions, ticket_links


def follow_ticket(integration: Integration, ticket: PsaTicket, *, at: datetime) -> int:
    """Refresh, tell, end or open sessions so that they agree with `ticket` as it was just read; return how many.

    What is done follows from the ticket and from what the sessions know of it, not from what was delivered. So it may
    be done again, late, out of order or by many at once, and nothing happens twice. Raises PsaUnavailable when the
    PSA does not say who its owner is, and Unavailable.
    """
    ticket = ticket.mapped_by(integration.ticket_mapping)
    linked = linked_sessions(integration, ticket.id, ticket.number)
    if ticket.merged_into:
        return _follow_merge(integration, ticket, linked, at)
    live = {session.id for session in linked if session.status is not SessionStatus.RESOLVED}
    changed = sum(
        apply_ticket(integration, session, ticket, at=at, has_live=bool(live - {session.id})) for session in linked
    )
    opened = open_assigned_session(integration, ticket, linked, at=at)
    log.info("ticket followed", integration_id=integration.id, linked=len(linked), changed=changed, opened=bool(opened))
    return changed + (1 if opened else 0)


def _follow_merge(integration: Integration, ticket: PsaTicket, linked: list[Session], at: datetime) -> int:
    """Lead the sessions of a merged ticket to the one it goes on in, and have that read."""
    moved = sum(follow_merge(integration, session, ticket, at=at) for session in linked)
    if moved and ticket.merged_into:
        read_later(integration, ticket.merged_into)
    log.info("ticket merged", integration_id=integration.id, moved=moved)
    return moved


def linked_sessions(integration: Integration, *names: str) -> list[Session]:
    """Return the sessions of a ticket, under its id or the number that people know it by."""
    found: dict[str, Session] = {}
    for name in {ticket_name(name, integration.kind) for name in names}:
        for session_id in ticket_links.list_sessions(integration.account_id, integration.id, name):
            try:
                session = sessions.load(integration.account_id, session_id)
            except NotFound:
                continue  # the link was written, and the session never was
            if (session.integration_id, session.psa_ticket_id) == (integration.id, name):  # else it was refused
                found[session_id] = session
    return list(found.values())
