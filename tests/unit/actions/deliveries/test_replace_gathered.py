"""A claim corrects the gathered push message that a device shows, sent to a push service that is strict."""

import json
from datetime import timedelta
from typing import Any

import boto3
import pytest

from chalicelib.actions.deliveries.list_handoff_deliveries import list_handoff_deliveries
from chalicelib.actions.deliveries.mark_shown import mark_shown
from chalicelib.actions.deliveries.plan_deliveries import plan_deliveries
from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from chalicelib.actions.people.save_device import add_device
from chalicelib.adapters.aws import notifications_queue
from chalicelib.domain.deliveries.ledger import DeliveryState, LedgerEntry
from chalicelib.domain.errors import NotFound
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.handoff import Priority
from chalicelib.domain.pagination import PageRequest
from chalicelib.store import deliveries, engineers
from infra.local.post_office import PostOffice
from infra.local.post_office.faults import DeliveryFault
from tests.support.builders import ACME, ALEX, JANE, SAM, an_event
from tests.support.deliveries.worked_queue import NOW, WorkedQueue
from tests.support.push import a_subscription, send_pushes
from tests.support.scenarios.actions import hand_off, open_case
from tests.support.servers.post_office import empty
from tests.support.tables import NOTIFICATIONS_QUEUE

GATHERED = timedelta(minutes=6)


@pytest.fixture
def phone(serving_post_office: PostOffice, tables: None, monkeypatch: pytest.MonkeyPatch) -> PostOffice:
    """A push service that nothing has arrived at but what Sam's phone gets."""
    notifications_queue._client.cache_clear()
    boto3.client("sqs").create_queue(QueueName=NOTIFICATIONS_QUEUE)
    send_pushes(monkeypatch, STAGE="local", PAGE_URL="https://pilot.example.com/")
    empty(serving_post_office)
    for one in (JANE, SAM):
        engineers.enter(one)
    add_device(a_subscription(serving_post_office), by=SAM, at=NOW)
    return serving_post_office


@pytest.fixture
def queue(phone: PostOffice) -> WorkedQueue:
    return WorkedQueue()


def escalate(count: int, queue: WorkedQueue, priority: Priority = Priority.HIGH) -> list[Event]:
    found = []
    for _ in range(count):
        handoff = hand_off(open_case().id, priority=priority)
        about: dict[str, Any] = {"id": f"{handoff.id}-new", "title": f"Escalation {handoff.id}", "actor": JANE.person}
        data = {"priority": priority.value}
        ids: dict[str, Any] = {"handoff_id": handoff.id, "session_id": handoff.session_id, "occurred_at": queue.at}
        found.append(an_event(data=data, **ids, **about))
        plan_deliveries(found[-1], at=queue.at)
    return found


def claim(event: Event, queue: WorkedQueue) -> None:
    claim_handoff(event.session_id or "", event.handoff_id or "", by=ALEX, at=queue.at)
    told = {"type": EventType.CLAIMED, "id": f"{event.id}-claimed", "occurred_at": queue.at, "actor": ALEX.person}
    plan_deliveries(event.model_copy(update={**told, "title": "Alex picked it up"}), at=queue.at)


def shown(phone: PostOffice) -> dict[str, dict[str, Any]]:
    """What the device shows: of each tag the last message."""
    assert list(phone.mailbox.refused) == []
    return {message["tag"]: message for message in map(json.loads, (one.text for one in phone.mailbox.messages))}


def replacing(event: Event) -> list[LedgerEntry]:
    return [
        one
        for one in deliveries.all_of_subject(ACME, event.handoff_id or "")
        if one.recipient.replaces_round is not None
    ]


def test_claim_takes_its_case_out_of_the_gathered_message(phone: PostOffice, queue: WorkedQueue) -> None:
    events = escalate(6, queue)
    queue.work(GATHERED)
    before = shown(phone)["gathered"]

    claim(events[4], queue)
    queue.work(GATHERED + timedelta(minutes=1))

    after = shown(phone)["gathered"]
    assert (before["title"], before["silent"]) == ("3 more escalations are waiting", False)
    assert before["body"] == f"1: {events[3].title} · 2: {events[4].title} · 3: {events[5].title}"
    assert (after["title"], after["silent"]) == ("2 more escalations are waiting", True)
    assert after["body"] == f"1: {events[3].title} · 2: {events[5].title}"


def test_last_claim_says_that_nobody_is_waited_for(phone: PostOffice, queue: WorkedQueue) -> None:
    events = escalate(5, queue)
    queue.work(GATHERED)

    for event in events[3:]:
        claim(event, queue)
    queue.work(GATHERED + timedelta(minutes=1))

    assert shown(phone)["gathered"]["title"] == "None of 2 escalations is waiting any more"
    assert {one.state for event in events[3:] for one in replacing(event)} == {DeliveryState.ACCEPTED}
    subject = events[4].session_id or "", events[4].handoff_id or ""
    listed = list_handoff_deliveries(*subject, PageRequest(25), by=JANE).items
    assert [(one.event.id, one.state) for one in listed] == [(events[4].id, DeliveryState.ACCEPTED)]


def test_claim_of_an_earlier_round_leaves_the_later_message_alone(phone: PostOffice, queue: WorkedQueue) -> None:
    first = escalate(5, queue)
    queue.work(GATHERED)
    second = escalate(6, queue)
    queue.work(GATHERED + timedelta(minutes=11))
    before = shown(phone)["gathered"]

    claim(first[4], queue)
    queue.work(GATHERED + timedelta(minutes=12))

    assert shown(phone)["gathered"] == before
    (entry,) = replacing(first[4])
    assert (entry.state, entry.detail) == (DeliveryState.SKIPPED, "The device shows a later message by now.")
    assert second


def test_urgent_cases_are_replaced_apart_from_the_others(phone: PostOffice, queue: WorkedQueue) -> None:
    escalate(5, queue)
    urgent = escalate(5, queue, Priority.URGENT)
    queue.work(GATHERED)
    others = shown(phone)["gathered"]

    claim(urgent[3], queue)
    queue.work(GATHERED + timedelta(minutes=1))

    assert shown(phone)["gathered"] == others
    assert shown(phone)["gathered-urgent"]["silent"]


def test_message_that_was_refused_is_not_replaced(phone: PostOffice, queue: WorkedQueue) -> None:
    events = escalate(5, queue)
    queue.work(timedelta(seconds=1))
    phone.mailbox.faults.switch_on(DeliveryFault.model_validate({"kind": "413"}))
    queue.work(GATHERED)
    phone.mailbox.faults.switch_off()

    claim(events[4], queue)

    assert replacing(events[4]) == []


def test_device_that_shows_a_gathered_message_says_so_of_each_case(phone: PostOffice, queue: WorkedQueue) -> None:
    events = escalate(5, queue)
    queue.work(GATHERED)

    mark_shown(shown(phone)["gathered"]["token"], at=queue.at)

    states = [one.state for event in events for one in deliveries.all_of_subject(ACME, event.handoff_id or "")]
    assert states == [DeliveryState.ACCEPTED] * 3 + [DeliveryState.SHOWN] * 2
    with pytest.raises(NotFound):
        mark_shown(shown(phone)["gathered"]["token"], at=queue.at)
