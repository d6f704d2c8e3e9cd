from typing import Any

import pytest

from chalicelib.domain.events import EventType
from chalicelib.domain.ticket_note_ledger import NOTED
from chalicelib.entry.sqs_batches import MOST_RECEIVES

Template = dict[str, Any]

QUEUES = ["PsaPushes", "PsaDeliveries"]

#: The function that works each queue.
WORKERS = [("PushToPsa", "PsaPushes"), ("MarkNotesFailed", "PsaPushesDeadLetters"), ("HandleDelivery", "PsaDeliveries")]


@pytest.mark.parametrize("queue", QUEUES)
def test_a_message_that_came_as_often_as_the_function_counts_is_set_aside(resources: Template, queue: str) -> None:
    redrive = resources[queue]["Properties"]["RedrivePolicy"]

    assert redrive == {
        "deadLetterTargetArn": {"Fn::GetAtt": [f"{queue}DeadLetters", "Arn"]},
        "maxReceiveCount": MOST_RECEIVES,
    }


@pytest.mark.parametrize("queue", QUEUES)
def test_what_is_set_aside_outlives_the_time_it_waited(resources: Template, queue: str) -> None:
    # SQS goes on counting from when a message was first sent.
    kept_s = [resources[name]["Properties"]["MessageRetentionPeriod"] for name in (queue, f"{queue}DeadLetters")]

    assert kept_s == [4 * 24 * 3600, 14 * 24 * 3600]


@pytest.mark.parametrize("queue", [*QUEUES, *(f"{queue}DeadLetters" for queue in QUEUES)])
def test_messages_are_encrypted(resources: Template, queue: str) -> None:
    assert resources[queue]["Properties"]["SqsManagedSseEnabled"] is True


def test_the_queue_gets_the_events_that_tickets_are_told_of(resources: Template) -> None:
    filtered = resources["PsaPushesSubscription"]["Properties"]

    assert filtered["FilterPolicyScope"] == "MessageAttributes"
    assert set(filtered["FilterPolicy"]["type"]) == NOTED | {EventType.TICKET_NOTE_RETRIED}


def test_nobody_but_the_topic_of_events_sends_to_the_queue_of_pushes(resources: Template) -> None:
    (allowed,) = resources["PsaPushesPolicy"]["Properties"]["PolicyDocument"]["Statement"]

    assert (allowed["Principal"], allowed["Condition"]) == (
        {"Service": "sns.amazonaws.com"},
        {"ArnEquals": {"aws:SourceArn": {"Ref": "HandoffEvents"}}},
    )


def source_of(resources: Template, function: str) -> dict[str, Any]:
    (source,) = resources[function]["Properties"]["Events"].values()
    properties: dict[str, Any] = source["Properties"]
    return properties


@pytest.mark.parametrize(("function", "queue"), WORKERS)
def test_a_queue_has_its_worker(resources: Template, function: str, queue: str) -> None:
    assert source_of(resources, function)["Queue"] == {"Fn::Sub": f"${{{queue}.Arn}}"}


@pytest.mark.parametrize(("function", "queue"), WORKERS)
def test_a_message_that_fails_does_not_bring_the_others_back(resources: Template, function: str, queue: str) -> None:
    assert source_of(resources, function)["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


@pytest.mark.parametrize(("function", "queue"), WORKERS)
def test_a_message_is_not_given_out_again_while_it_is_worked(resources: Template, function: str, queue: str) -> None:
    # "Set the queue's visibility timeout to at least six times your function timeout", AWS Lambda developer guide, SQS.
    assert resources[queue]["Properties"]["VisibilityTimeout"] >= 6 * resources[function]["Properties"]["Timeout"]
