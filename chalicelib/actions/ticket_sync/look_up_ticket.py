"""Look a ticket up before a session is opened for it: what it is, and who works on it already."""

from collections.abc import Callable
from datetime import datetime

from chalicelib.actions.integrations.psa_rate_limit import calling_psa
from chalicelib.actions.ticket_sync.follow_ticket import linked_sessions
from chalicelib.domain.errors import NotFound, Unavailable
from chalicelib.domain.instants import to_milliseconds
from chalicelib.domain.integration import Integration, PsaKind
from chalicelib.domain.list_items import TicketSession
from chalicelib.domain.people import Caller
from chalicelib.domain.psa import PsaFault, PsaTicket, PsaTicketAbsent, PsaUnavailable, ticket_name
from chalicelib.domain.session import Session, SessionStatus
from chalicelib.domain.ticket_facts import TicketFacts
from chalicelib.domain.ticket_ids import is_ticket_id
from chalicelib.store import handoffs, integrations

TIME_LIMIT_S = 15.0
"""For all calls together; API Gateway hangs up after 29."""

SLOT_WAIT_S = 2.0
"""How long a look-up waits for a system that answers only so many calls at once: somebody sits before the dialog."""


def look_up_ticket(integration_id: str, ticket_id: str, *, by: Caller, clock: Callable[[], datetime]) -> TicketFacts:
    """Return the ticket's facts as the PSA has them now; of a sender that cannot be asked, those that it told last.

    Raises NotFound when there is no such ticket; Unavailable, saying why, when the PSA does not show it now.
    """
    integration = _integration(integration_id, ticket_id, by)
    if integration.kind is PsaKind.STANDARD:
        return _last_reported(integration, ticket_id)
    try:
        ticket = _read(integration, ticket_id, clock)
    except PsaTicketAbsent as fault:
        raise NotFound("ticket") from fault
    except TimeoutError as fault:
        raise Unavailable(f"{integration.name} did not answer within {TIME_LIMIT_S:.0f} s.", retry_after_s=5) from fault
    except PsaFault as fault:
        wait_s = fault.retry_after_s if isinstance(fault, PsaUnavailable) else None
        raise Unavailable(str(fault), retry_after_s=int(wait_s or 30)) from fault
    return TicketFacts.of(ticket.mapped_by(integration.ticket_mapping), read_at=to_milliseconds(clock()))


def _read(integration: Integration, ticket_id: str, clock: Callable[[], datetime]) -> PsaTicket:
    import asyncio  # lazy: cold start (ADR 0015)

    from chalicelib.adapters.deadline import within  # lazy: cold start (ADR 0015)
    from chalicelib.adapters.psa.clients import psa_of  # lazy: cold start (ADR 0015)

    with calling_psa(integration, clock, wait_s=SLOT_WAIT_S):
        return within(TIME_LIMIT_S, asyncio.to_thread(lambda: psa_of(integration).read_ticket(ticket_id)))


def _last_reported(integration: Integration, ticket_id: str) -> TicketFacts:
    known = [one.ticket for one in linked_sessions(integration, ticket_id) if one.ticket]
    if not known:
        raise NotFound("ticket")
    return max(known, key=lambda facts: facts.read_at)


def list_ticket_sessions(integration_id: str, ticket_id: str, *, by: Caller) -> list[TicketSession]:
    """Return the live sessions of a ticket, oldest first. Raises NotFound when there is no such integration."""
    return _live_sessions(_integration(integration_id, ticket_id, by), {ticket_id})


def same_ticket_as(session: Session) -> list[TicketSession]:
    """Return the other live sessions of a session's ticket, oldest first. It is advice: nothing is refused for it."""
    if session.psa_ticket_id is None or session.integration_id is None:
        return []
    integration = integrations.find(session.account_id, session.integration_id)
    names = {session.psa_ticket_id, session.ticket.number if session.ticket else session.psa_ticket_id}
    found = _live_sessions(integration, names) if integration else []
    return [one for one in found if one.id != session.id]


def _live_sessions(integration: Integration, names: set[str]) -> list[TicketSession]:
    found = [one for one in linked_sessions(integration, *names) if one.status is not SessionStatus.RESOLVED]
    return [_shown(session) for session in sorted(found, key=lambda one: one.created_at)]


def _integration(integration_id: str, ticket_id: str, by: Caller) -> Integration:
    integration = integrations.load(by.account_id, integration_id)
    if not is_ticket_id(ticket_name(ticket_id, integration.kind)):
        raise NotFound("ticket")
    return integration


def _shown(session: Session) -> TicketSession:
    """Return what a colleague may know of a session: whose it is, in what state, and since when."""
    handoff = handoffs.find(session.account_id, session.open_handoff_id) if session.open_handoff_id else None
    since = (handoff.claimed_at or handoff.created_at) if handoff else session.created_at
    return TicketSession(id=session.id, owner=session.owner, holder=session.holder, status=session.status, since=since)
