"""A crowd: a packaged function in many processes, at work on the deployed stack, each asked the same at once."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from infra.local.api import Json
from infra.local.deployed import DeployedStack, emulator_session
from infra.local.packages import link_code, packaged
from infra.local.psa_sandbox.webhooks import Delivery
from infra.local.site import REGION, STAGE

FORKS = Path(__file__).with_name("forked_workers.py")
Answer = tuple[int, Any]
"""Status and body."""


@dataclass(frozen=True)
class Crowd:
    """The processes behind one that passes events on."""

    process: "subprocess.Popen[str]"

    def one_by_one(self, event: Json) -> list[Json]:
        """Return the answer of each call, made in small groups one after the other."""
        return self._ask(event, is_together=False)

    def at_once(self, event: Json) -> list[Json]:
        """Return the answer of each call, all started at the same moment."""
        return self._ask(event, is_together=True)

    def _ask(self, event: Json, *, is_together: bool) -> list[Json]:
        asked = json.dumps({"event": event, "is_together": is_together})
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(asked + "\n")
        self.process.stdin.flush()
        answers: list[Json] = json.loads(self.process.stdout.readline())
        return answers


def unpacked(folder: Path) -> Path:
    """A folder inside `folder`, with the package in it."""
    link_code(packaged(), folder / "code")
    return folder / "code"


@contextmanager
def a_crowd(stack: DeployedStack, function: str, size: int, folder: Path) -> Iterator[Crowd]:
    """Yield so many processes of the function, with the settings it was deployed with; they end with the block."""
    handler, environment = as_deployed(stack, function)
    command = [sys.executable, "-I", "-S", str(FORKS), str(folder), handler, str(size)]
    with running(command, environment) as process:
        yield Crowd(process)


def as_deployed(stack: DeployedStack, function: str) -> tuple[str, dict[str, str]]:
    """The function's handler, and the environment that a process needs to be that function at the emulator."""
    functions = emulator_session().client("lambda", endpoint_url=stack.endpoint_url)
    deployed = functions.get_function_configuration(FunctionName=f"flowpilot-{STAGE}-{function}")
    return deployed["Handler"], {
        **deployed["Environment"]["Variables"],
        "PATH": os.environ["PATH"],
        "AWS_ENDPOINT_URL": stack.endpoint_url,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }


@contextmanager
def running(command: Sequence[str], environment: dict[str, str]) -> Iterator["subprocess.Popen[str]"]:
    """Run a program of ours, and kill it in the end with all that it forked."""
    with subprocess.Popen(  # noqa: S603  a program of ours
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            yield process
        finally:
            os.killpg(process.pid, signal.SIGKILL)


@contextmanager
def worked_by(stack: DeployedStack, function: str, most: int) -> Iterator[None]:
    """Let no more than `most` processes of the function take from its queue inside the block; each is slow to start."""
    functions = emulator_session().client("lambda", endpoint_url=stack.endpoint_url)
    [source] = functions.list_event_source_mappings(FunctionName=f"flowpilot-{STAGE}-{function}")["EventSourceMappings"]
    functions.update_event_source_mapping(UUID=source["UUID"], ScalingConfig={"MaximumConcurrency": most})
    try:
        yield
    finally:
        functions.update_event_source_mapping(UUID=source["UUID"], ScalingConfig=source["ScalingConfig"])


def answer_of(answered: Json) -> Answer:
    """What API Gateway would make of it."""
    return answered["statusCode"], json.loads(answered["body"])


def request_of(delivery: Delivery) -> Json:
    """The webhook as API Gateway hands it to the function."""
    account_id, integration_id = urlsplit(delivery.url).path.split("/")[-2:]
    route = "/webhooks/{target_id}/{integration_id}"
    return {
        "resource": route,
        "path": f"/webhooks/{account_id}/{integration_id}",
        "httpMethod": "POST",
        "headers": delivery.headers,
        "multiValueHeaders": {name: [content] for name, content in delivery.headers.items()},
        "multiValueQueryStringParameters": None,
        "pathParameters": {"target_id": account_id, "integration_id": integration_id},
        "stageVariables": None,
        "body": delivery.body.decode(),
        "isBase64Encoded": False,
        "requestContext": {"httpMethod": "POST", "resourcePath": route, "requestId": "crowd", "identity": {}},
    }
