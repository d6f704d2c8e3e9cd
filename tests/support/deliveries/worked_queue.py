"""The queue of notifications, worked as the function behind it works it, on the clock of the test."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from moto.backends import get_backend
from moto.core.models import DEFAULT_ACCOUNT_ID

from chalicelib.actions.deliveries.plan_deliveries import plan_deliveries
from chalicelib.actions.deliveries.send_delivery import send_delivery
from chalicelib.actions.deliveries.send_gathered import send_gathered
from chalicelib.contracts.gather_order import GatherOrder
from chalicelib.contracts.send_order import SendOrder
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.events import Event
from chalicelib.domain.instants import Instant, to_milliseconds
from tests.support.dynamodb.faults import Died
from tests.support.tables import NOTIFICATIONS_QUEUE

NOW = to_milliseconds(datetime.now(UTC))
VISIBLE_AGAIN = timedelta(minutes=6)
"""When an order comes again whose run died."""


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

    def run(self, body: str) -> None:
        """Work one message, as often as it comes."""
        content = json.loads(body)
        given: Any = {"attempt": 1, "is_last": False, "clock": lambda: self.at}
        if "lane" in content:
            send_gathered(GatherOrder.model_validate(content), **given)
        elif "position" in content:
            send_delivery(SendOrder.model_validate(content), **given)
        else:
            plan_deliveries(Event.model_validate(content), at=self.at)


def _taken_from_sqs() -> list[Any]:
    """Take what calls have put into the queue, in their order."""
    queue: Any = get_backend("sqs")[DEFAULT_ACCOUNT_ID]["us-east-1"].queues[NOTIFICATIONS_QUEUE]
    messages: list[Any] = queue._messages
    queue._messages = []
    return messages
