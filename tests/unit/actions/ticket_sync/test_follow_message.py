"""Sessions follow what messages and readings name, and nothing that they do not."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from chalicelib.actions.handoffs.hand_off_session import hand_off_session
from chalicelib.actions.handoffs.release_handoff import release_handoff
from chalicelib.actions.ticket_sync.follow_ticket import follow_ticket
from chalicelib.contracts.requests import HandOffRequest
from chalicelib.domain.events import EventType, events_between
from chalicelib.domain.handoff import HandoffStatus, Intent
from chalicelib.domain.handoff_change import HandoffChange
from chalicelib.domain.integration import Integration, PsaKind, StandardSettings, TicketMapping
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller
from chalicelib.domain.psa import PsaTicket
from chalicelib.domain.session import Session, SessionStatus
from chalicelib.domain.ticket_facts import TicketClient, TicketFacts
from chalicelib.domain.turn import AuthorKind
from chalicelib.store import engineers, escalation_queue, handoffs, integrations, sessions, turns
from tests.support.builders import ACME, JANE, JOE, SAM, START, SUMMARY, a_session, minute

PSA = Integration(
    account_id=ACME,
    id="psa",
    name="Our PSA",
    base_url=None,
    settings=StandardSettings(kind=PsaKind.STANDARD),
    ticket_mapping=TicketMapping(status_on_claim="In Progress", closed_statuses=("Abgerechnet",)),
    secret_version=None,
    secrets_set_at={},
    version=1,
    reconciled_until=START,
    created_at=START,
    updated_at=START,
)
FULL: dict[str, Any] = {
    "id": "5005",
    "number": "5005",
    "title": SUMMARY,
    "status_id": "Open",
    "status_name": "Open",
    "is_closed": False,
    "client": "Fabrikam",
    "contact": "Dana",
    "priority": "High",
    "owner_id": None,
    "owner_name": "Jane",
    "url": "https://psa.example/5005",
}

FABRIKAM = TicketClient(id=None, name="Fabrikam")


@pytest.fixture(autouse=True)
def session(tables: None) -> Session:
    for caller in (JANE, JOE, SAM):
        engineers.enter(caller)
    integrations.save(PSA, None)
    return sessions.create(a_session(psa_ticket_id="5005", integration_id=PSA.id, turn_count=0, step_count=0), None)


def follow(minutes: float, *, stamped: float | None = None, **changes: object) -> int:
    at = START + timedelta(minutes=minutes)
    stamp = at if stamped is None else START + timedelta(minutes=stamped)
    return follow_ticket(PSA, PsaTicket.model_validate({**FULL, "updated_at": stamp, **changes}), at=at)


def named(*facts: str, **changes: object) -> dict[str, Any]:
    """What a message says that names these facts alone."""
    nothing = {"title": "", "status_id": "", "status_name": None, "client": None, "contact": None, "priority": None}
    return {**nothing, "owner_name": None, "url": None, "named": frozenset(facts), **changes}


def now(session: Session) -> Session:
    return sessions.load(ACME, session.id)


def facts_of(session: Session) -> TicketFacts:
    facts = now(session).ticket
    assert facts is not None
    return facts


def messages_of_psa(session: Session) -> list[str]:
    found = turns.list_in_order(ACME, session.id, PageRequest(100)).items
    return [turn.text for turn in found if turn.kind == "message" and turn.author.kind is AuthorKind.PSA]


def test_thin_message_leaves_all_facts_as_they_are_known(session: Session) -> None:
    follow(1)
    before = facts_of(session)

    follow(2, **named())

    assert (facts_of(session).model_copy(update={"changed_at": None, "read_at": START}), messages_of_psa(session)) == (
        before.model_copy(update={"changed_at": None, "read_at": START}),
        [],
    )


def test_null_in_a_message_clears_the_fact_and_only_an_owner_is_nobody(session: Session) -> None:
    follow(1)

    follow(2, **named("owner", "priority"))

    facts = facts_of(session)
    assert (facts.owner, facts.priority, facts.client, facts.status) == (None, None, FABRIKAM, "Open")
    assert messages_of_psa(session) == [
        "Ticket #5005: priority is now not set, was High; owner is now nobody, was Jane."
    ]


def test_first_facts_are_no_news(session: Session) -> None:
    follow(1)

    assert (facts_of(session).status, messages_of_psa(session)) == ("Open", [])


def test_closing_that_arrives_after_the_opening_ends_the_session_whatever_its_stamp(session: Session) -> None:
    follow(5 / 60, stamped=-5 / 60, is_closed=True)

    assert now(session).status is SessionStatus.RESOLVED


def test_stamp_from_the_future_blocks_nothing_that_follows(session: Session) -> None:
    follow(1, stamped=60 * 24 * 365)

    follow(2, status_name="Waiting")

    assert facts_of(session).status == "Waiting"


def test_status_that_the_admin_names_closes_the_ticket(session: Session) -> None:
    follow(1)

    follow(2, status_name="ABGERECHNET", status_id="27")

    assert now(session).status is SessionStatus.RESOLVED


def test_status_and_owner_that_a_claim_sets_are_no_news(session: Session) -> None:
    follow(1)
    handoff = hand_off_session(session.id, HandOffRequest(intent=Intent.ESCALATE), by=JANE, at=minute(3))
    claim_handoff(session.id, handoff.id, by=SAM, at=minute(4))

    follow(5, status_name="In Progress", owner_name="Sam Rivera", owner_email=SAM.email)

    assert (facts_of(session).status, facts_of(session).owner, messages_of_psa(session)) == (
        "In Progress",
        "Sam Rivera",
        [],
    )


def test_change_of_others_beside_the_claims_own_is_reported(session: Session) -> None:
    follow(1)
    handoff = hand_off_session(session.id, HandOffRequest(intent=Intent.ESCALATE), by=JANE, at=minute(3))
    claim_handoff(session.id, handoff.id, by=SAM, at=minute(4))

    follow(5, status_name="In Progress", priority="Low")
    follow(6, status_name="Waiting", priority="Low")

    assert messages_of_psa(session) == [
        "Ticket #5005: priority is now Low, was High.",
        "Ticket #5005: status is now Waiting, was In Progress.",
    ]


def of(caller: Caller) -> list[Session]:
    lines = sessions.list_mine(ACME, caller.id, None, PageRequest(10)).items
    return [sessions.load(ACME, line.id) for line in lines if line.owner.id == caller.id]


def test_assignment_opens_no_session_while_a_handoff_of_the_ticket_waits_or_is_held(session: Session) -> None:
    handoff = hand_off_session(session.id, HandOffRequest(intent=Intent.ESCALATE), by=JANE, at=minute(3))

    follow(4, owner_email=SAM.email)
    claim_handoff(session.id, handoff.id, by=SAM, at=minute(5))
    follow(6, owner_email=JOE.email)
    release_handoff(session.id, handoff.id, "Back", by=SAM, at=minute(7))
    follow(8, owner_email=SAM.email)

    assert (of(SAM), of(JOE)) == ([], [])


def test_reassigned_ticket_tells_both_holders_of_each_other(session: Session) -> None:
    follow(1)

    for _ in range(3):
        follow(2, owner_email=JOE.email, owner_name="Joe")

    [other] = of(JOE)
    assert messages_of_psa(session) == ["Ticket #5005: owner is now Joe, was Jane."]
    assert messages_of_psa(other) == ["Ticket #5005 is also worked on by Jane."]


@pytest.mark.parametrize("email", [f" {JOE.email}", f"Joe <{JOE.email}>", f"mailto:{JOE.email.upper()}"])
def test_owner_is_known_by_a_bare_address(email: str) -> None:
    follow(1, owner_email=email, owner_name="Joe")

    assert len(sessions.list_mine(ACME, JOE.id, None, PageRequest(10)).items) == 1


def test_session_of_a_merged_ticket_goes_on_with_the_other_one_and_stays_in_the_queue(session: Session) -> None:
    follow(1)
    hand_off_session(session.id, HandOffRequest(intent=Intent.ESCALATE), by=JANE, at=minute(3))

    for _ in range(2):
        follow(4, status_name=">Merged", is_closed=True, merged_into="722")

    after = now(session)
    assert (after.status, after.psa_ticket_id, after.ticket) == (SessionStatus.ESCALATED, "722", None)
    queue = escalation_queue.list_queue(ACME, SAM.person, PageRequest(10)).items
    assert [(line.session_id, line.psa_ticket_id) for line in queue] == [(session.id, "722")]
    assert messages_of_psa(session) == ["Ticket #5005 was merged into #722 in Our PSA."]


def test_handoff_of_a_merged_ticket_names_the_other_one_whether_it_waits_or_is_held(session: Session) -> None:
    follow(1)
    handoff = hand_off_session(session.id, HandOffRequest(intent=Intent.ESCALATE), by=JANE, at=minute(3))
    follow(4, is_closed=True, merged_into="722")
    waiting = handoffs.find(ACME, handoff.id)
    claim_handoff(session.id, handoff.id, by=SAM, at=minute(5))

    follow(6, id="722", number="722", is_closed=True, merged_into="723")

    held = handoffs.find(ACME, handoff.id)
    assert waiting is not None
    assert held is not None
    assert [(one.status, one.psa_ticket_id) for one in (waiting, held)] == [
        (HandoffStatus.UNCLAIMED, "722"),
        (HandoffStatus.CLAIMED, "723"),
    ]
    assert (waiting.change, waiting.version, held.version) == (HandoffChange.TICKET_MOVED, 2, 4)
    assert [event.type for event in events_between(handoff, waiting)] == [EventType.TICKET_UPDATED]


def test_session_of_a_merged_ticket_follows_the_other_one(session: Session) -> None:
    follow(1)
    follow(2, is_closed=True, merged_into="722")

    follow(3, id="722", number="722", status_name="Waiting")
    follow(4, id="722", number="722", is_closed=True)

    assert (facts_of(session).status, now(session).status) == ("Open", SessionStatus.RESOLVED)
