"""A PSA that refuses every call is a fault of the integration, announced once, and of no ticket."""

from datetime import timedelta

import pytest

from chalicelib.actions.integrations.check_connection import check_connection
from chalicelib.actions.integrations.delete_integration import delete_integration
from chalicelib.actions.integrations.integration_failures import keep_failure
from chalicelib.actions.integrations.list_integrations import read_integration
from chalicelib.actions.integrations.save_integration import save_integration
from chalicelib.actions.ticket_notes.push_result import PushResult
from chalicelib.actions.ticket_sync.handle_delivery import handle_delivery
from chalicelib.actions.ticket_sync.reconcile_tickets import reconcile_tickets
from chalicelib.adapters.aws import psa_queues
from chalicelib.contracts.delivery_message import DeliveryMessage
from chalicelib.contracts.integrations import IntegrationRequest
from chalicelib.domain.audiences import Audience, AudienceKind
from chalicelib.domain.events import Event
from chalicelib.domain.handoff import TicketNotesStatus
from chalicelib.domain.integration import IntegrationPart
from chalicelib.domain.webhook_delivery import Delivery, TicketEvent
from chalicelib.settings import settings
from chalicelib.store import feed, integrations
from infra.local.psa_sandbox.faults import PsaFault
from tests.support.builders import ACME, OLGA
from tests.support.pushes_queue import PushesQueue
from tests.support.scenarios.psa import PsaCase, forget_process
from tests.support.servers.psa_sandbox import INTEGRATION_ID
from tests.support.topic import Topic

in_one_system = pytest.mark.parametrize("case", ["connectwise"], indirect=True)
in_autotask = pytest.mark.parametrize("case", ["autotask"], indirect=True)
WRONG_KEYS = PsaFault(kind="401")


@pytest.fixture
def queue(case: PsaCase, topic: Topic, monkeypatch: pytest.MonkeyPatch) -> PushesQueue:
    """The queue that notes wait for, beside the topic that admins are told through."""
    queue = PushesQueue()
    monkeypatch.setenv("PSA_PUSHES_QUEUE_URL", queue.url)
    settings.cache_clear()
    psa_queues._client.cache_clear()
    return queue


def locked_out(case: PsaCase, tries: int = 1) -> tuple[Event, list[PushResult]]:
    """Have the PSA refuse the keys while an escalation is to be noted, in processes that know nothing of each other."""
    event = case.hand_off()
    case.server.sandbox.faults.switch_on(WRONG_KEYS)
    return event, [case.push(event, is_last=True) for _ in range(tries)]


def let_in(case: PsaCase) -> None:
    """Have the keys be right from a minute later on."""
    case.now += timedelta(minutes=1)
    case.server.sandbox.faults.switch_off()
    case.server.sandbox.received.clear()


def events_of_admins() -> list[str]:
    """The types of the events of the admins, oldest first."""
    admins = Audience(account_id=ACME, kind=AudienceKind.ADMINS)
    return [event.type.value for event in reversed(feed.list_newest(admins, 10))]


def saved_again(case: PsaCase) -> None:
    """Have an admin save the settings once more."""
    found = integrations.load(ACME, INTEGRATION_ID)
    body = {"name": found.name, "base_url": found.base_url, "settings": found.settings.model_dump(mode="json")}
    save_integration(INTEGRATION_ID, IntegrationRequest.model_validate(body), by=OLGA, at=case.now)


def test_refused_keys_let_notes_wait_and_are_no_try(case: PsaCase, queue: PushesQueue) -> None:
    _, results = locked_out(case, tries=6)

    notes = case.handoff.ticket_notes
    assert results == [PushResult.WAITING] * 6
    assert (notes.status, notes.attempts) == (TicketNotesStatus.PENDING, 0)
    assert "does not accept" in (notes.error or "")


@in_one_system
def test_refused_keys_are_told_to_admins_once(case: PsaCase, queue: PushesQueue, topic: Topic) -> None:
    locked_out(case, tries=6)

    assert events_of_admins() == ["integration_failed"]
    [published] = topic.take()
    assert (published.event["type"], published.event["session_id"]) == ("integration_failed", None)
    assert "no longer lets FlowPilot in" in published.event["title"]


@in_one_system
def test_failing_integration_shows_since_when_and_how_many_wait(case: PsaCase, queue: PushesQueue) -> None:
    locked_out(case)

    state = read_integration(INTEGRATION_ID, by=OLGA)

    failure = state.integration.access_failure
    assert failure
    assert (failure.since, failure.next_try_at) == (case.now, case.now + timedelta(hours=1))
    assert (state.waiting_handoffs, failure.is_announced) == (1, True)


@in_one_system
def test_psa_that_refuses_every_call_is_asked_once_an_hour(case: PsaCase, queue: PushesQueue) -> None:
    event, _ = locked_out(case)
    forget_process()
    case.server.sandbox.received.clear()

    case.push(event, after_s=59 * 60)
    reconcile_tickets(clock=case.clock, is_time_left=lambda: True)
    asked_early = len(case.server.sandbox.received)
    case.now += timedelta(minutes=1)
    reconcile_tickets(clock=case.clock, is_time_left=lambda: True)
    reconcile_tickets(clock=case.clock, is_time_left=lambda: True)

    assert (asked_early, len(case.server.sandbox.received)) == (0, 1)
    assert events_of_admins() == ["integration_failed"]


def test_notes_go_as_soon_as_saved_settings_work(case: PsaCase, queue: PushesQueue) -> None:
    event, _ = locked_out(case)
    let_in(case)

    saved_again(case)

    assert queue.take() == [event]
    assert case.push(event) is PushResult.SENT
    assert len(case.notes) == 1
    assert integrations.load(ACME, INTEGRATION_ID).access_failure is None
    assert events_of_admins() == ["integration_failed", "integration_recovered"]


@in_one_system
def test_notes_go_on_waiting_when_saved_settings_do_not_work(case: PsaCase, queue: PushesQueue) -> None:
    locked_out(case)

    saved_again(case)

    assert queue.take() == []
    assert integrations.load(ACME, INTEGRATION_ID).access_failure
    assert events_of_admins() == ["integration_failed"]


@in_one_system
def test_notes_go_after_a_connection_test_that_works(case: PsaCase, queue: PushesQueue) -> None:
    event, _ = locked_out(case)
    let_in(case)

    trouble = check_connection(INTEGRATION_ID, by=OLGA, clock=case.clock).trouble

    assert trouble is None
    assert queue.take() == [event]
    assert read_integration(INTEGRATION_ID, by=OLGA).waiting_handoffs == 0


@in_one_system
def test_notes_go_after_a_regular_look_that_works(case: PsaCase, queue: PushesQueue) -> None:
    event, _ = locked_out(case)
    let_in(case)
    case.now += timedelta(hours=1)

    reconcile_tickets(clock=case.clock, is_time_left=lambda: True)

    assert queue.take() == [event]


@in_one_system
def test_refusal_of_keys_that_were_replaced_meanwhile_is_not_kept(case: PsaCase, queue: PushesQueue) -> None:
    old = integrations.load(ACME, INTEGRATION_ID)
    saved_again(case)

    keep_failure(old, IntegrationPart.ACCESS, "old keys", case.now)

    assert integrations.load(ACME, INTEGRATION_ID).access_failure is None
    assert events_of_admins() == []


@in_one_system
def test_admins_are_told_later_when_the_topic_was_gone(case: PsaCase, queue: PushesQueue, topic: Topic) -> None:
    topic.go_away()
    event, _ = locked_out(case)
    topic.come_back()

    case.push(event, after_s=3600)

    assert [published.event["type"] for published in topic.take()] == ["integration_failed"]
    assert events_of_admins() == ["integration_failed"]


@in_one_system
def test_deleted_integration_lets_nothing_wait_for_it(case: PsaCase, queue: PushesQueue) -> None:
    event, _ = locked_out(case)

    delete_integration(INTEGRATION_ID, by=OLGA)

    assert queue.take() == [event]
    assert case.push(event) is PushResult.FAILED


def deactivated(case: PsaCase, *, is_proven: bool) -> None:
    """Work what Autotask says when it has switched the webhook off."""
    notice = Delivery(
        event=TicketEvent.DEACTIVATED, external_id="webhook", ticket_id="", dedupe_key=None, is_proven=is_proven
    )
    message = DeliveryMessage(account_id=ACME, integration_id=INTEGRATION_ID, delivery=notice, correlation_id="")
    handle_delivery(message, clock=case.clock)


@in_autotask
def test_signed_deactivation_is_kept_and_told_once(case: PsaCase, queue: PushesQueue) -> None:
    for _ in range(2):
        deactivated(case, is_proven=True)

    failure = integrations.load(ACME, INTEGRATION_ID).webhook_failure
    assert "Autotask has switched it off" in (failure.reason if failure else "")
    assert events_of_admins() == ["integration_failed"]


@in_autotask
@pytest.mark.parametrize(("is_active", "events"), [(True, []), (False, ["integration_failed"])])
def test_unsigned_deactivation_only_makes_us_look(
    case: PsaCase, queue: PushesQueue, *, is_active: bool, events: list[str]
) -> None:
    store = case.server.sandbox.store
    store.webhook_url, store.is_webhook_active = f"https://flowpilot.example/webhooks/acme/{INTEGRATION_ID}", is_active

    deactivated(case, is_proven=False)

    store.webhook_url, store.is_webhook_active = "", True
    assert events_of_admins() == events


@in_autotask
def test_connection_test_finds_a_webhook_that_was_switched_on_again(case: PsaCase, queue: PushesQueue) -> None:
    deactivated(case, is_proven=True)
    case.now += timedelta(minutes=1)
    case.server.sandbox.store.webhook_url = f"https://flowpilot.example/webhooks/acme/{INTEGRATION_ID}"

    check_connection(INTEGRATION_ID, by=OLGA, clock=case.clock)

    case.server.sandbox.store.webhook_url = ""
    assert events_of_admins() == ["integration_failed", "integration_recovered"]
