"""The clock asks again for assessments whose run died: the function itself, invoked on the deployed stack."""

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.domain.agenda import MOST_RUNS
from chalicelib.domain.instants import format_instant
from chalicelib.store.keys import shard_of
from infra.local.api import Api, Json
from infra.local.deployed import DeployedStack, emulator_session
from infra.local.site import STAGE
from tests.support.stack.scenarios import a_handoff, read_again, settled

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

LONG_AGO = format_instant(datetime.now(UTC) - timedelta(hours=1))
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


@pytest.fixture(scope="module")
def dynamodb(stack: DeployedStack) -> "DynamoDBClient":
    return emulator_session().client("dynamodb", endpoint_url=stack.endpoint_url)


def change(table: str, key: Json, dynamodb: "DynamoDBClient", expression: str, **values: str | int) -> None:
    """Write into an item behind the app's back."""
    names = {"ExpressionAttributeNames": {"#shard": "shard"}} if "#shard" in expression else {}  # a reserved word
    dynamodb.update_item(
        TableName=f"flowpilot-{STAGE}-{table}",
        Key={name: {"S": content} for name, content in key.items()},
        UpdateExpression=expression,
        ExpressionAttributeValues={f":{name}": _attribute(value) for name, value in values.items()},
        **names,  # type: ignore[arg-type]  # the stubs know every argument by name
    )


def _attribute(value: str | int) -> Any:
    return {"N": str(value)} if isinstance(value, int) else {"S": value}


def left_by_runs_that_died(jane: Api, dynamodb: "DynamoDBClient", runs: int) -> Json:
    """A handoff as dead runs leave it: pending and due since long ago, its lease run out, its stream record gone by."""
    handoff = settled(jane, a_handoff(jane))
    part = {"handoff_key": f"acme#{handoff['id']}", "part": "part#assessment"}
    began = "SET attempts = :runs, lease_id = :lease, lease_until = :until REMOVE assessment, improvement, settled_for"
    change("handoff_parts", part, dynamodb, began, runs=runs, lease="of a run that died", until=LONG_AGO)
    row = {"account_id": "acme", "handoff_id": handoff["id"]}
    pending = "SET pending_since = :since, #shard = :shard, due_at = :due REMOVE assessment_outcome"
    change("handoffs", row, dynamodb, pending, since=LONG_AGO, shard=shard_of(handoff["id"]), due=1)
    return handoff


def run_clock(stack: DeployedStack) -> Json:
    """Invoke the function as its schedule does."""
    function = emulator_session().client("lambda", endpoint_url=stack.endpoint_url)
    payload = json.dumps(EVERY_MINUTE)
    answer: Json = json.load(function.invoke(FunctionName=f"flowpilot-{STAGE}-run-clock", Payload=payload)["Payload"])
    return answer


def test_assessment_whose_run_died_is_asked_for_again(
    stack: DeployedStack, jane: Api, dynamodb: "DynamoDBClient"
) -> None:
    handoff = left_by_runs_that_died(jane, dynamodb, runs=1)

    assert run_clock(stack)["asked"] == 1
    assert settled(jane, handoff)["assessment_status"] == "ready"


def test_assessment_that_killed_every_run_is_given_up(
    stack: DeployedStack, jane: Api, dynamodb: "DynamoDBClient"
) -> None:
    handoff = left_by_runs_that_died(jane, dynamodb, runs=MOST_RUNS)

    run_clock(stack)

    given_up = read_again(jane, handoff)
    assert (given_up["assessment_status"], given_up["assessment_error"]) == ("unavailable", "gave_up")
