"""Ticket 4711 of a PSA that sends what changes, and the sessions that follow it."""

from datetime import timedelta

from chalicelib.actions.handoffs.hand_off_session import hand_off_session
from chalicelib.actions.ticket_sync.follow_ticket import follow_ticket
from chalicelib.contracts.requests import HandOffRequest
from chalicelib.domain.handoff import Handoff, Intent
from chalicelib.domain.integration import HaloSettings, Integration, PsaKind, StandardSettings, TicketMapping
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.psa import PsaTicket
from chalicelib.domain.session import Session
from chalicelib.domain.turn import AuthorKind
from chalicelib.store import sessions, turns
from tests.support.builders import ACME, JANE, JOE, START, SUMMARY, a_session, minute

PSA = Integration(
    account_id=ACME,
    id="psa",
    name="Our PSA",
    base_url=None,
    settings=StandardSettings(kind=PsaKind.STANDARD),
    ticket_mapping=TicketMapping(owner_ids={JOE.email: "15"}),
    secret_version=None,
    secrets_set_at={},
    version=1,
    reconciled_until=START,
    created_at=START,
    updated_at=START,
)
WITH_API = PSA.model_copy(
    update={"settings": HaloSettings(kind=PsaKind.HALOPSA, client_id="c"), "base_url": "https://halo.example"}
)
"""The same PSA as one with an API: its tickets are read, not sent."""

BEFORE = START - timedelta(seconds=1)


def a_ticket(**changes: object) -> PsaTicket:
    """Ticket 4711, new, changed a minute after the session was opened."""
    given: dict[str, object] = {
        "id": "4711",
        "number": "4711",
        "title": SUMMARY,
        "status_id": "1",
        "status_name": "New",
        "is_closed": False,
        "client": "Fabrikam",
        "contact": "Dana",
        "priority": None,
        "owner_id": None,
        "owner_name": None,
        "updated_at": minute(1),
    }
    return PsaTicket.model_validate(given | changes)


def opened(**changes: object) -> Session:
    """Jane's session about the ticket."""
    session = a_session(integration_id=PSA.id, turn_count=0, step_count=0, **changes)
    return sessions.create(session, None)


def follow(minutes: int = 2, **changes: object) -> int:
    """Have the sessions follow a change of the ticket at this minute; return how many changed."""
    return follow_ticket(PSA, a_ticket(**{"updated_at": minute(minutes), **changes}), at=minute(minutes))


def now(session: Session) -> Session:
    return sessions.load(ACME, session.id)


def messages_of_psa(session: Session) -> list[str]:
    found = turns.list_in_order(ACME, session.id, PageRequest(100)).items
    return [turn.text for turn in found if turn.kind == "message" and turn.author.kind is AuthorKind.PSA]


def hand_off(session: Session, intent: Intent = Intent.ESCALATE) -> Handoff:
    return hand_off_session(session.id, HandOffRequest(intent=intent), by=JANE, at=minute(3))
