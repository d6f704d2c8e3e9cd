"""The queue of notifications, worked as the function behind it works it, on the clock of the test."""

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from moto.backends import get_backend
from moto.core.models import DEFAULT_ACCOUNT_ID

from chalicelib.actions.deliveries.plan_deliveries import plan_deliveries, plan_share
from chalicelib.actions.deliveries.send_delivery import send_delivery
from chalicelib.actions.deliveries.send_gathered import send_gathered
from chalicelib.adapters.aws import notifications_queue, ses
from chalicelib.contracts.gather_order import GatherOrder
from chalicelib.contracts.plan_share import PlanShare
from chalicelib.contracts.send_order import SendOrder
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.events import Event
from chalicelib.domain.instants import Instant, to_milliseconds
from chalicelib.domain.people import Caller
from chalicelib.store import engineers
from tests.support.dynamodb.faults import Died
from tests.support.environment import configure
from tests.support.tables import NOTIFICATIONS_QUEUE

NOW = to_milliseconds(datetime.now(UTC))
VISIBLE_AGAIN = timedelta(minutes=6)
"""When an order comes again whose run died."""

HOUR = timedelta(hours=1)
SENDER = "flowpilot@msp.example"


class WorkedQueue:
    """What was put into the queue, given out in the order of its time, which is the clock of the test."""

    def __init__(self) -> None:
        self.at = NOW
        self._waiting: list[tuple[Instant, str]] = []

    @property
    def waiting(self) -> list[tuple[Instant, str]]:
        """What is in the queue, with the time at which it comes."""
        for message in _taken_from_sqs():
            delay_s = round((message.delayed_until - message.sent_timestamp) / 1000) if message.delayed_until else 0
            self._waiting.append((self.at + timedelta(seconds=delay_s), message.body))
        return self._waiting

    @waiting.setter
    def waiting(self, messages: list[tuple[Instant, str]]) -> None:
        self._waiting = messages

    def put(self, *events: Event) -> None:
        """Put events there, as the topic does."""
        self.waiting += [(self.at, event.model_dump_json()) for event in events]

    def work(self, until: timedelta) -> None:
        """Work what is due until then; what dies comes again after its lease."""
        while due := sorted(one for one in self.waiting if one[0] <= NOW + until):
            at, body = due[0]
            self.waiting.remove(due[0])
            self.at = max(self.at, at)
            try:
                self.run(body)
            except (Died, Unavailable):
                self.waiting.append((self.at + VISIBLE_AGAIN, body))
                raise

    def work_through_a_fault(self) -> None:
        """Work what is due; what died, or was refused, comes again until nothing is left."""
        with suppress(Died, Unavailable):
            self.work(HOUR)
        self.work(2 * HOUR)

    def run(self, body: str) -> None:
        """Work one message, as often as it comes."""
        content = json.loads(body)
        given: Any = {"attempt": 1, "is_last": False, "clock": lambda: self.at}
        if "lane" in content:
            send_gathered(GatherOrder.model_validate(content), **given)
        elif "recipients" in content:
            plan_share(PlanShare.model_validate(content), at=self.at)
        elif "position" in content:
            send_delivery(SendOrder.model_validate(content), **given)
        else:
            plan_deliveries(Event.model_validate(content), at=self.at)


def a_mailing_queue(monkeypatch: pytest.MonkeyPatch, *people: Caller) -> WorkedQueue:
    """Return a queue, beside a mail service that takes everything and these people in the directory."""
    for adapter in (notifications_queue, ses):
        adapter._client.cache_clear()
    boto3.client("sqs").create_queue(QueueName=NOTIFICATIONS_QUEUE)
    boto3.client("sesv2").create_email_identity(EmailIdentity=SENDER)
    configure(monkeypatch, PAGE_URL="https://pilot.example.com/", EMAIL_SENDER=SENDER)
    for one in people:
        engineers.enter(one)
    return WorkedQueue()


def _taken_from_sqs() -> list[Any]:
    """Take what calls have put into the queue, in their order."""
    queue: Any = get_backend("sqs")[DEFAULT_ACCOUNT_ID]["us-east-1"].queues[NOTIFICATIONS_QUEUE]
    messages: list[Any] = queue._messages
    queue._messages = []
    return messages
