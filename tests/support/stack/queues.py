"""Queues of the deployed stack: their times shortened for a test, and what waits in them."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Literal

import httpx2

from infra.local.api import Json
from infra.local.deployed import DeployedStack, emulator_session
from infra.local.site import STAGE
from tests.support.waiting import eventually

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


def send_without_delay(stack: DeployedStack, queue: str, about: str) -> set[int]:
    """Send once more what the queue still delays and names `about`, to be worked at once; return the delays in seconds.

    A queue may deliver a message twice, so the one that comes late changes nothing.
    """
    sqs = emulator_session().client("sqs", endpoint_url=stack.endpoint_url)
    url = sqs.get_queue_url(QueueName=f"flowpilot-{STAGE}-{queue}")["QueueUrl"]

    def look() -> list[Json] | None:
        found = httpx2.get(f"{stack.endpoint_url}/_ministack/sqs/messages", params={"QueueUrl": url}).json()
        messages = found["messages"]["000000000000"][stack.region][url]
        return [one for one in messages if about in one["Body"] and is_delayed(one)] or None

    delayed = eventually(look, f"a delayed message about {about}")
    for message in delayed:
        sqs.send_message(QueueUrl=url, MessageBody=message["Body"])
    return {message["VisibleAt"] - message["SentTimestamp"] for message in delayed}


def is_delayed(message: Json) -> bool:
    """Whether nobody could receive it yet; one that is being worked is hidden as well."""
    return not message["IsVisible"] and message["ReceiveCount"] == 0


@contextmanager
def _having(
    stack: DeployedStack, queue: str, attribute: QueueAttribute, change: Callable[[str], str]
) -> Iterator[None]:
    sqs = emulator_session().client("sqs", endpoint_url=stack.endpoint_url)
    url = sqs.get_queue_url(QueueName=f"flowpilot-{STAGE}-{queue}")["QueueUrl"]
    usual = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=[attribute])["Attributes"][attribute]
    sqs.set_queue_attributes(QueueUrl=url, Attributes={attribute: change(usual)})
    try:
        yield
    finally:
        sqs.set_queue_attributes(QueueUrl=url, Attributes={attribute: usual})
