"""Kill the processes of a deployed function, and let time pass for what they left behind."""

import json
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from infra.local.deployed import DeployedStack, emulator_session
from infra.local.site import STAGE

QueueAttribute = Literal["VisibilityTimeout", "RedrivePolicy"]


def kill_processes_of(stack: DeployedStack, function: str) -> int:
    """Kill every process in which the stack's emulator runs the function; return how many."""
    wanted = {
        f"AWS_LAMBDA_FUNCTION_NAME=flowpilot-{STAGE}-{function}".encode(),
        f"GATEWAY_PORT={urlsplit(stack.endpoint_url).port}".encode(),
    }
    found = [place for place in Path("/proc").iterdir() if place.name.isdecimal() and wanted <= environment_of(place)]
    for place in found:
        os.kill(int(place.name), signal.SIGKILL)
    return len(found)


def environment_of(process: Path) -> set[bytes]:
    with suppress(OSError):  # it has just ended, or is somebody else's
        return set((process / "environ").read_bytes().split(b"\0"))
    return set()


def hiding_for(stack: DeployedStack, queue: str, seconds: int) -> AbstractContextManager[None]:
    """Let the queue hide what is received inside the block so long, in place of its many minutes."""
    return _having(stack, queue, "VisibilityTimeout", lambda _: str(seconds))


def parking_after(stack: DeployedStack, queue: str, receives: int) -> AbstractContextManager[None]:
    """Let the queue set a message aside inside the block after so many failed receives, instead of after five."""
    return _having(
        stack, queue, "RedrivePolicy", lambda usual: json.dumps(json.loads(usual) | {"maxReceiveCount": receives})
    )


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


def end_turn_of(stack: DeployedStack, handoff_id: str) -> None:
    """Do what time does to the turn of a run that writes notes: it is over while the queue still hides the message."""
    dynamodb = emulator_session().resource("dynamodb", endpoint_url=stack.endpoint_url)
    dynamodb.Table(f"flowpilot-{STAGE}-handoff_parts").update_item(
        Key={"handoff_key": f"acme#{handoff_id}", "part": "part#ticket_notes"},
        UpdateExpression="SET #until = :past",
        ConditionExpression="attribute_exists(#until)",
        ExpressionAttributeNames={"#until": "until"},
        ExpressionAttributeValues={":past": "2026-01-01T00:00:00.000Z"},
    )
