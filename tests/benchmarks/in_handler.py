"""A route of ours, as Lambda calls it, against bare Chalice routes: with one read, and with all that ours reads.

Ours also verifies the token, checks role and ids, reads rows into domain values, shows them by the contract, and logs.
"""

import json
import time
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from botocore.config import Config
from chalice.app import Chalice, Response

from app import app
from infra.local.deployed import emulator_session
from tests.benchmarks.paired import Pair, in_ms, side_by_side
from tests.benchmarks.request_counter import seen
from tests.benchmarks.table import Row
from tests.support.builders import JANE
from tests.support.scenarios.actions import Place, place_of, worked_escalation

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Request = tuple[str, dict[str, Any]]

N = 150
CONTEXT = SimpleNamespace(aws_request_id="bench")


def rows(endpoint_url: str, table: str, token: str) -> list[Row]:
    """What a route of ours costs."""
    client = emulator_session().client(
        "dynamodb", endpoint_url=endpoint_url, config=Config(retries={"mode": "standard"})
    )
    place = place_of(worked_escalation())
    reading = _event("/sessions/{session_id}/handoffs/{handoff_id}", place, {"authorization": f"Bearer {token}"})
    with seen() as watched:
        _ask(app, reading)
    key = {"account_id": {"S": JANE.account_id}, "handoff_id": {"S": place.handoff_id}}
    item: Request = ("GetItem", {"TableName": table, "Key": key, "ConsistentRead": True})
    one, same = _bare(client, [item]), _bare(client, watched.requests)
    reading_bare = _event("/handoffs/{handoff_id}", place, {})

    def pair(bare: Chalice, clock: Callable[[], float]) -> Pair:
        return side_by_side(lambda _: _ask(app, reading), lambda _: _ask(bare, reading_bare), N, clock=clock)

    asked = len(watched.requests)
    return [
        _row("read a handoff, in process, against a bare Chalice route with one read", pair(one, time.perf_counter)),
        _row("    the same, CPU time alone", pair(one, time.thread_time)),
        _row(f"    CPU time against a bare route with the same {asked} requests", pair(same, time.thread_time)),
    ]


def _bare(client: "DynamoDBClient", requests: Sequence[Request]) -> Chalice:
    bare = Chalice(app_name="bare")
    send: dict[str, Callable[..., Any]] = {"GetItem": client.get_item, "Query": client.query}

    @bare.route("/handoffs/{handoff_id}")
    def read(handoff_id: str) -> Response:
        answers = [send[operation](**params) for operation, params in requests]
        items = [answer.get("Item") or answer["Items"] for answer in answers]
        return Response(json.dumps(items), headers={"Content-Type": "application/json"})

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
