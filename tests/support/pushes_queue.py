"""The queue of events that cause ticket notes, on moto."""

import boto3

from chalicelib.domain.events import Event

NAME = "flowpilot-test-psa-pushes"


class PushesQueue:
    """The queue, and what is put into it."""

    def __init__(self) -> None:
        self._sqs = boto3.client("sqs")
        self.url = self._sqs.create_queue(QueueName=NAME)["QueueUrl"]

    def take(self) -> list[Event]:
        """Take out what was put in since the last time."""
        taken: list[Event] = []
        while messages := self._sqs.receive_message(QueueUrl=self.url, MaxNumberOfMessages=10).get("Messages"):
            for message in messages:
                self._sqs.delete_message(QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"])
                taken.append(Event.model_validate_json(message["Body"]))
        return taken
