"""The sweep asks again for assessments whose run died: the function itself, invoked on the deployed stack."""

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from chalicelib.actions.assessments.sweep_assessments import MOST_RUNS

from chalicelib.domain.instants import format_instant
from infra.local.api import Api, Json
from infra.local.deployed import DeployedStack, emulator_session
from infra.local.site import STAGE
from tests.support.stack.scenarios import a_handoff, read_again, settled

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

LONG_AGO = format_instant(datetime.now(UTC) - timedelta(hours=1))
LATER = format_instant(datetime.now(UTC) + timedelta(hours=1))
EVERY_FIVE_MINUTES: Json = {
    "version": "0",
    "id": "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
    "detail-type": "Scheduled Event",
    "source": "aws.events",
    "account": "000000000000",
    "time": "2026-11-23T09:00:00Z",
    "region": "us-east-1",
    "resources": ["arn:aws:events:us-east-1:000000000000:rule/sweep"],
    "detail": {},
}


@pytest.fixture(scope="module")
def dynamodb(stack: DeployedStack) -> "DynamoDBClient":
    return emulator_session().client("dynamodb", endpoint_url=stack.endpoint_url)


def change(handoff: Json, dynamodb: "DynamoDBClient", **values: str | int) -> None:
    """Write into the row behind the app's back."""
    dynamodb.update_item(
        TableName=f"flowpilot-{STAGE}-handoffs",
        Key={"account_id": {"S": "acme"}, "handoff_id": {"S": handoff["id"]}},
        UpdateExpression="SET " + ", ".join(f"{name} = :{name}" for name in values),
        ExpressionAttributeValues={f":{name}": _attribute(value) for name, value in values.items()},
    )


def _attribute(value: str | int) -> Any:
    return {"N": str(value)} if isinstance(value, int) else {"S": value}


def left_by_runs_that_died(jane: Api, dynamodb: "DynamoDBClient", runs: int) -> Json:
    """A handoff as dead runs leave it: pending since long ago, its lease run out, and its stream record gone by.

    The lease still holds while the stream sees the change, so that it is not the stream that asks.
    """
    handoff = settled(jane, a_handoff(jane))
    pending: dict[str, str | int] = {
        "assessment_status": "pending",
        "pending_key": "pending",
        "pending_since": LONG_AGO,
    }
    change(handoff, dynamodb, **pending, assessment_attempts=runs, lease_id="of a run that died", lease_until=LATER)
    settled(jane, a_handoff(jane))
    change(handoff, dynamodb, lease_until=LONG_AGO)
    return handoff


def sweep(stack: DeployedStack) -> Json:
    """Invoke the function as its schedule does."""
    function = emulator_session().client("lambda", endpoint_url=stack.endpoint_url)
    payload = json.dumps(EVERY_FIVE_MINUTES)
    answer: Json = json.load(function.invoke(FunctionName=f"flowpilot-{STAGE}-sweep", Payload=payload)["Payload"])
    return answer


def test_assessment_whose_run_died_is_asked_for_again(
    stack: DeployedStack, jane: Api, dynamodb: "DynamoDBClient"
) -> None:
    handoff = left_by_runs_that_died(jane, dynamodb, runs=1)

    assert sweep(stack) == {"asked": 1}
    assert settled(jane, handoff)["assessment_status"] == "ready"


def test_assessment_that_killed_every_run_is_given_up(
    stack: DeployedStack, jane: Api, dynamodb: "DynamoDBClient"
) -> None:
    handoff = left_by_runs_that_died(jane, dynamodb, runs=MOST_RUNS)

    sweep(stack)

    given_up = read_again(jane, handoff)
    assert (given_up["assessment_status"], given_up["assessment_error"]) == ("unavailable", "gave_up")
