"""Open a troubleshooting session."""

from uuid6 import uuid7

from chalicelib.actions.integrations.find_ticket_system import only_psa
from chalicelib.contracts.requests import OpenSessionRequest
from chalicelib.domain.instants import Instant
from chalicelib.domain.keyed_request import KeyedRequest
from chalicelib.domain.people import Caller
from chalicelib.domain.psa import ticket_name
from chalicelib.domain.session import Session, SessionCase
from chalicelib.store import sessions


def open_session(body: OpenSessionRequest, *, by: Caller, at: Instant, request: KeyedRequest | None = None) -> Session:
    """Open a session that the caller owns and holds; the same `request` opens one session, however often it comes.

    Raises IdempotencyMismatch when its key was used with another body.
    """
    session = Session.opened(
        str(request.id if request else uuid7()),
        by.account_id,
        by.person,
        SessionCase(
            problem_summary=body.problem_summary,
            problem_domain=body.problem_domain,
            psa_ticket_id=body.psa_ticket_id and ticket_name(body.psa_ticket_id),
            integration_id=body.integration_id or _integration_of(body, by),
        ),
        at=at,
    )
    return sessions.create(session, request.sha256 if request else None)


def _integration_of(body: OpenSessionRequest, by: Caller) -> str | None:
    """Where a ticket is whose integration was not named: in the account's only PSA, so that the session follows it."""
    psa = only_psa(by.account_id) if body.psa_ticket_id else None
    return psa.id if psa else None
