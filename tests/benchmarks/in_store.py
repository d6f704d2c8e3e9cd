"""Claim and hand off in process, against the same requests sent by bare boto3 to the same endpoint."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from botocore.config import Config

from chalicelib.actions.handoffs.claim_handoff import claim_handoff
from infra.local.deployed import emulator_session
from tests.benchmarks.paired import WARM_UP, Pair, in_ms, side_by_side
from tests.benchmarks.request_counter import seen
from tests.benchmarks.table import Row
from tests.support.builders import SAM
from tests.support.scenarios.actions import Place, hand_off, place_of, worked_case, worked_escalation

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

N = 50
Request = tuple[str, dict[str, Any]]


def rows(endpoint_url: str) -> list[Row]:
    """What the store adds to what DynamoDB takes."""
    client = emulator_session().client(
        "dynamodb", endpoint_url=endpoint_url, config=Config(retries={"mode": "standard"})
    )
    return [*_claim(client), *_hand_off(client)]


def _claim(client: "DynamoDBClient") -> list[Row]:
    def claim(place: Place) -> None:
        claim_handoff(*place, by=SAM, at=datetime.now(UTC))

    sample = place_of(worked_escalation())
    with seen() as claimed:
        claim(sample)
    ours, others = ([place_of(worked_escalation()) for _ in range(N + WARM_UP)] for _ in range(2))
    bare = [_moved(claimed.requests, sample, other) for other in others]
    pair = side_by_side(lambda number: claim(ours[number]), lambda number: _send(client, bare[number]), N)
    return [
        _row("claim, in process, against bare boto3", pair),
        Row("DynamoDB requests of a claim that wins", *_counted(claimed.operations, 1), n=1, at_most=1),
    ]


def _hand_off(client: "DynamoDBClient") -> list[Row]:
    session_id = worked_case().id
    with seen() as handed_off:
        sample = place_of(hand_off(session_id))
    ours, others = ([worked_case().id for _ in range(N + WARM_UP)] for _ in range(2))
    bare = [_moved(handed_off.requests, sample, Place(other, f"{number:036}")) for number, other in enumerate(others)]
    pair = side_by_side(lambda number: hand_off(ours[number]), lambda number: _send(client, bare[number]), N)
    return [
        _row("hand off, in process, against bare boto3", pair),
        Row("DynamoDB requests of a hand off", *_counted(handed_off.operations, 3), n=1, at_most=1),
    ]


def _moved(requests: Sequence[Request], sample: Place, place: Place) -> list[Request]:
    """The same requests for another session and handoff."""
    text = (
        json.dumps(requests).replace(sample.session_id, place.session_id).replace(sample.handoff_id, place.handoff_id)
    )
    return [(operation, params) for operation, params in json.loads(text)]


def _send(client: "DynamoDBClient", requests: Sequence[Request]) -> None:
    send: dict[str, Callable[..., object]] = {
        "GetItem": client.get_item,
        "Query": client.query,
        "TransactWriteItems": client.transact_write_items,
    }
    for operation, params in requests:
        send[operation](**params)


def _row(what: str, pair: Pair) -> Row:
    return Row(what, in_ms(pair.ours), in_ms(pair.against), pair.ratio, pair.n)


def _counted(operations: list[str], budget: int) -> tuple[str, str, float]:
    return " + ".join(operations), f"{budget} allowed", len(operations) / budget
