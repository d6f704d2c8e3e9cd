"""Sessions follow their tickets: each change is told once, to any holder, and nothing happens twice."""

import pytest

from chalicelib.actions.sessions.open_session import open_session
from chalicelib.actions.ticket_sync.follow_ticket import follow_ticket
from chalicelib.actions.ticket_sync.handle_delivery import handle_delivery
from chalicelib.contracts.delivery_message import DeliveryMessage
from chalicelib.contracts.requests import OpenSessionRequest
from chalicelib.domain.errors import IdempotencyMismatch
from chalicelib.domain.session import SessionStatus
from chalicelib.domain.webhook_delivery import Delivery, TicketEvent
from chalicelib.store import sessions
from tests.support.builders import ACME, JANE, START, SUMMARY, a_session, minute
from tests.support.dynamodb.faults import meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.followed_tickets import (
    BEFORE,
    PSA,
    a_ticket,
    follow,
    hand_off,
    messages_of_psa,
    now,
    opened,
)

pytestmark = pytest.mark.usefixtures("linked_psa")


def test_change_refreshes_the_facts_and_is_told_in_a_turn_of_the_psa() -> None:
    session = opened()
    follow(2)

    follow(3, status_name="In Progress", owner_name="Jo")

    facts = now(session).ticket
    assert facts is not None
    assert (facts.status, facts.owner, facts.read_at) == ("In Progress", "Jo", minute(3))
    assert messages_of_psa(session)[-1] == "Ticket #4711: status is now In Progress, was New; owner is now Jo."


def test_summary_is_told_as_the_sentence_that_it_is() -> None:
    session = opened()
    follow(2, title="Mail is slow.")

    follow(3, title="No mail at all.")

    assert messages_of_psa(session)[-1] == "Ticket #4711: title is now “No mail at all.”, was “Mail is slow.”."


def test_quiet_turn_leaves_holder_epoch_and_place_in_the_list_alone() -> None:
    session = opened()
    follow(2)

    follow(3, status_name="Waiting")

    after = now(session)
    assert (after.holder, after.epoch, after.updated_at) == (session.holder, session.epoch, session.updated_at)
    assert after.turn_count == 1


def test_same_ticket_many_times_is_told_once() -> None:
    session = opened()

    follow(2)

    changed = [follow(3, status_name="Waiting") for _ in range(100)]

    assert (sum(changed), len(messages_of_psa(session))) == (1, 1)


def test_older_facts_undo_nothing() -> None:
    session = opened()
    follow(5, status_name="Waiting")

    follow(4, status_name="New")

    facts = now(session).ticket
    assert facts is not None
    assert facts.status == "Waiting"


def test_ticket_not_changed_since_the_session_was_opened_is_no_news() -> None:
    session = opened()

    follow_ticket(PSA, a_ticket(updated_at=BEFORE), at=minute(2))

    after = now(session)
    assert (after.ticket is not None, messages_of_psa(session)) == (True, [])


def test_session_that_waits_is_told_too() -> None:
    session = opened()
    follow(2)
    hand_off(session)

    follow(5, status_name="Waiting")

    after = now(session)
    assert (after.status, after.epoch, len(messages_of_psa(session))) == (SessionStatus.ESCALATED, 2, 1)


def test_turn_that_comes_in_between_only_moves_the_quiet_one_back(recorder: Recorder) -> None:
    session = opened()
    follow(2)
    recorder.tamper("TransactWriteItems", meanwhile(lambda: follow(3, status_name="Waiting")))

    follow(4, status_name="In Progress")

    assert [text.split(";")[0] for text in messages_of_psa(session)] == [
        "Ticket #4711: status is now Waiting, was New.",
        "Ticket #4711: status is now In Progress, was Waiting.",
    ]


def test_ticket_of_another_integration_is_another_ticket() -> None:
    session = opened()

    follow_ticket(PSA.model_copy(update={"id": "other"}), a_ticket(is_closed=True), at=minute(2))

    assert now(session).status is SessionStatus.ACTIVE


def test_ticket_whose_id_begins_like_another_is_another_ticket() -> None:
    session = opened(psa_ticket_id="4711/2")

    follow(is_closed=True)

    assert now(session).status is SessionStatus.ACTIVE


def test_ticket_named_in_a_request_that_was_refused_says_nothing_to_the_session() -> None:
    session = opened()
    asked_again = a_session(integration_id=PSA.id, psa_ticket_id="5")
    with pytest.raises(IdempotencyMismatch):
        sessions.create(asked_again, "another body")

    changed = follow(id="5", number="5", is_closed=True)

    assert (changed, messages_of_psa(session), now(session).status) == (0, [], SessionStatus.ACTIVE)


@pytest.mark.parametrize(("opened_as", "number"), [("#4711", "4711"), ("4711", "#4711")])
def test_ticket_is_the_same_with_and_without_the_sign_before_its_number(opened_as: str, number: str) -> None:
    body = OpenSessionRequest(problem_summary=SUMMARY, psa_ticket_id=opened_as, integration_id=PSA.id)
    session = open_session(body, by=JANE, at=START)

    follow(number=number, is_closed=True)

    assert now(session).status is SessionStatus.RESOLVED


def test_delivery_whose_integration_is_gone_is_done_with() -> None:
    event = Delivery(event=TicketEvent.UPDATED, external_id="1", ticket_id="1", dedupe_key=None, ticket=a_ticket())
    message = DeliveryMessage(account_id=ACME, integration_id="gone", delivery=event, correlation_id="")

    assert handle_delivery(message, clock=lambda: minute(2)) == 0


def test_texts_of_the_ticket_are_cut_and_cleaned() -> None:
    session = opened()

    follow(status_name="In\nProgress\u202e\x00", title="word " * 500)

    facts = now(session).ticket
    assert facts is not None
    assert (facts.status, len(facts.title)) == ("In Progress", 200)
