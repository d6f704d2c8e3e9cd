"""Kill the processes of a deployed function, and let time pass for what they left behind."""

import os
import signal
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

from infra.local.deployed import DeployedStack, emulator_session
from infra.local.site import STAGE


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
