"""A closed ticket ends its session and handoff; a deleted one ends nothing."""

import json
from datetime import timedelta

import pytest

from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from chalicelib.actions.ticket_sync.follow_ticket import follow_ticket
from chalicelib.actions.ticket_sync.handle_delivery import handle_delivery
from chalicelib.adapters.psa.standard_webhooks.webhook import deliveries_in
from chalicelib.contracts.delivery_message import DeliveryMessage
from chalicelib.domain.handoff import HandoffStatus, Intent
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.session import SessionStatus
from chalicelib.domain.webhook_delivery import Delivery, TicketEvent
from chalicelib.store import escalation_queue, handoffs
from tests.support.builders import ACME, JOE, SAM, START, minute
from tests.support.dynamodb.faults import meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.followed_tickets import (
    BEFORE,
    PSA,
    WITH_API,
    a_ticket,
    follow,
    hand_off,
    messages_of_psa,
    now,
    opened,
)

pytestmark = pytest.mark.usefixtures("linked_psa")


def test_closed_ticket_resolves_a_session_that_is_worked_on() -> None:
    session = opened()

    follow(5, status_name="Closed", is_closed=True)

    after = now(session)
    assert (after.status, after.resolved_at) == (SessionStatus.RESOLVED, minute(5))
    assert after.resolution == "Ticket #4711 was closed in Our PSA (Closed)."
    assert messages_of_psa(session) == ["Ticket #4711 was closed in Our PSA (Closed)."]


@pytest.mark.parametrize("intent", Intent)
def test_closed_ticket_withdraws_a_handoff_that_waits(intent: Intent) -> None:
    session = opened()
    handoff = hand_off(session, intent)

    follow(5, is_closed=True)

    ended = handoffs.find_detail(ACME, handoff.id)
    assert ended is not None
    assert (ended.status, ended.actor.name, ended.version) == (HandoffStatus.WITHDRAWN, "Our PSA", 2)
    assert (now(session).status, now(session).open_handoff_id) == (SessionStatus.RESOLVED, None)
    assert escalation_queue.list_queue(ACME, SAM.person, PageRequest(10)).items == []


def test_closed_ticket_resolves_a_handoff_that_was_claimed() -> None:
    session = opened()
    handoff = hand_off(session)
    claim_handoff(session.id, handoff.id, by=SAM, at=minute(4))

    follow(5, is_closed=True)

    ended = handoffs.find_detail(ACME, handoff.id)
    assert ended is not None
    assert (ended.status, ended.actor.name) == (HandoffStatus.RESOLVED, "Our PSA")
    assert now(session).status is SessionStatus.RESOLVED


def test_claim_that_comes_in_between_ends_with_the_ticket_too(recorder: Recorder) -> None:
    session = opened()
    handoff = hand_off(session)
    recorder.tamper(
        "TransactWriteItems", meanwhile(lambda: claim_handoff(session.id, handoff.id, by=SAM, at=minute(4)))
    )

    follow(5, is_closed=True)

    ended = handoffs.find_detail(ACME, handoff.id)
    assert ended is not None
    assert (ended.status, now(session).status) == (HandoffStatus.RESOLVED, SessionStatus.RESOLVED)


def test_session_opened_on_a_closed_ticket_goes_on() -> None:
    session = opened()

    follow_ticket(WITH_API, a_ticket(updated_at=BEFORE, is_closed=True), at=minute(2))

    assert now(session).status is SessionStatus.ACTIVE


def test_ticket_closed_in_the_second_of_the_opening_ends_the_session_though_its_time_is_cut() -> None:
    session = opened(created_at=START + timedelta(milliseconds=600))

    follow_ticket(PSA, a_ticket(updated_at=START, is_closed=True), at=minute(2))

    assert now(session).status is SessionStatus.RESOLVED


def test_closed_ticket_opens_nothing() -> None:
    assert follow(owner_email=JOE.email, is_closed=True) == 0


def test_deleted_ticket_is_told_once_and_ends_nothing() -> None:
    session = opened()
    gone = Delivery(event=TicketEvent.DELETED, external_id="4711", ticket_id="4711", dedupe_key=None)
    message = DeliveryMessage(account_id=ACME, integration_id="psa", delivery=gone, correlation_id="")

    changed = [handle_delivery(message, clock=lambda: minute(2)) for _ in range(3)]

    assert changed == [1, 0, 0]
    assert (messages_of_psa(session), now(session).status) == (
        ["Ticket #4711 has been deleted in Our PSA."],
        SessionStatus.ACTIVE,
    )


def test_ticket_that_people_know_by_number_is_deleted_under_its_id() -> None:
    session = opened(psa_ticket_id="T-8812")
    body = json.dumps({"type": "ticket.deleted", "data": {"id": "4711", "number": "T-8812"}}).encode()
    [gone] = deliveries_in(body, PSA, "msg_1")
    message = DeliveryMessage(account_id=ACME, integration_id="psa", delivery=gone, correlation_id="")

    handle_delivery(message, clock=lambda: minute(2))

    assert messages_of_psa(session) == ["Ticket #T-8812 has been deleted in Our PSA."]
