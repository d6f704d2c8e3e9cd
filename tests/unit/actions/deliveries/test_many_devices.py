"""An event that many devices are told of is planned in few requests, and again without harm."""

from typing import Any

import boto3
import pytest

from chalicelib.actions.deliveries.plan_deliveries import plan_deliveries
from chalicelib.adapters.aws import notifications_queue
from chalicelib.domain.deliveries.device import MOST_DEVICES, Device, Devices
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.events import Event
from chalicelib.domain.handoff import Priority
from chalicelib.store import deliveries, devices, engineers
from tests.support.builders import ACME, JANE, SAM, an_event
from tests.support.deliveries.call_faults import call_met_by
from tests.support.deliveries.worked_queue import NOW, WorkedQueue
from tests.support.dynamodb.faults import refuse
from tests.support.dynamodb.recorder import recording_requests
from tests.support.push import send_pushes
from tests.support.scenarios.actions import hand_off, open_case
from tests.support.tables import NOTIFICATIONS_QUEUE


@pytest.fixture
def queue(tables: None, monkeypatch: pytest.MonkeyPatch) -> WorkedQueue:
    notifications_queue._client.cache_clear()
    boto3.client("sqs").create_queue(QueueName=NOTIFICATIONS_QUEUE)
    send_pushes(monkeypatch, STAGE="local")
    engineers.enter(JANE)
    return WorkedQueue()


def seniors_with_devices(count: int) -> None:
    for number in range(count):
        who = SAM.model_copy(update={"id": f"senior-{number}"})
        engineers.enter(who)
        given: dict[str, Any] = {"p256dh": "", "auth": "", "added_at": NOW}
        owned = [
            Device(id=f"{number}-{each}", name="Phone", endpoint=f"https://push.example/{number}/{each}", **given)
            for each in range(MOST_DEVICES)
        ]
        assert devices.save(ACME, who.id, Devices(items=tuple(owned), version=1), Devices())


def an_escalation() -> Event:
    handoff = hand_off(open_case().id, priority=Priority.HIGH)
    ids: dict[str, Any] = {"handoff_id": handoff.id, "session_id": handoff.session_id}
    return an_event(actor=JANE.person, occurred_at=NOW, **ids)


def planned(event: Event) -> int:
    return len(deliveries.all_of_subject(ACME, event.handoff_id or ""))


def test_orders_of_many_devices_go_ten_at_a_time(queue: WorkedQueue) -> None:
    seniors_with_devices(12)
    event = an_escalation()

    with call_met_by("sqs", -1, lambda deliver: deliver()) as calls, recording_requests() as recorder:
        plan_deliveries(event, at=NOW)

    assert (planned(event), len(queue.waiting), calls.made) == (120, 120, 12)
    assert recorder.operations.count("PutItem") == 120
    assert len(recorder.operations) < 130


def test_run_that_fails_half_way_is_repaired_when_the_event_comes_again(queue: WorkedQueue) -> None:
    seniors_with_devices(3)
    event = an_escalation()

    with call_met_by("sqs", 1, refuse("AccessDenied")), pytest.raises(Unavailable):
        plan_deliveries(event, at=NOW)
    before = len(queue.waiting)
    plan_deliveries(event, at=NOW)

    assert (before, planned(event)) == (10, 30)
    assert len({body for _, body in queue.waiting}) == 30
