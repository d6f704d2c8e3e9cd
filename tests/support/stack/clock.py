"""The clock of a deployed stack, run at once."""

import json

from infra.local.api import Json
from infra.local.deployed import DeployedStack, emulator_session
from infra.local.site import STAGE

EVERY_MINUTE: Json = {
    "version": "0",
    "id": "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
    "detail-type": "Scheduled Event",
    "source": "aws.events",
    "account": "000000000000",
    "time": "2026-11-23T09:00:00Z",
    "region": "us-east-1",
    "resources": ["arn:aws:events:us-east-1:000000000000:rule/run-clock"],
    "detail": {},
}


def run_clock(stack: DeployedStack) -> Json:
    """Invoke the function as its schedule does."""
    function = emulator_session().client("lambda", endpoint_url=stack.endpoint_url)
    payload = json.dumps(EVERY_MINUTE)
    answer: Json = json.load(function.invoke(FunctionName=f"flowpilot-{STAGE}-run-clock", Payload=payload)["Payload"])
    return answer
