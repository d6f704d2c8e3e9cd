"""A burst of escalations to one senior, worked as the function behind the queue works it; moto stands in for SES."""

import json
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email import message_from_string
from typing import Any

import boto3
import pytest
from moto.backends import get_backend
from moto.core.models import DEFAULT_ACCOUNT_ID

from chalicelib.actions.deliveries.handle_mail_feedback import handle_mail_feedback
from chalicelib.actions.deliveries.plan_deliveries import plan_deliveries
from chalicelib.actions.deliveries.send_delivery import send_delivery
from chalicelib.actions.deliveries.send_gathered import send_gathered
from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from chalicelib.adapters.aws import notifications_queue, ses
from chalicelib.contracts.gather_order import GatherOrder
from chalicelib.contracts.mail_event import MailEvent
from chalicelib.contracts.send_order import SendOrder
from chalicelib.domain.deliveries.ledger import DeliveryState, LedgerEntry
from chalicelib.domain.events import Event
from chalicelib.domain.handoff import Priority
from chalicelib.domain.instants import Instant, to_milliseconds
from chalicelib.store import deliveries, engineers
from tests.support.builders import ACME, JANE, OLGA, SAM, an_event
from tests.support.deliveries.mail_events import event_about
from tests.support.dynamodb.faults import Died, Fault
from tests.support.dynamodb.recorder import Recorder
from tests.support.dynamodb.write_faults import WriteFault, met_by
from tests.support.environment import configure
from tests.support.scenarios.actions import hand_off, open_case
from tests.support.tables import NOTIFICATIONS_QUEUE

NOW = to_milliseconds(datetime.now(UTC))
SENDER = "flowpilot@msp.example"
ACCEPTED, GATHERED = DeliveryState.ACCEPTED, DeliveryState.GATHERED


class Queue:
    """What was put into the queue, given out in the order of its time, which is the clock of the test."""

    def __init__(self) -> None:
        self.at = NOW
        self.waiting: list[tuple[Instant, str]] = []
        client: Any = notifications_queue._client()
        client.meta.events.register("provide-client-params.sqs.SendMessage", self._note)

    def work(self, until: timedelta) -> None:
        """Work what is due until then; what dies comes again after its lease."""
        while due := sorted(one for one in self.waiting if one[0] <= NOW + until):
            at, body = due[0]
            self.waiting.remove(due[0])
            self.at = max(self.at, at)
            try:
                self._work(body)
            except Died:
                self.waiting.append((self.at + timedelta(minutes=6), body))
                raise

    def _work(self, body: str) -> None:
        given: Any = {"attempt": 1, "is_last": False, "clock": lambda: self.at}
        if "lane" in json.loads(body):
            send_gathered(GatherOrder.model_validate_json(body), **given)
        else:
            send_delivery(SendOrder.model_validate_json(body), **given)

    def _note(self, params: dict[str, Any], **_: object) -> None:
        self.waiting.append((self.at + timedelta(seconds=params.get("DelaySeconds", 0)), params["MessageBody"]))


@pytest.fixture
def queue(tables: None, monkeypatch: pytest.MonkeyPatch) -> Queue:
    notifications_queue._client.cache_clear()
    ses._client.cache_clear()
    boto3.client("sqs").create_queue(QueueName=NOTIFICATIONS_QUEUE)
    boto3.client("sesv2").create_email_identity(EmailIdentity=SENDER)
    configure(monkeypatch, PAGE_URL="https://pilot.example.com/", EMAIL_SENDER=SENDER)
    for one in (JANE, SAM):
        engineers.enter(one)
    return Queue()


def escalate(count: int, priority: Priority = Priority.HIGH) -> list[Event]:
    found = []
    for number in range(count):
        handoff = hand_off(open_case().id, priority=priority)
        about: dict[str, Any] = {
            "id": f"event-{priority}-{number}",
            "title": f"Escalation {number}",
            "actor": JANE.person,
        }
        data = {"priority": priority.value}
        found.append(an_event(handoff_id=handoff.id, session_id=handoff.session_id, data=data, **about))
        plan_deliveries(found[-1], at=NOW)
    return found


def subjects() -> list[str]:
    taken: list[Any] = get_backend("ses")[DEFAULT_ACCOUNT_ID]["us-east-1"].sent_messages
    return [message_from_string(one.raw_data)["Subject"] for one in taken]


def entries(events: list[Event]) -> list[LedgerEntry]:
    return [entry for event in events for entry in deliveries.list_of_subject(ACME, event.handoff_id or "")]


def test_fourth_and_later_wait_visibly_and_go_out_in_one_message(queue: Queue) -> None:
    events = escalate(8)
    queue.work(timedelta(seconds=1))
    waiting = Counter(entry.state for entry in entries(events))
    queue.work(timedelta(minutes=6))

    assert waiting == {ACCEPTED: 3, GATHERED: 5}
    assert len(subjects()) == 4
    assert subjects()[-1].startswith("5 more escalations are waiting: Escalation")
    assert Counter((entry.state, entry.detail) for entry in entries(events)) == {
        (ACCEPTED, None): 3,
        (ACCEPTED, "In one message with 4 more."): 5,
    }


def test_urgent_ones_are_not_held_up_by_others(queue: Queue) -> None:
    escalate(5)
    queue.work(timedelta(seconds=1))
    urgent = escalate(5, Priority.URGENT)

    queue.work(timedelta(minutes=1))

    assert {entry.state for entry in entries(urgent)} == {ACCEPTED}
    assert len(subjects()) == 3 + 3 + 1


def test_what_is_picked_up_meanwhile_is_left_out_of_the_message(queue: Queue) -> None:
    events = escalate(6)
    queue.work(timedelta(seconds=1))
    held = next(entry for entry in entries(events) if entry.state is GATHERED)
    claim_handoff(held.event.session_id or "", held.subject, by=OLGA, at=NOW)

    queue.work(timedelta(minutes=6))

    states = Counter(entry.state for entry in entries(events))
    assert states == {ACCEPTED: 5, DeliveryState.SKIPPED: 1}
    assert subjects()[-1].startswith("2 more escalations are waiting")


def test_what_is_not_sent_after_all_is_not_counted(queue: Queue) -> None:
    events = escalate(6)
    for event in events[:3]:
        claim_handoff(event.session_id or "", event.handoff_id or "", by=OLGA, at=NOW)

    queue.work(timedelta(seconds=1))

    assert Counter(entry.state for entry in entries(events)) == {ACCEPTED: 3, DeliveryState.SKIPPED: 3}


def test_orders_that_come_twice_send_nothing_twice(queue: Queue) -> None:
    escalate(6)
    orders = list(queue.waiting)
    queue.work(timedelta(seconds=1))
    queue.waiting += [*orders, *queue.waiting]

    queue.work(timedelta(minutes=6))

    assert len(subjects()) == 4


def test_bounce_of_a_gathered_message_fails_all_that_it_had(queue: Queue) -> None:
    events = escalate(6)
    queue.work(timedelta(minutes=6))
    gathered = [entry for entry in entries(events) if entry.detail]

    (feedback,) = MailEvent.model_validate(event_about(gathered[-1], SAM.email)).feedback
    handle_mail_feedback(feedback, at=NOW)

    assert Counter(entry.state for entry in entries(events)) == {ACCEPTED: 3, DeliveryState.FAILED: 3}


def test_refused_message_fails_all_that_it_had(queue: Queue) -> None:
    events = escalate(5)
    queue.work(timedelta(seconds=1))
    boto3.client("sesv2").delete_email_identity(EmailIdentity=SENDER)

    queue.work(timedelta(minutes=6))

    assert Counter(entry.state for entry in entries(events)) == {ACCEPTED: 3, DeliveryState.FAILED: 2}


@pytest.mark.parametrize("kind", [Fault.DIES_BEFORE, Fault.DIES_AFTER])
@pytest.mark.parametrize("write", range(22))
def test_run_that_dies_at_any_write_mails_nothing_twice_and_leaves_nothing_behind(
    queue: Queue, recorder: Recorder, write: int, kind: Fault
) -> None:
    events = escalate(5)

    with met_by(recorder, WriteFault(kind, write)), suppress(Died):
        queue.work(timedelta(minutes=6))
    queue.work(timedelta(hours=1))

    ends = Counter(entry.known_state(queue.at + timedelta(hours=1)) for entry in entries(events))
    assert set(ends) <= {ACCEPTED, DeliveryState.UNKNOWN}
    assert len(subjects()) == len(set(subjects()))  # one that died may go out alone, once the window has room again
    assert ends[ACCEPTED] >= 3
