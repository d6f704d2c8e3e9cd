"""The queue of notifications, worked as the function behind it works it, on the clock of the test."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.actions.deliveries.send_delivery import send_delivery
from chalicelib.actions.deliveries.send_gathered import send_gathered
from chalicelib.adapters.aws import notifications_queue
from chalicelib.contracts.gather_order import GatherOrder
from chalicelib.contracts.send_order import SendOrder
from chalicelib.domain.instants import Instant, to_milliseconds
from tests.support.dynamodb.faults import Died

NOW = to_milliseconds(datetime.now(UTC))
VISIBLE_AGAIN = timedelta(minutes=6)
"""When an order comes again whose run died."""


class WorkedQueue:
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
                self.waiting.append((self.at + VISIBLE_AGAIN, body))
                raise

    def _work(self, body: str) -> None:
        given: Any = {"attempt": 1, "is_last": False, "clock": lambda: self.at}
        if "lane" in json.loads(body):
            send_gathered(GatherOrder.model_validate_json(body), **given)
        else:
            send_delivery(SendOrder.model_validate_json(body), **given)

    def _note(self, params: dict[str, Any], **_: object) -> None:
        self.waiting.append((self.at + timedelta(seconds=params.get("DelaySeconds", 0)), params["MessageBody"]))
