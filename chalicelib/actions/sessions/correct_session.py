"""Correct what a session says: its summary, its domain, its ticket."""

from typing import Any

from chalicelib import log
from chalicelib.actions.retry_stale import retry_stale
from chalicelib.actions.sessions.name_ticket import NamedTicket, name_ticket, read_facts
from chalicelib.contracts.corrections import SessionCorrectionRequest
from chalicelib.domain.errors import InvalidRequest
from chalicelib.domain.instants import Instant
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session
from chalicelib.domain.session_corrections import corrected, names_another_ticket
from chalicelib.store import corrections, sessions


def correct_session(session_id: str, body: SessionCorrectionRequest, *, by: Caller, at: Instant) -> Session:
    """Write what the caller says instead; a turn says what it was. No epoch changes.

    Who holds the session may; while it waits, its owner and who held it. The facts of another ticket are read as when a
    session is opened. Correcting nothing is a success. Raises NotFound, StaleEpoch, InvalidState, Forbidden,
    InvalidRequest, and Unavailable when the session keeps changing.
    """
    seen = sessions.load(by.account_id, session_id)
    seen.require_correctable(by.person, body.epoch)
    changes, is_to_be_read, named = _changes(body, seen, at)

    def correct() -> Session:
        session = sessions.load(by.account_id, session_id)
        session.require_correctable(by.person, body.epoch)
        now = corrected(session, changes, at=at)
        return session if now is session else corrections.mark_corrected(session, now, by.person, at)

    written = retry_stale(correct, what="The session")
    log.info("session corrected", session_id=session_id, revision=written.revision)
    if is_to_be_read and names_another_ticket(seen, written):
        named.read_later()
    return written


def _changes(body: SessionCorrectionRequest, seen: Session, at: Instant) -> tuple[dict[str, Any], bool, NamedTicket]:
    """Return what to change, with the facts of a ticket that is another one, and whether it is to be read later."""
    given = body.model_fields_set
    if "problem_summary" in given and body.problem_summary is None:
        raise InvalidRequest("/problem_summary", "A session needs a summary.")
    changes: dict[str, Any] = {
        name: getattr(body, name) for name in ("problem_summary", "problem_domain") if name in given
    }
    ticket_id = body.psa_ticket_id if "psa_ticket_id" in given else seen.psa_ticket_id
    integration_id = body.integration_id if "integration_id" in given else seen.integration_id
    named = NamedTicket(seen.psa_ticket_id, seen.integration_id, None)
    if given & {"psa_ticket_id", "integration_id"}:
        named = name_ticket(seen.account_id, ticket_id, integration_id)
        changes |= {"psa_ticket_id": named.ticket_id, "integration_id": named.integration_id}
    if not names_another_ticket(seen, seen.model_copy(update=changes)):
        return changes, False, named
    facts, is_to_be_read = read_facts(named, at=at)
    return changes | {"ticket": facts}, is_to_be_read, named
