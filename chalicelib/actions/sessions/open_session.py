"""Open a troubleshooting session."""

from uuid6 import uuid7

from chalicelib.actions.sessions.name_ticket import name_ticket, read_facts
from chalicelib.contracts.requests import OpenSessionRequest
from chalicelib.domain.instants import Instant
from chalicelib.domain.keyed_request import KeyedRequest
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session, SessionCase
from chalicelib.store import sessions


def open_session(body: OpenSessionRequest, *, by: Caller, at: Instant, request: KeyedRequest | None = None) -> Session:
    """Open a session that the caller owns and holds; the same `request` opens one session, however often it comes.

    Raises IdempotencyMismatch when its key was used with another body.
    """
    named = name_ticket(by.account_id, body.psa_ticket_id, body.integration_id)
    session = Session.opened(
        str(request.id if request else uuid7()),
        by.account_id,
        by.person,
        SessionCase(
            problem_summary=body.problem_summary,
            problem_domain=body.problem_domain,
            psa_ticket_id=named.ticket_id,
            integration_id=named.integration_id,
        ),
        at=at,
    )
    facts, is_to_be_read = read_facts(named, at=session.created_at)
    created = sessions.create(session.model_copy(update={"ticket": facts}), request.sha256 if request else None)
    if is_to_be_read and created.ticket is None:
        named.read_later()
    return created
