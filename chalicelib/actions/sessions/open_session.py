"""Open a troubleshooting session."""

from uuid6 import uuid7

from chalicelib import log
from chalicelib.actions.integrations.find_ticket_system import only_psa
from chalicelib.actions.ticket_sync.read_named_ticket import read_later, read_named_ticket
from chalicelib.contracts.requests import OpenSessionRequest
from chalicelib.domain.instants import Instant
from chalicelib.domain.integration import Integration, PsaKind
from chalicelib.domain.keyed_request import KeyedRequest
from chalicelib.domain.people import Caller
from chalicelib.domain.psa import PsaRefused, ticket_name
from chalicelib.domain.session import Session, SessionCase
from chalicelib.domain.ticket_facts import TicketFacts
from chalicelib.store import integrations, sessions


def open_session(body: OpenSessionRequest, *, by: Caller, at: Instant, request: KeyedRequest | None = None) -> Session:
    """Open a session that the caller owns and holds; the same `request` opens one session, however often it comes.

    Raises IdempotencyMismatch when its key was used with another body.
    """
    psa = _psa_of(body, by)
    ticket_id = ticket_name(body.psa_ticket_id, psa.kind if psa else None) if body.psa_ticket_id else None
    session = Session.opened(
        str(request.id if request else uuid7()),
        by.account_id,
        by.person,
        SessionCase(
            problem_summary=body.problem_summary,
            problem_domain=body.problem_domain,
            psa_ticket_id=ticket_id,
            integration_id=body.integration_id or (psa.id if psa else None),
        ),
        at=at,
    )
    facts, is_to_be_read = _facts_of(session, psa)
    created = sessions.create(session.model_copy(update={"psa_ticket": facts}), request.sha256 if request else None)
    if psa and is_to_be_read and created.psa_ticket is None:
        read_later(psa, ticket_id or "")
    return created


def _facts_of(session: Session, psa: Integration | None) -> tuple[TicketFacts | None, bool]:
    """Return what the PSA says of the ticket now, and whether it is to be asked again when it does not say so now.

    A ticket that the PSA will not show opens a session all the same: nobody who needs help waits for a ticket system.
    """
    if psa is None or session.psa_ticket_id is None or psa.kind is PsaKind.STANDARD:
        return None, False
    try:
        ticket = read_named_ticket(psa, session.psa_ticket_id, at=session.created_at)
    except PsaRefused as refusal:
        log.info("ticket refused", integration_id=psa.id, reason=str(refusal))
        return None, False
    return (TicketFacts.of(ticket, read_at=session.created_at) if ticket else None), ticket is None


def _psa_of(body: OpenSessionRequest, by: Caller) -> Integration | None:
    """Return where the ticket is: as named, else in the account's only PSA, so that the session follows it."""
    if not body.psa_ticket_id:
        return None
    return integrations.find(by.account_id, body.integration_id) if body.integration_id else only_psa(by.account_id)
