"""The clock asks again for assessments whose run died, and people who wait no longer: on the deployed stack."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.contracts.due_share import DueShare
from chalicelib.domain.agenda import DueHandoff
from chalicelib.domain.clock.plan import MOST_ATTEMPTS
from chalicelib.domain.instants import format_instant
from chalicelib.store.keys import shard_of
from infra.local.api import Api, Json
from infra.local.clock import run_clock
from infra.local.deployed import DeployedStack, emulator_session
from infra.local.site import STAGE
from tests.support.scenarios.http import a_handoff, a_session, claimed, place_of, read_again, settled
from tests.support.stack.psa_control import Sandbox, shown_id
from tests.support.waiting import eventually

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_sqs import SQSClient

KEEP_THE_ANSWER = ("connectwise", "halopsa")
"""Autotask says who was last alone, so that an answer counts there that no note of ours follows before it is read."""

NOTE_WITHIN_S = 120
"""How long the note of a claim may take, which waits until the claim can no longer be undone."""

LONG_AGO = format_instant(datetime.now(UTC) - timedelta(hours=1))


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


def messages_in(sqs: "SQSClient", queue_url: str) -> int:
    """How many messages a queue holds, those that a function has taken included."""
    names: list[Any] = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    found = sqs.get_queue_attributes(QueueUrl=queue_url, AttributeNames=names)["Attributes"]
    return sum(int(found[name]) for name in names)


def test_assessment_whose_run_died_is_asked_for_again(
    stack: DeployedStack, jane: Api, dynamodb: "DynamoDBClient"
) -> None:
    handoff = left_by_runs_that_died(jane, dynamodb, runs=1)

    assert run_clock(stack)["done"]["assessment"] == 1
    assert settled(jane, handoff)["assessment_status"] == "ready"


def test_share_in_the_queue_is_dealt_with_by_its_function(
    stack: DeployedStack, jane: Api, dynamodb: "DynamoDBClient"
) -> None:
    handoff = left_by_runs_that_died(jane, dynamodb, runs=1)
    sqs = emulator_session().client("sqs", endpoint_url=stack.endpoint_url)
    waiting, dead = (
        sqs.get_queue_url(QueueName=f"flowpilot-{STAGE}-{name}")["QueueUrl"]
        for name in ("due-handoffs", "due-handoffs-dead-letters")
    )

    due = DueHandoff(account_id="acme", handoff_id=handoff["id"], due_s=1)
    sqs.send_message(QueueUrl=waiting, MessageBody=DueShare(handoffs=(due,)).model_dump_json())

    assert settled(jane, handoff)["assessment_status"] == "ready"
    eventually(lambda: True if messages_in(sqs, waiting) == 0 else None, "an empty queue")
    assert messages_in(sqs, dead) == 0


def test_assessment_that_killed_every_run_is_given_up(
    stack: DeployedStack, jane: Api, dynamodb: "DynamoDBClient"
) -> None:
    handoff = left_by_runs_that_died(jane, dynamodb, runs=MOST_ATTEMPTS)

    run_clock(stack)

    given_up = read_again(jane, handoff)
    assert (given_up["assessment_status"], given_up["assessment_error"]) == ("unavailable", "gave_up")


@pytest.mark.usefixtures("links")
def test_answer_of_the_customer_has_its_waiting_holder_asked(
    jane: Api, sam: Api, sandbox: Sandbox, stack: DeployedStack
) -> None:
    tickets = {system: sandbox.open_ticket(system, "No scan to mail") for system in KEEP_THE_ANSWER}
    handoffs = [waiting_for_customer(jane, sam, system, ticket) for system, ticket in tickets.items()]

    for system, ticket in tickets.items():
        sandbox.change(system, ticket, is_answered=True)

    for handoff in handoffs:
        eventually(partial(told_of_the_answer, sam, handoff["session_id"]), "the answer of the customer")
    for handoff in handoffs:
        eventually(partial(asked_by_the_clock, stack, sam, handoff), "the question to the holder")


@pytest.mark.prove
@pytest.mark.usefixtures("links")
def test_answer_in_autotask_after_our_notes_has_its_waiting_holder_asked(
    jane: Api, sam: Api, sandbox: Sandbox, stack: DeployedStack
) -> None:
    ticket = sandbox.open_ticket("autotask", "No scan to mail")
    handoff = waiting_for_customer(jane, sam, "autotask", ticket)
    eventually(lambda: len(sandbox.notes("autotask", ticket)) == 2 or None, "the note of the claim", NOTE_WITHIN_S)

    sandbox.change("autotask", ticket, is_answered=True)

    eventually(partial(told_of_the_answer, sam, handoff["session_id"]), "the answer of the customer")
    eventually(partial(asked_by_the_clock, stack, sam, handoff), "the question to the holder")


def waiting_for_customer(jane: Api, sam: Api, system: str, ticket: Json) -> Json:
    """What Jane handed off about the ticket, and Sam claimed to wait for the customer."""
    handoff = a_handoff(jane, a_session(jane, psa_ticket_id=shown_id(system, ticket), integration_id=system))
    claimed(sam, handoff)
    until = format_instant(datetime.now(UTC) + timedelta(days=1))
    sam.post(f"{place_of(handoff)}/wait", {"until": until, "reason": "The customer looks for the cable."})
    return handoff


def asked_by_the_clock(stack: DeployedStack, by: Api, handoff: Json) -> Json | None:
    """Run the clock, and return the handoff once its holder was asked: it is due from the next whole second on."""
    run_clock(stack)
    found = read_again(by, handoff)
    return found if found["waiting"] is None and found["asked_at"] else None


def told_of_the_answer(by: Api, session_id: str) -> Json | None:
    turns = by.get(f"/sessions/{session_id}/turns")["items"]
    return next((turn for turn in turns if "the customer has answered" in turn.get("text", "")), None)
