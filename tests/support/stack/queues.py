"""Queues of the deployed stack: their times shortened for a test, and what waits in them."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Literal

import httpx2

from infra.local.api import Json
from infra.local.deployed import DeployedStack, emulator_session
from infra.local.site import STAGE

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

QueueAttribute = Literal["DelaySeconds", "VisibilityTimeout", "RedrivePolicy"]


def without_delay(stack: DeployedStack, queue: str) -> AbstractContextManager[None]:
    """Let the queue deliver what is sent inside the block at once, where it waits for some seconds else."""
    return _having(stack, queue, "DelaySeconds", lambda _: "0")


def hiding_for(stack: DeployedStack, queue: str, seconds: int) -> AbstractContextManager[None]:
    """Let the queue hide what is received inside the block so long, in place of its many minutes."""
    return _having(stack, queue, "VisibilityTimeout", lambda _: str(seconds))


def parking_after(stack: DeployedStack, queue: str, receives: int) -> AbstractContextManager[None]:
    """Let the queue set a message aside inside the block after so many failed receives, instead of after five."""
    return _having(
        stack, queue, "RedrivePolicy", lambda usual: json.dumps(json.loads(usual) | {"maxReceiveCount": receives})
    )


def delayed_in(stack: DeployedStack, queue: str) -> list[Json]:
    """The messages that nobody could receive yet; one that is being worked is hidden as well."""
    url = _url_of(stack, queue)
    found = httpx2.get(f"{stack.endpoint_url}/_ministack/sqs/messages", params={"QueueUrl": url}, timeout=10).json()
    messages = found["messages"]["000000000000"][stack.region][url]
    return [one for one in messages if not one["IsVisible"] and one["ReceiveCount"] == 0]


def delay_s_of(message: Json) -> int:
    """How long the queue holds a message back, in seconds."""
    return int(message["VisibleAt"] - message["SentTimestamp"])


def send_without_delay(stack: DeployedStack, queue: str, messages: list[Json]) -> None:
    """Send copies of delayed messages, which are worked at once.

    A queue may deliver a message twice, so the one that comes late changes nothing.
    """
    for message in messages:
        _sqs(stack).send_message(QueueUrl=_url_of(stack, queue), MessageBody=message["Body"], DelaySeconds=0)


def _sqs(stack: DeployedStack) -> "SQSClient":
    return emulator_session().client("sqs", endpoint_url=stack.endpoint_url)


def _url_of(stack: DeployedStack, queue: str) -> str:
    return _sqs(stack).get_queue_url(QueueName=f"flowpilot-{STAGE}-{queue}")["QueueUrl"]


@contextmanager
def _having(
    stack: DeployedStack, queue: str, attribute: QueueAttribute, change: Callable[[str], str]
) -> Iterator[None]:
    sqs, url = _sqs(stack), _url_of(stack, queue)
    usual = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=[attribute])["Attributes"][attribute]
    sqs.set_queue_attributes(QueueUrl=url, Attributes={attribute: change(usual)})
    try:
        yield
    finally:
        sqs.set_queue_attributes(QueueUrl=url, Attributes={attribute: usual})
