"""A subscriber of the topic of handoff events: an SQS queue, read to its end."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from infra.local.deployed import DeployedStack, emulator_session
from infra.local.site import STAGE
from tests.support.waiting import eventually

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

Message = dict[str, Any]


@dataclass(frozen=True)
class Listener:
    """Keeps every message that came, as SNS wrapped it: `Message` and `MessageAttributes`."""

    sqs: "SQSClient"
    queue_url: str
    heard: list[Message] = field(default_factory=list)

    def hear(self, handoff_id: str, kind: str) -> Message:
        """The message of that kind about a handoff, once it has come."""
        return eventually(lambda: self._find(handoff_id, kind), f"{kind} over SNS")

    def _find(self, handoff_id: str, kind: str) -> Message | None:
        received = self.sqs.receive_message(QueueUrl=self.queue_url, MaxNumberOfMessages=10)
        for message in received.get("Messages", []):
            self.heard.append(json.loads(message["Body"]))
            self.sqs.delete_message(QueueUrl=self.queue_url, ReceiptHandle=message["ReceiptHandle"])
        wanted = (handoff_id, kind)
        return next((message for message in self.heard if _about(message) == wanted), None)


def _about(message: Message) -> tuple[str, str]:
    event = json.loads(message["Message"])
    return event["handoff_id"], event["type"]


def topic_of(stack: DeployedStack) -> str:
    """The topic's ARN, as the stack puts it out."""
    cloudformation = emulator_session().client("cloudformation", endpoint_url=stack.endpoint_url)
    described = cloudformation.describe_stacks(StackName=f"flowpilot-{STAGE}")["Stacks"][0]
    return next(output["OutputValue"] for output in described["Outputs"] if output["OutputKey"] == "TopicArn")


@contextmanager
def listening(stack: DeployedStack) -> Iterator[Listener]:
    """Subscribe a queue to the stack's topic."""
    session, at = emulator_session(), stack.endpoint_url
    sqs, sns = session.client("sqs", endpoint_url=at), session.client("sns", endpoint_url=at)
    queue_url = sqs.create_queue(QueueName="listener")["QueueUrl"]
    queue_arn = sqs.get_queue_attributes(QueueUrl=queue_url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    subscription = sns.subscribe(TopicArn=topic_of(stack), Protocol="sqs", Endpoint=queue_arn)
    yield Listener(sqs, queue_url)
    sns.unsubscribe(SubscriptionArn=subscription["SubscriptionArn"])
