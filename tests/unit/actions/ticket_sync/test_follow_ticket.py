"""Sessions follow their tickets: each change is told once, to any holder, and nothing happens twice."""

import json
from datetime import timedelta

import pytest

from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from chalicelib.actions.handoffs.hand_off_session import hand_off_session
from chalicelib.actions.sessions.open_session import open_session
from chalicelib.actions.sessions.resolve_session import resolve_session
from chalicelib.actions.ticket_sync.follow_ticket import follow_ticket
from chalicelib.actions.ticket_sync.handle_delivery import handle_delivery
from chalicelib.adapters.psa.standard_webhooks.webhook import deliveries_in
from chalicelib.contracts.delivery_message import DeliveryMessage
from chalicelib.contracts.requests import HandOffRequest, OpenSessionRequest, ResolveRequest
from chalicelib.domain.errors import IdempotencyMismatch
from chalicelib.domain.handoff import Handoff, HandoffStatus, Intent
from chalicelib.domain.integration import HaloSettings, Integration, PsaKind, StandardSettings, TicketMapping
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.psa import PsaTicket
from chalicelib.domain.session import Session, SessionStatus
from chalicelib.domain.turn import AuthorKind
from chalicelib.domain.webhook_delivery import Delivery, TicketEvent
from chalicelib.store import engineers, handoffs, integrations, sessions, turns
from tests.support.builders import ACME, JANE, JOE, SAM, START, SUMMARY, VIC, a_session, minute
from tests.support.dynamodb.recorder import Recorder, meanwhile

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
ASKED = PSA.model_copy(
    update={"settings": HaloSettings(kind=PsaKind.HALOPSA, client_id="c"), "base_url": "https://halo.example"}
)
"""The same PSA as one that can be asked: its tickets are read, not told."""

BEFORE = START - timedelta(seconds=1)


@pytest.fixture(autouse=True)
def directory(tables: None) -> None:
    for caller in (JANE, JOE, SAM, VIC):
        engineers.enter(caller)
    integrations.save(PSA, None)


def a_ticket(**changes: object) -> PsaTicket:
    """Ticket 4711, new, changed a minute after the session was opened."""
    given: dict[str, object] = {
        "id": "4711",
        "number": "4711",
        "summary": SUMMARY,
        "status_id": "1",
        "status_name": "New",
        "is_closed": False,
        "company": "Fabrikam",
        "contact": "Dana",
        "priority": None,
        "owner_id": None,
        "owner_name": None,
        "updated_at": minute(1),
    }
    return PsaTicket.model_validate(given | changes)


def opened(**changes: object) -> Session:
    session = a_session(integration_id=PSA.id, turn_count=0, step_count=0, **changes)
    return sessions.create(session, None)


def follow(minutes: int = 2, **changes: object) -> int:
    return follow_ticket(PSA, a_ticket(**{"updated_at": minute(minutes), **changes}), at=minute(minutes))


def now(session: Session) -> Session:
    return sessions.load(ACME, session.id)


def told(session: Session) -> list[str]:
    found = turns.list_in_order(ACME, session.id, PageRequest(100)).items
    return [turn.text for turn in found if turn.kind == "message" and turn.author.kind is AuthorKind.PSA]


def hand_off(session: Session, intent: Intent = Intent.ESCALATE) -> Handoff:
    return hand_off_session(session.id, HandOffRequest(intent=intent), by=JANE, at=minute(3))


def test_a_change_refreshes_the_facts_and_is_told_in_a_turn_of_the_psa() -> None:
    session = opened()
    follow(2)

    follow(3, status_name="In Progress", owner_name="Jo")

    facts = now(session).psa_ticket
    assert facts is not None
    assert (facts.status, facts.owner, facts.read_at) == ("In Progress", "Jo", minute(3))
    assert told(session)[-1] == "Ticket #4711: status is now In Progress, was New; owner is now Jo."


def test_a_summary_is_told_as_the_sentence_that_it_is() -> None:
    session = opened()
    follow(2, summary="Mail is slow.")

    follow(3, summary="No mail at all.")

    assert told(session)[-1] == "Ticket #4711: summary is now “No mail at all.”, was “Mail is slow.”."


def test_a_quiet_turn_leaves_holder_epoch_and_place_in_the_list_alone() -> None:
    session = opened()
    follow(2)

    follow(3, status_name="Waiting")

    after = now(session)
    assert (after.holder, after.epoch, after.updated_at) == (session.holder, session.epoch, session.updated_at)
    assert after.turn_count == 1


def test_the_same_ticket_many_times_is_told_once() -> None:
    session = opened()

    follow(2)

    changed = [follow(3, status_name="Waiting") for _ in range(100)]

    assert (sum(changed), len(told(session))) == (1, 1)


def test_older_facts_undo_nothing() -> None:
    session = opened()
    follow(5, status_name="Waiting")

    follow(4, status_name="New")

    facts = now(session).psa_ticket
    assert facts is not None
    assert facts.status == "Waiting"


def test_a_ticket_not_changed_since_the_session_was_opened_is_no_news() -> None:
    session = opened()

    follow_ticket(PSA, a_ticket(updated_at=BEFORE), at=minute(2))

    after = now(session)
    assert (after.psa_ticket is not None, told(session)) == (True, [])


def test_a_session_that_waits_is_told_too() -> None:
    session = opened()
    follow(2)
    hand_off(session)

    follow(5, status_name="Waiting")

    after = now(session)
    assert (after.status, after.epoch, len(told(session))) == (SessionStatus.ESCALATED, 2, 1)


def test_a_turn_that_comes_in_between_only_moves_the_quiet_one_back(recorder: Recorder) -> None:
    session = opened()
    follow(2)
    recorder.tamper("TransactWriteItems", meanwhile(lambda: follow(3, status_name="Waiting")))

    follow(4, status_name="In Progress")

    assert [text.split(";")[0] for text in told(session)] == [
        "Ticket #4711: status is now Waiting, was New.",
        "Ticket #4711: status is now In Progress, was Waiting.",
    ]


def test_a_closed_ticket_resolves_a_session_that_is_worked_on() -> None:
    session = opened()

    follow(5, status_name="Closed", is_closed=True)

    after = now(session)
    assert (after.status, after.resolved_at) == (SessionStatus.RESOLVED, minute(5))
    assert after.resolution == "Ticket #4711 was closed in Our PSA (Closed)."
    assert told(session) == ["Ticket #4711 was closed in Our PSA (Closed)."]


@pytest.mark.parametrize("intent", Intent)
def test_a_closed_ticket_withdraws_a_handoff_that_waits(intent: Intent) -> None:
    session = opened()
    handoff = hand_off(session, intent)

    follow(5, is_closed=True)

    ended = handoffs.find_detail(ACME, handoff.id)
    assert ended is not None
    assert (ended.status, ended.actor.name, ended.version) == (HandoffStatus.WITHDRAWN, "Our PSA", 2)
    assert (now(session).status, now(session).open_handoff_id) == (SessionStatus.RESOLVED, None)
    assert handoffs.list_queue(ACME, SAM.person, PageRequest(10)).items == []


def test_a_closed_ticket_resolves_a_handoff_that_was_claimed() -> None:
    session = opened()
    handoff = hand_off(session)
    claim_handoff(session.id, handoff.id, by=SAM, at=minute(4))

    follow(5, is_closed=True)

    ended = handoffs.find_detail(ACME, handoff.id)
    assert ended is not None
    assert (ended.status, ended.actor.name) == (HandoffStatus.RESOLVED, "Our PSA")
    assert now(session).status is SessionStatus.RESOLVED


def test_a_claim_that_comes_in_between_ends_with_the_ticket_too(recorder: Recorder) -> None:
    session = opened()
    handoff = hand_off(session)
    recorder.tamper(
        "TransactWriteItems", meanwhile(lambda: claim_handoff(session.id, handoff.id, by=SAM, at=minute(4)))
    )

    follow(5, is_closed=True)

    ended = handoffs.find_detail(ACME, handoff.id)
    assert ended is not None
    assert (ended.status, now(session).status) == (HandoffStatus.RESOLVED, SessionStatus.RESOLVED)


def test_a_session_opened_on_a_closed_ticket_goes_on() -> None:
    session = opened()

    follow_ticket(ASKED, a_ticket(updated_at=BEFORE, is_closed=True), at=minute(2))

    assert now(session).status is SessionStatus.ACTIVE


def test_a_ticket_closed_in_the_second_of_the_opening_ends_the_session_though_its_time_is_cut() -> None:
    session = opened(created_at=START + timedelta(milliseconds=600))

    follow_ticket(PSA, a_ticket(updated_at=START, is_closed=True), at=minute(2))

    assert now(session).status is SessionStatus.RESOLVED


def test_an_assignment_opens_a_session_for_the_engineer() -> None:
    follow(owner_email=JOE.email.upper(), owner_name="Joe")

    [line] = sessions.list_mine(ACME, JOE.person, None, PageRequest(10)).items
    session = sessions.load(ACME, line.id)
    assert (session.owner, session.holder, session.psa_ticket_id) == (JOE.person, JOE.person, "4711")
    assert (session.problem_summary, session.integration_id) == (SUMMARY, "psa")
    assert session.psa_ticket is not None
    assert session.psa_ticket.owner == "Joe"


def test_the_map_of_owners_names_an_engineer_too() -> None:
    follow(owner_id="15")

    assert len(sessions.list_mine(ACME, JOE.person, None, PageRequest(10)).items) == 1


def test_the_same_assignment_many_times_opens_one_session() -> None:
    for number in range(2, 30):
        follow(number, owner_email=JOE.email)

    assert len(sessions.list_mine(ACME, JOE.person, None, PageRequest(10)).items) == 1


@pytest.mark.parametrize("email", ["nobody@acme.example", VIC.email, ""])
def test_nobody_who_works_here_gets_no_session(email: str) -> None:
    assert follow(owner_email=email) == 0


def test_a_closed_ticket_opens_nothing() -> None:
    assert follow(owner_email=JOE.email, is_closed=True) == 0


def test_a_session_the_owner_has_already_is_enough() -> None:
    opened()

    follow(owner_email=JANE.email)

    assert len(sessions.list_mine(ACME, JANE.person, None, PageRequest(10)).items) == 1


def test_a_ticket_that_goes_to_somebody_else_opens_a_session_for_them_and_tells_the_first() -> None:
    session = opened()
    follow(2)

    follow(3, owner_email=JOE.email, owner_name="Joe")

    assert len(sessions.list_mine(ACME, JOE.person, None, PageRequest(10)).items) == 1
    assert told(session)[-1] == "Ticket #4711: owner is now Joe."


def test_what_people_resolved_here_is_not_begun_anew() -> None:
    session = opened()
    body = ResolveRequest(resolution="The clock was wrong.", epoch=1)
    resolve_session(session.id, body, by=JANE, at=minute(3))

    assert follow(4, owner_email=JANE.email) == 0


def test_a_ticket_that_is_opened_again_gets_a_session_of_its_own() -> None:
    follow(2, owner_email=JOE.email)
    follow(3, owner_email=JOE.email, is_closed=True)

    follow(4, owner_email=JOE.email)

    lines = sessions.list_mine(ACME, JOE.person, None, PageRequest(10)).items
    assert sorted(line.status.value for line in lines) == ["active", "resolved"]


def test_a_ticket_of_another_integration_is_another_ticket() -> None:
    session = opened()

    follow_ticket(PSA.model_copy(update={"id": "other"}), a_ticket(is_closed=True), at=minute(2))

    assert now(session).status is SessionStatus.ACTIVE


def test_a_ticket_whose_id_begins_like_another_is_another_ticket() -> None:
    session = opened(psa_ticket_id="4711/2")

    follow(is_closed=True)

    assert now(session).status is SessionStatus.ACTIVE


def test_a_ticket_named_in_a_request_that_was_refused_says_nothing_to_the_session() -> None:
    session = opened()
    asked_again = a_session(integration_id=PSA.id, psa_ticket_id="5")
    with pytest.raises(IdempotencyMismatch):
        sessions.create(asked_again, "another body")

    changed = follow(id="5", number="5", is_closed=True)

    assert (changed, told(session), now(session).status) == (0, [], SessionStatus.ACTIVE)


def test_a_deleted_ticket_is_told_once_and_ends_nothing() -> None:
    session = opened()
    gone = Delivery(event=TicketEvent.DELETED, external_id="4711", ticket_id="4711", dedupe_key=None)
    message = DeliveryMessage(account_id=ACME, integration_id="psa", delivery=gone, correlation_id="")

    changed = [handle_delivery(message, clock=lambda: minute(2)) for _ in range(3)]

    assert changed == [1, 0, 0]
    assert (told(session), now(session).status) == (
        ["Ticket #4711 has been deleted in Our PSA."],
        SessionStatus.ACTIVE,
    )


def test_a_ticket_that_people_know_by_number_is_deleted_under_its_id() -> None:
    session = opened(psa_ticket_id="T-8812")
    body = json.dumps({"type": "ticket.deleted", "data": {"id": "4711", "number": "T-8812"}}).encode()
    [gone] = deliveries_in(body, PSA, "msg_1")
    message = DeliveryMessage(account_id=ACME, integration_id="psa", delivery=gone, correlation_id="")

    handle_delivery(message, clock=lambda: minute(2))

    assert told(session) == ["Ticket #T-8812 has been deleted in Our PSA."]


@pytest.mark.parametrize(("opened_as", "number"), [("#4711", "4711"), ("4711", "#4711")])
def test_a_ticket_is_the_same_with_and_without_the_sign_before_its_number(opened_as: str, number: str) -> None:
    body = OpenSessionRequest(problem_summary=SUMMARY, psa_ticket_id=opened_as, integration_id=PSA.id)
    session = open_session(body, by=JANE, at=START)

    follow(number=number, is_closed=True)

    assert now(session).status is SessionStatus.RESOLVED


def test_a_delivery_whose_integration_is_gone_is_done_with() -> None:
    event = Delivery(event=TicketEvent.UPDATED, external_id="1", ticket_id="1", dedupe_key=None, ticket=a_ticket())
    message = DeliveryMessage(account_id=ACME, integration_id="gone", delivery=event, correlation_id="")

    assert handle_delivery(message, clock=lambda: minute(2)) == 0


def test_texts_of_the_ticket_are_cut_and_cleaned() -> None:
    session = opened()

    follow(status_name="In\nProgress\u202e\x00", summary="word " * 500)

    facts = now(session).psa_ticket
    assert facts is not None
    assert (facts.status, len(facts.summary)) == ("In Progress", 200)
