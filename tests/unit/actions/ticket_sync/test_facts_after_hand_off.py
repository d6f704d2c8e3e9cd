"""What is read of a ticket after the hand off reaches the waiting handoff: queue, plan, and nothing half-written."""

import pytest

from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from chalicelib.actions.ticket_sync.apply_ticket import psa_turn
from chalicelib.actions.ticket_sync.handle_delivery import handle_delivery
from chalicelib.contracts.delivery_message import DeliveryMessage
from chalicelib.domain.clock.plan import WARN_BEFORE
from chalicelib.domain.events import EventType, events_between
from chalicelib.domain.handoff import Handoff
from chalicelib.domain.instants import format_instant, parse_instant
from chalicelib.domain.webhook_delivery import Delivery, TicketEvent
from chalicelib.store import handoffs, ticket_updates
from chalicelib.store.rows.handoffs import HandoffRow
from tests.support.builders import ACME, SAM, minute
from tests.support.dynamodb.faults import meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.followed_tickets import PSA, follow, hand_off, now, opened
from tests.support.scenarios.psa import PsaCase
from tests.support.servers.psa_sandbox import INTEGRATION_ID


def read(case: PsaCase, at_minute: int) -> None:
    """Read the case's ticket once, as for a webhook."""
    ticket_id = str(case.ticket.id)
    named = Delivery(event=TicketEvent.UPDATED, external_id=ticket_id, ticket_id=ticket_id, dedupe_key=None)
    message = DeliveryMessage(account_id=ACME, integration_id=INTEGRATION_ID, delivery=named, correlation_id="")
    handle_delivery(message, clock=lambda: minute(at_minute))


def change_due_at(case: PsaCase, due_at: str) -> None:
    case.server.sandbox.change(case.system, case.ticket.id, due_at=due_at, is_told=False)


def row(handoff: Handoff) -> Handoff:
    found = handoffs.find(ACME, handoff.id)
    assert found is not None
    return found


def settle(handoff: Handoff) -> None:
    """Have the assessment settled, and the first step reached, so that only the SLA time is near."""
    HandoffRow(ACME, handoff.id).update(
        [
            HandoffRow.assessment_outcome.set("timeout"),
            HandoffRow.pending_since.remove(),
            HandoffRow.is_level_assumed.remove(),
        ]
    )


@pytest.mark.parametrize("text", ["2026-11-23T10:15:00.000Z", "2026-11-23T10:35:00.000Z", "2099-01-01T00:00:00.000Z"])
def test_sla_time_that_changes_in_the_psa_moves_the_due_time_within_one_reading(case: PsaCase, text: str) -> None:
    change_due_at(case, format_instant(minute(80)))
    read(case, 5)
    case.hand_off()
    settle(case.handoff)

    change_due_at(case, text)
    read(case, 11)

    warned_at = parse_instant(text) - WARN_BEFORE
    assert case.handoff.sla_due_at == parse_instant(text)
    assert case.handoff.due_at is not None
    assert (case.handoff.due_at == warned_at) is (text < "2099")
    assert case.handoff.due_at <= warned_at


def test_sla_time_that_is_taken_away_in_the_psa_is_due_no_more(case: PsaCase) -> None:
    change_due_at(case, format_instant(minute(50)))
    read(case, 5)
    case.hand_off()
    settle(case.handoff)

    change_due_at(case, "")
    read(case, 11)

    assert (case.handoff.sla_due_at, case.handoff.next_moment and case.handoff.next_moment.what) == (None, "step")


@pytest.mark.usefixtures("linked_psa")
def test_client_and_contact_read_after_the_hand_off_stand_on_its_row() -> None:
    handoff = hand_off(opened())
    assert row(handoff).client is None

    assert follow(4, due_at=minute(300)) == 1

    after = row(handoff)
    assert (after.client, after.contact, after.sla_due_at) == ("Fabrikam", "Dana", minute(300))
    assert [event.type for event in events_between(handoff, after)] == [EventType.TICKET_UPDATED]
    assert follow(4, due_at=minute(300)) == 0


@pytest.mark.usefixtures("linked_psa")
def test_news_of_a_ticket_that_is_not_shown_in_the_queue_leaves_the_handoff_alone() -> None:
    handoff = hand_off(opened())
    follow(4)

    before = row(handoff)
    assert follow(5, status_name="Waiting") == 1

    assert row(handoff) == before


@pytest.mark.usefixtures("linked_psa")
def test_handoff_made_beside_a_reading_catches_up_with_the_next() -> None:
    session = opened()
    handoff = hand_off(session)
    facts = follow(4) and now(session).ticket
    assert facts
    HandoffRow(ACME, handoff.id).update([HandoffRow.client.remove(), HandoffRow.sla_due_at.remove()])

    assert (follow(4), row(handoff).client) == (1, "Fabrikam")


@pytest.mark.usefixtures("linked_psa")
def test_claim_that_comes_between_reading_and_writing_keeps_the_facts_and_the_claim(recorder: Recorder) -> None:
    handoff = hand_off(opened())
    recorder.tamper(
        "TransactWriteItems",
        meanwhile(lambda: claim_handoff(handoff.session_id, handoff.id, by=SAM, at=minute(4))),
    )

    assert follow(4, due_at=minute(60)) == 1

    after = row(handoff)
    assert (after.claimed_by, after.client, after.sla_due_at) == (SAM.person, "Fabrikam", minute(60))
    assert after.due_at is not None
    assert after.due_at <= minute(30)


@pytest.mark.usefixtures("linked_psa")
def test_case_that_follows_a_merge_forgets_the_former_ticket_s_sla_time() -> None:
    session = opened()
    follow(2, due_at=minute(60))
    handoff = hand_off(session)
    assert row(handoff).sla_due_at == minute(60)

    assert ticket_updates.move(now(session), "4712", psa_turn(PSA, now(session), "Merged.", minute(4)))

    assert (row(handoff).sla_due_at, row(handoff).due_at) == (None, minute(4))
