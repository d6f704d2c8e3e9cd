"""The claim as three frameworks hand it to the same action, in process: Chalice as here, FastAPI, Powertools.

All three verify the token, require the role, and answer the same receipt. FastAPI's handler is a coroutine: what is
measured is the framework, not its thread pool.
"""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayRestResolver
from fastapi import FastAPI, Header
from mangum import Mangum

from app import app
from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from chalicelib.actions.people.identify_caller import identify_caller
from chalicelib.domain.handoff import Receipt
from chalicelib.domain.instants import to_milliseconds
from tests.benchmarks.paired import WARM_UP, Pair, in_ms, side_by_side
from tests.benchmarks.table import Row
from tests.support.scenarios.actions import Place, place_of, worked_escalation

N, N_CPU = 40, 100
ROUTE = "/sessions/{session_id}/handoffs/{handoff_id}/claim"
CONTEXT = SimpleNamespace(aws_request_id="bench", function_name="bench", memory_limit_in_mb=1024)

Handler = Callable[[Any, Any], Any]


def rows(token: str) -> list[Row]:
    """A first claim of each handoff by the clock; and one that is asked for again, by the processor's."""
    measured = []
    for name, other in (("FastAPI and Mangum", _fastapi()), ("a Powertools resolver", _powertools())):
        measured += [
            _row(f"claim, in process, against {name}", _fresh_claims(other, token)),
            _row("    a repeated one, CPU time alone", _claims_again(other, token)),
        ]
    return measured


def _fresh_claims(other: Handler, token: str) -> Pair:
    ours, others = ([_event(place_of(worked_escalation()), token) for _ in range(N + WARM_UP)] for _ in range(2))
    return side_by_side(lambda number: _ask(app, ours[number]), lambda number: _ask(other, others[number]), N)


def _claims_again(other: Handler, token: str) -> Pair:
    event = _event(place_of(worked_escalation()), token)
    return side_by_side(lambda _: _ask(app, event), lambda _: _ask(other, event), N_CPU, clock=time.process_time)


def _claim(session_id: str, handoff_id: str, authorization: str) -> Receipt:
    caller = identify_caller(authorization)
    return claim_handoff(session_id, handoff_id, by=caller, at=to_milliseconds(datetime.now(UTC)))


def _fastapi() -> Handler:
    fast = FastAPI()

    @fast.post(ROUTE)
    async def claim(session_id: str, handoff_id: str, authorization: str = Header()) -> Receipt:
        return _claim(session_id, handoff_id, authorization)

    handler: Handler = Mangum(fast, lifespan="off")
    return handler


def _powertools() -> Handler:
    resolver = APIGatewayRestResolver(enable_validation=True)

    @resolver.post(ROUTE.replace("{", "<").replace("}", ">"))
    def claim(session_id: str, handoff_id: str) -> Receipt:
        return _claim(session_id, handoff_id, resolver.current_event.headers["authorization"])

    return resolver.resolve


def _event(place: Place, token: str) -> dict[str, Any]:
    """What API Gateway's REST proxy sends, as far as any of them reads it."""
    path = ROUTE.format(**place._asdict())
    headers = {"authorization": f"Bearer {token}", "content-type": "application/json"}
    return {
        "resource": ROUTE,
        "path": path,
        "httpMethod": "POST",
        "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "queryStringParameters": None,
        "multiValueQueryStringParameters": None,
        "pathParameters": place._asdict(),
        "stageVariables": None,
        "requestContext": {
            "httpMethod": "POST",
            "resourcePath": ROUTE,
            "path": path,
            "requestId": "bench",
            "stage": "api",
            "identity": {"sourceIp": "127.0.0.1"},
        },
        "body": None,
        "isBase64Encoded": False,
    }


def _ask(handler: Handler, event: dict[str, Any]) -> None:
    answer = handler(event, CONTEXT)
    if answer["statusCode"] != 200 or json.loads(answer["body"])["status"] != "claimed":
        raise RuntimeError(f"a claim was answered {answer['statusCode']}: {answer['body']}")


def _row(what: str, pair: Pair) -> Row:
    return Row(what, in_ms(pair.ours), in_ms(pair.against), pair.ratio, pair.n)
