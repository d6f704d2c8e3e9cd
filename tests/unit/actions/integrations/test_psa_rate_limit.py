"""A PSA that asked for a pause hears nothing from any process before it is over."""

from datetime import timedelta

import pytest

from chalicelib.actions.integrations.check_connection import check_connection
from chalicelib.actions.integrations.save_integration import save_integration
from chalicelib.actions.ticket_notes.push_result import PushResult
from chalicelib.actions.ticket_sync.handle_delivery import handle_delivery
from chalicelib.actions.ticket_sync.reconcile_tickets import reconcile_tickets
from chalicelib.adapters.psa.http_client import UNNAMED_PAUSE_S
from chalicelib.contracts.delivery_message import DeliveryMessage
from chalicelib.contracts.integrations import IntegrationRequest
from chalicelib.domain.events import Event
from chalicelib.domain.integration import Integration
from chalicelib.domain.psa import PsaUnavailable
from chalicelib.domain.webhook_delivery import Delivery, TicketEvent
from chalicelib.store import integrations
from infra.local.psa_sandbox.faults import PsaFault
from tests.support.builders import ACME, OLGA, minute
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.psa import PsaCase, forget_process
from tests.support.servers.psa_sandbox import INTEGRATION_ID

PAUSE_S = 30

in_one_system = pytest.mark.parametrize("case", ["connectwise"], indirect=True)


def integration() -> Integration:
    return integrations.load(ACME, INTEGRATION_ID)


def met_by(case: PsaCase, fault: PsaFault) -> Event:
    """Have a note meet with a fault of the PSA's."""
    event = case.hand_off()
    case.server.sandbox.faults.switch_on(fault)
    with pytest.raises(PsaUnavailable):
        case.push(event)
    return event


def turned_away(case: PsaCase, pause_s: int = PAUSE_S) -> Event:
    """Have a process be told to come back later, and another one come up where nothing was heard of it."""
    event = met_by(case, PsaFault(kind="429", retry_after_s=pause_s, count=1))
    forget_process()
    case.server.sandbox.received.clear()
    return event


def test_another_process_asks_nothing_before_the_pause_is_over(case: PsaCase) -> None:
    event = turned_away(case)

    with pytest.raises(PsaUnavailable, match="asked for a pause") as refusal:
        case.push(event, after_s=PAUSE_S - 1)

    assert refusal.value.retry_after_s == pytest.approx(1)
    assert not case.server.sandbox.received


def test_once_the_pause_is_over_the_psa_is_asked_again(case: PsaCase) -> None:
    event = turned_away(case)

    assert case.push(event, after_s=PAUSE_S) is PushResult.SENT
    assert len(case.notes) == 1


def test_neither_a_webhook_nor_a_look_nor_an_admin_disturbs_the_pause(case: PsaCase) -> None:
    turned_away(case)
    delivery = Delivery(event=TicketEvent.UPDATED, external_id="1", ticket_id=str(case.ticket.id), dedupe_key=None)
    message = DeliveryMessage(account_id=ACME, integration_id=INTEGRATION_ID, delivery=delivery, correlation_id="")

    with pytest.raises(PsaUnavailable, match="asked for a pause"):
        handle_delivery(message, clock=case.clock)
    looked = reconcile_tickets(clock=case.clock, is_time_left=lambda: True)
    trouble = check_connection(INTEGRATION_ID, by=OLGA, clock=case.clock).trouble

    assert (looked, trouble) == (0, f"Our {case.system} asked for a pause.")
    assert not case.server.sandbox.received


@in_one_system
def test_webhook_that_is_turned_away_lets_the_notes_wait(case: PsaCase) -> None:
    event = case.hand_off()
    case.server.sandbox.faults.switch_on(PsaFault(kind="429", retry_after_s=PAUSE_S, count=1))
    delivery = Delivery(event=TicketEvent.UPDATED, external_id="1", ticket_id=str(case.ticket.id), dedupe_key=None)
    message = DeliveryMessage(account_id=ACME, integration_id=INTEGRATION_ID, delivery=delivery, correlation_id="")
    with pytest.raises(PsaUnavailable):
        handle_delivery(message, clock=case.clock)
    forget_process()

    with pytest.raises(PsaUnavailable, match="asked for a pause"):
        case.push(event)

    assert case.notes == []


@in_one_system
def test_shorter_pause_does_not_end_a_longer_one(case: PsaCase) -> None:
    turned_away(case)
    rate_limited_until = integration().rate_limited_until

    integrations.set_rate_limit(integration(), minute(30) + timedelta(seconds=1))

    assert integration().rate_limited_until == rate_limited_until == minute(30) + timedelta(seconds=PAUSE_S)


@in_one_system
def test_psa_that_has_had_too_many_requests_rests_though_it_does_not_say_how_long(case: PsaCase) -> None:
    met_by(case, PsaFault(kind="429", count=1))

    assert integration().rate_limited_until == case.now + timedelta(seconds=UNNAMED_PAUSE_S)


@in_one_system
def test_psa_with_other_trouble_that_names_no_pause_is_not_waited_for(case: PsaCase) -> None:
    event = met_by(case, PsaFault(kind="503", count=1))

    assert case.push(event) is PushResult.SENT


@in_one_system
def test_pause_of_one_address_is_none_of_another(case: PsaCase) -> None:
    turned_away(case)
    found = integration()
    body = {"name": found.name, "base_url": found.base_url, "settings": found.settings.model_dump(mode="json")}

    kept = save_integration(INTEGRATION_ID, IntegrationRequest.model_validate(body), by=OLGA, at=case.now)
    moved = IntegrationRequest.model_validate({**body, "base_url": f"{found.base_url}/elsewhere"})
    elsewhere = save_integration(INTEGRATION_ID, moved, by=OLGA, at=case.now)

    assert (kept.rate_limited_until, elsewhere.rate_limited_until) == (found.rate_limited_until, None)


@in_one_system
def test_deleted_integration_does_not_come_back_as_a_pause(case: PsaCase) -> None:
    found = integration()
    integrations.delete(ACME, INTEGRATION_ID)

    integrations.set_rate_limit(found, case.now)

    assert integrations.find(ACME, INTEGRATION_ID) is None


@in_one_system
def test_rate_limit_is_read_without_a_request_and_written_with_one(case: PsaCase, recorder: Recorder) -> None:
    event = case.hand_off()
    recorder.exchanges.clear()
    case.push(event)
    asked = list(recorder.operations)
    recorder.exchanges.clear()
    case.server.sandbox.faults.switch_on(PsaFault(kind="429", retry_after_s=PAUSE_S, count=1))
    with pytest.raises(PsaUnavailable):
        case.push(case.claim())
    turned = [operation for operation in recorder.operations if operation != "TransactWriteItems"]

    read, kept = ["GetItem", "Query", "Query"], ["TransactWriteItems"]  # a handoff: its row, its parts, turns since
    assert asked == [*read, "Query", "GetItem", *kept, *read, *kept]
    assert turned.count("UpdateItem") == 2
