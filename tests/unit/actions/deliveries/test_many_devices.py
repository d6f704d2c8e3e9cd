"""An event that many devices are told of is planned in few requests, and again without harm."""

from collections import Counter
from math import ceil
from typing import Any

import boto3
import pytest

from chalicelib.actions.deliveries.plan_deliveries import plan_deliveries
from chalicelib.adapters.aws import notifications_queue
from chalicelib.contracts.plan_share import MOST_IN_SHARE
from chalicelib.domain.deliveries.device import MOST_DEVICES, Device
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.events import Event
from chalicelib.domain.handoff import Priority
from chalicelib.store import accounts, deliveries, engineers
from chalicelib.store.mapping import to_document
from chalicelib.store.rows.accounts import AccountItemRow
from chalicelib.store.rows.engineers import EngineerRow
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
    accounts.note_active_account(ACME)  # all but the first event of a process find it known
    return WorkedQueue()


def seniors_with_devices(count: int, each: int = MOST_DEVICES) -> None:
    """Have the directory hold so many seniors who have devices, written as it stands, 25 rows in a request."""
    given: dict[str, Any] = {"p256dh": "", "auth": "", "added_at": NOW}
    people = [SAM.model_copy(update={"id": f"senior-{number}"}) for number in range(count)]
    with EngineerRow.batch_write() as directory, AccountItemRow.batch_write() as items:
        for who in people:
            described: dict[str, Any] = {"name": who.name, "email": who.email, "role": who.role.value}
            directory.save(EngineerRow(ACME, who.id, skills=[], **described))
            owned = [
                Device(id=f"{who.id}-{one}", name="Phone", endpoint=f"https://push.example/{who.id}/{one}", **given)
                for one in range(each)
            ]
            content = {"items": [to_document(device) for device in owned]}
            items.save(AccountItemRow(ACME, f"devices#{who.id}", content=content, version=1))


def an_escalation() -> Event:
    handoff = hand_off(open_case().id, priority=Priority.HIGH)
    ids: dict[str, Any] = {"handoff_id": handoff.id, "session_id": handoff.session_id}
    return an_event(actor=JANE.person, occurred_at=NOW, **ids)


def planned(event: Event) -> int:
    return len(deliveries.all_of_subject(ACME, event.handoff_id or ""))


def places(event: Event) -> list[str]:
    return [entry.recipient.place for entry in deliveries.all_of_subject(ACME, event.handoff_id or "")]


def run_next(queue: WorkedQueue) -> Counter[str]:
    """Work the first message in the queue that is no order to send; return what it asked of DynamoDB and SQS."""
    found = next(one for one in queue.waiting if '"position"' not in one[1])
    queue.waiting.remove(found)
    with call_met_by("sqs", -1, lambda deliver: deliver()) as calls, recording_requests() as recorder:
        queue.run(found[1])
    return Counter(recorder.operations) + Counter(SQS=calls.made)


def test_orders_of_many_devices_go_ten_at_a_time(queue: WorkedQueue) -> None:
    seniors_with_devices(5)
    queue.put(event := an_escalation())

    asked = run_next(queue)

    assert (planned(event), len(queue.waiting)) == (50, 50)
    assert (asked["PutItem"], asked["SQS"]) == (50, 5)
    assert asked.total() < 65


@pytest.mark.parametrize(
    ("people", "each"),
    [
        (12, MOST_DEVICES),
        pytest.param(500, MOST_DEVICES, marks=pytest.mark.prove),
        pytest.param(5_000, 1, marks=pytest.mark.prove),
    ],
)
def test_many_devices_are_planned_in_shares_and_each_is_told_once(queue: WorkedQueue, people: int, each: int) -> None:
    seniors_with_devices(people, each)
    shares = ceil(people * each / MOST_IN_SHARE)
    queue.put(event := an_escalation())

    first = run_next(queue)
    later = [run_next(queue) for _ in range(shares - 1)]

    assert first["PutItem"] == MOST_IN_SHARE
    assert first["SQS"] == 5 + shares - 1
    assert first.total() <= first["PutItem"] + first["SQS"] + 10 + people / 50
    assert max(asked.total() for asked in later) <= MOST_IN_SHARE + 5
    assert len(set(places(event))) == len(places(event)) == people * each
    assert len({body for _, body in queue.waiting}) == len(queue.waiting) == people * each


def test_devices_beyond_the_limit_that_are_there_anyway_get_nothing(queue: WorkedQueue) -> None:
    seniors_with_devices(1, each=700)  # about as many as one item can hold
    queue.put(event := an_escalation())

    run_next(queue)

    newest = {f"senior-0:senior-0-{number}" for number in range(700 - MOST_DEVICES, 700)}
    assert set(places(event)) == newest


def test_run_that_fails_half_way_is_repaired_when_the_event_comes_again(queue: WorkedQueue) -> None:
    seniors_with_devices(8)
    event = an_escalation()

    with call_met_by("sqs", 2, refuse("AccessDenied")), pytest.raises(Unavailable):
        plan_deliveries(event, at=NOW)
    before = len(queue.waiting)
    queue.put(event)
    while any('"position"' not in body for _, body in queue.waiting):
        run_next(queue)

    assert (before, planned(event)) == (1 + 10, 80)
    assert len({body for _, body in queue.waiting}) == 80


def test_push_message_that_fails_reads_what_its_own_person_got_alone(queue: WorkedQueue) -> None:
    seniors_with_devices(4)
    queue.put(event := an_escalation())
    run_next(queue)
    entry = deliveries.all_of_subject(ACME, event.handoff_id or "")[0]

    read = deliveries.all_of_event_to(entry)

    assert {one.recipient.id for one in read} == {entry.recipient.id}
    assert len(read) == MOST_DEVICES
