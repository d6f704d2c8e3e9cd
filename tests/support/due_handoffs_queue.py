"""The queue of due handoffs, on moto, and the function that works it, called as Lambda calls it."""

from typing import Any, NamedTuple

import boto3
import pytest

from chalicelib.adapters.aws import due_handoffs_queue
from chalicelib.contracts.due_share import DueShare
from chalicelib.entry.due_handoffs import deal_with_due
from tests.support.environment import configure

NAME = "flowpilot-test-due-handoffs"


class Context(NamedTuple):
    """Lambda's context, with the time that a function has left."""

    remaining_ms: int

    def get_remaining_time_in_millis(self) -> int:
        return self.remaining_ms


class DueHandoffsQueue:
    """The queue, as the settings name it until `patch` is undone."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        due_handoffs_queue._client.cache_clear()
        self._sqs = boto3.client("sqs")
        self.url = self._sqs.create_queue(QueueName=NAME)["QueueUrl"]
        configure(patch, DUE_HANDOFFS_QUEUE_URL=self.url)

    def go_away(self) -> None:
        """Let it take nothing any more."""
        self._sqs.delete_queue(QueueUrl=self.url)

    def take(self) -> list[DueShare]:
        """Take out what was put in since the last time."""
        return [DueShare.model_validate_json(body) for body in self._receive()]

    def work(self, *bodies: str, remaining_ms: int = 60_000) -> list[str]:
        """Hand what is in the queue, or `bodies`, to the function in one batch; return the bodies that come again."""
        records = [
            {"messageId": str(number), "receiptHandle": "", "body": body}
            for number, body in enumerate(bodies or self._receive())
        ]
        answer = deal_with_due({"Records": records}, Context(remaining_ms))
        failed = {item["itemIdentifier"] for item in answer["batchItemFailures"]}
        return [record["body"] for record in records if record["messageId"] in failed]

    def _receive(self) -> list[str]:
        received: list[Any] = []
        while messages := self._sqs.receive_message(QueueUrl=self.url, MaxNumberOfMessages=10).get("Messages"):
            for message in messages:
                self._sqs.delete_message(QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"])
            received += messages
        return [message["Body"] for message in received]
