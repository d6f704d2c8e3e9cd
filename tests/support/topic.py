"""The topic of events on moto, with a subscriber that keeps all it is sent."""

import json
from typing import Any, NamedTuple

import boto3

NAME = "flowpilot-test-handoff-events"


class Published(NamedTuple):
    """One message: the event as JSON, and the attributes that filter policies see."""

    event: dict[str, Any]
    attributes: dict[str, str]


class Topic:
    """The topic, which can go away and come back."""

    def __init__(self) -> None:
        self._sns, self._sqs = boto3.client("sns"), boto3.client("sqs")
        self._queue_url = self._sqs.create_queue(QueueName=NAME)["QueueUrl"]
        self.arn = ""
        self.come_back()

    def go_away(self) -> None:
        """Let nothing be published any more."""
        self._sns.delete_topic(TopicArn=self.arn)

    def come_back(self) -> None:
        """Take messages again."""
        self.arn = self._sns.create_topic(Name=NAME)["TopicArn"]
        attributes = self._sqs.get_queue_attributes(QueueUrl=self._queue_url, AttributeNames=["QueueArn"])
        self._sns.subscribe(TopicArn=self.arn, Protocol="sqs", Endpoint=attributes["Attributes"]["QueueArn"])

    def take(self) -> list[Published]:
        """What was published since the last time, in order."""
        taken: list[Published] = []
        while messages := self._sqs.receive_message(QueueUrl=self._queue_url, MaxNumberOfMessages=10).get("Messages"):
            for message in messages:
                self._sqs.delete_message(QueueUrl=self._queue_url, ReceiptHandle=message["ReceiptHandle"])
                envelope = json.loads(message["Body"])
                attributes = {name: attribute["Value"] for name, attribute in envelope["MessageAttributes"].items()}
                taken.append(Published(json.loads(envelope["Message"]), attributes))
        return taken
