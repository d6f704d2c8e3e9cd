"""A route of ours, as Lambda calls it, against a bare Chalice route that reads the same item.

Ours also verifies the token, checks role and ids, reads the row into domain values, shows it by the contract, and logs.
"""

import json
import time
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from botocore.config import Config
from chalice.app import Chalice, Response

from app import app
from infra.local.deployed import emulator_session
from tests.benchmarks.paired import Pair, in_ms, side_by_side
from tests.benchmarks.scenarios import JANE, an_escalation
from tests.benchmarks.table import Row
from tests.concurrency.races.racers import Place

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

N = 150
CONTEXT = SimpleNamespace(aws_request_id="bench")


def rows(endpoint_url: str, table: str, token: str) -> list[Row]:
    """What a route of ours costs."""
    retries = Config(retries={"mode": "standard"})
    bare = _bare(emulator_session().client("dynamodb", endpoint_url=endpoint_url, config=retries), table)
    place = an_escalation()
    reading = _event("/sessions/{session_id}/handoffs/{handoff_id}", place, {"authorization": f"Bearer {token}"})
    reading_bare = _event("/handoffs/{handoff_id}", place, {})
    measured = [
        side_by_side(lambda _: _ask(app, reading), lambda _: _ask(bare, reading_bare), N, clock=clock)
        for clock in (time.perf_counter, time.thread_time)
    ]
    names = ("read a handoff, in process, against a bare Chalice route", "the same, CPU time alone")
    return [_row(name, pair) for name, pair in zip(names, measured, strict=True)]


def _bare(client: "DynamoDBClient", table: str) -> Chalice:
    bare = Chalice(app_name="bare")

    @bare.route("/handoffs/{handoff_id}")
    def read(handoff_id: str) -> Response:
        key = {"account_id": {"S": JANE.account_id}, "handoff_id": {"S": handoff_id}}
        item = client.get_item(TableName=table, Key=key, ConsistentRead=True)["Item"]
        return Response(json.dumps(item), headers={"Content-Type": "application/json"})

    return bare


def _event(path: str, place: Place, headers: dict[str, str]) -> dict[str, Any]:
    """What API Gateway hands to the function, as far as Chalice reads it."""
    ids = {name: value for name, value in place._asdict().items() if f"{{{name}}}" in path}
    return {
        "requestContext": {"httpMethod": "GET", "resourcePath": path, "requestId": "bench"},
        "headers": headers,
        "pathParameters": ids,
        "multiValueQueryStringParameters": None,
        "body": None,
        "stageVariables": None,
        "isBase64Encoded": False,
    }


def _ask(handler: Chalice, event: dict[str, Any]) -> None:
    answer = handler(event, CONTEXT)
    if answer["statusCode"] != 200:
        raise RuntimeError(f"{event['requestContext']['resourcePath']} answered {answer['body']}")


def _row(what: str, pair: Pair) -> Row:
    return Row(what, in_ms(pair.ours), in_ms(pair.against), pair.ratio, pair.n)
