"""Runs that are killed around their calls of SNS and SQS while they send SMS, lose the answer, or come twice at once.

No SMS is sent twice, and none is lost silently: each entry ends as accepted or unknown.
"""

from collections import Counter
from typing import Any

import boto3
import pytest

from chalicelib.adapters.aws import notifications_queue, sms
from chalicelib.domain.deliveries.ledger import DeliveryState
from chalicelib.domain.events import Event
from chalicelib.domain.handoff import Priority
from chalicelib.store import deliveries, engineers
from tests.support.builders import ACME, ALEX, JANE, SAM, an_event
from tests.support.deliveries.call_faults import KINDS, call_meets, call_met_by
from tests.support.deliveries.worked_queue import HOUR, NOW, WorkedQueue
from tests.support.dynamodb.faults import Deliver, Fault
from tests.support.environment import configure
from tests.support.phones import NUMBER, OTHER_NUMBER, confirm_number, sms_sent
from tests.support.scenarios.actions import hand_off, open_case
from tests.support.tables import NOTIFICATIONS_QUEUE

ACCEPTED, UNKNOWN = DeliveryState.ACCEPTED, DeliveryState.UNKNOWN


@pytest.fixture
def queue(tables: None, monkeypatch: pytest.MonkeyPatch) -> WorkedQueue:
    """A queue, an SMS service that takes everything, and two seniors who have confirmed a number."""
    for adapter in (notifications_queue, sms):
        adapter._client.cache_clear()
    boto3.client("sqs").create_queue(QueueName=NOTIFICATIONS_QUEUE)
    configure(monkeypatch, PAGE_URL="https://pilot.example.com/", SENDS_SMS="true")
    engineers.enter(JANE)
    confirm_number(SAM, NUMBER)
    confirm_number(ALEX, OTHER_NUMBER)
    return WorkedQueue()


def escalate(count: int = 1) -> list[Event]:
    found = []
    for number in range(count):
        handoff = hand_off(open_case().id, priority=Priority.URGENT)
        ids: dict[str, Any] = {"id": f"{handoff.id}-new", "handoff_id": handoff.id, "session_id": handoff.session_id}
        title, data = f"Escalation {number}", {"priority": "urgent"}
        found.append(an_event(title=title, actor=JANE.person, occurred_at=NOW, data=data, **ids))
    return found


def texts() -> Counter[tuple[str, str]]:
    """How often SNS took which message to whom."""
    return Counter(sms_sent())


def ends(events: list[Event]) -> Counter[DeliveryState]:
    """How the deliveries ended, as they are shown."""
    found = (entry for event in events for entry in deliveries.all_of_subject(ACME, event.handoff_id or ""))
    return Counter(entry.known_state(NOW + 3 * HOUR) for entry in found)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("call", range(2))
def test_fault_of_a_call_to_sns_leaves_one_message_unknown(queue: WorkedQueue, call: int, kind: Fault) -> None:
    events = escalate()
    queue.put(*events)

    with call_meets("sns", call, kind) as calls:
        queue.work_through_a_fault()

    assert (calls.made, ends(events)) == (2, {ACCEPTED: 1, UNKNOWN: 1})
    assert sum(texts().values()) == (1 if kind is Fault.DIES_BEFORE else 2)
    assert max(texts().values()) == 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("call", range(2))
def test_fault_of_a_call_to_sqs_loses_no_message_and_sends_none_twice(
    queue: WorkedQueue, call: int, kind: Fault
) -> None:
    events = escalate()
    queue.put(*events)

    with call_meets("sqs", call, kind):
        queue.work_through_a_fault()

    assert ends(events) == {ACCEPTED: 2}
    assert sorted(number for number, _ in texts().elements()) == [NUMBER, OTHER_NUMBER]


@pytest.mark.parametrize("kind", [Fault.DIES_BEFORE, Fault.DIES_AFTER])
@pytest.mark.parametrize("call", [2, 3])
def test_fault_of_a_gathered_sms_sends_nothing_twice(queue: WorkedQueue, call: int, kind: Fault) -> None:
    """Three escalations to two people: one SMS alone to each, then one that gathers two."""
    events = escalate(3)
    queue.put(*events)

    with call_meets("sns", call, kind) as calls:
        queue.work_through_a_fault()

    assert calls.made == 4
    assert max(texts().values()) == 1
    assert ends(events) == {ACCEPTED: 4, UNKNOWN: 2}


@pytest.mark.parametrize("before", [True, False], ids=["before", "after"])
def test_message_that_comes_twice_at_once_is_sent_once(queue: WorkedQueue, before: bool) -> None:  # noqa: FBT001
    events = escalate()
    queue.put(*events)
    queue.run(queue.waiting.pop()[1])
    body = queue.waiting[0][1]

    def act(deliver: Deliver) -> Any:
        if before:
            queue.run(body)
        answer = deliver()
        if not before:
            queue.run(body)
        return answer

    with call_met_by("sns", 0, act):
        queue.work_through_a_fault()

    assert (max(texts().values()), ends(events)) == (1, {ACCEPTED: 2})
