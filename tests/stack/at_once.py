"""A crowd: the packaged API function in many processes, at work on the deployed stack, each asked the same at once."""

import json
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from infra.local.deployed import DeployedStack, emulator_session
from infra.local.packages import packaged
from infra.local.psa_sandbox_webhooks import Delivery
from infra.local.site import REGION, STAGE

FORKS = Path(__file__).with_name("forks.py")
FUNCTION = f"flowpilot-{STAGE}-api"

Answer = tuple[int, Any]
"""Status and body."""


@dataclass(frozen=True)
class Crowd:
    """The processes behind one that passes events on."""

    process: "subprocess.Popen[str]"

    def one_by_one(self, delivery: Delivery) -> list[Answer]:
        """What each says, a few after each other."""
        return self._ask(delivery, is_together=False)

    def at_once(self, delivery: Delivery) -> list[Answer]:
        """What each says, all let go at the same moment."""
        return self._ask(delivery, is_together=True)

    def _ask(self, delivery: Delivery, *, is_together: bool) -> list[Answer]:
        asked = json.dumps({"event": event_of(delivery), "is_together": is_together})
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(asked + "\n")
        self.process.stdin.flush()
        answers = json.loads(self.process.stdout.readline())
        return [(answer["statusCode"], json.loads(answer["body"])) for answer in answers]


@contextmanager
def a_crowd(stack: DeployedStack, size: int, folder: Path) -> Iterator[Crowd]:
    """Yield so many processes of the function, with the settings it was deployed with; they end with the block."""
    with zipfile.ZipFile(packaged() / "deployment.zip") as package:
        package.extractall(folder)
    functions = emulator_session().client("lambda", endpoint_url=stack.endpoint_url)
    variables = functions.get_function_configuration(FunctionName=FUNCTION)["Environment"]["Variables"]
    environment = {
        **variables,
        "PATH": os.environ["PATH"],
        "AWS_ENDPOINT_URL": stack.endpoint_url,
        "AWS_DEFAULT_REGION": REGION,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }
    command = [sys.executable, "-I", "-S", str(FORKS), str(folder), str(size)]
    with subprocess.Popen(  # noqa: S603  a program of ours
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            yield Crowd(process)
        finally:
            os.killpg(process.pid, signal.SIGKILL)


def event_of(delivery: Delivery) -> dict[str, Any]:
    """The webhook as API Gateway hands it to the function."""
    account_id, integration_id = urlsplit(delivery.url).path.split("/")[-2:]
    route = "/webhooks/{account_id}/{integration_id}"
    return {
        "resource": route,
        "path": f"/webhooks/{account_id}/{integration_id}",
        "httpMethod": "POST",
        "headers": delivery.headers,
        "multiValueHeaders": {name: [content] for name, content in delivery.headers.items()},
        "multiValueQueryStringParameters": None,
        "pathParameters": {"account_id": account_id, "integration_id": integration_id},
        "stageVariables": None,
        "body": delivery.body.decode(),
        "isBase64Encoded": False,
        "requestContext": {"httpMethod": "POST", "resourcePath": route, "requestId": "crowd", "identity": {}},
    }
