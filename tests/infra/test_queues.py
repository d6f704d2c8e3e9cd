from typing import Any

import pytest

from chalicelib.domain.events import EventType

Template = dict[str, Any]

QUEUES = ["PsaPushes", "PsaDeliveries"]


@pytest.mark.parametrize("queue", QUEUES)
def test_a_message_that_came_five_times_is_set_aside(resources: Template, queue: str) -> None:
    redrive = resources[queue]["Properties"]["RedrivePolicy"]

    assert redrive == {"deadLetterTargetArn": {"Fn::GetAtt": [f"{queue}DeadLetters", "Arn"]}, "maxReceiveCount": 5}


@pytest.mark.parametrize("queue", QUEUES)
def test_what_is_set_aside_outlives_the_time_it_waited(resources: Template, queue: str) -> None:
    # SQS goes on counting from when a message was first sent.
    kept_s = [resources[name]["Properties"]["MessageRetentionPeriod"] for name in (queue, f"{queue}DeadLetters")]

    assert kept_s == [4 * 24 * 3600, 14 * 24 * 3600]


@pytest.mark.parametrize("queue", [*QUEUES, *(f"{queue}DeadLetters" for queue in QUEUES)])
def test_messages_are_encrypted(resources: Template, queue: str) -> None:
    assert resources[queue]["Properties"]["SqsManagedSseEnabled"] is True


def test_tickets_are_told_of_events_that_exist(resources: Template) -> None:
    filtered = resources["PsaPushesSubscription"]["Properties"]

    assert filtered["FilterPolicyScope"] == "MessageAttributes"
    assert set(filtered["FilterPolicy"]["type"]) == {EventType.CREATED, EventType.CLAIMED, EventType.RESOLVED}


def test_nobody_but_the_topic_of_events_sends_to_the_queue_of_pushes(resources: Template) -> None:
    (allowed,) = resources["PsaPushesPolicy"]["Properties"]["PolicyDocument"]["Statement"]

    assert (allowed["Principal"], allowed["Condition"]) == (
        {"Service": "sns.amazonaws.com"},
        {"ArnEquals": {"aws:SourceArn": {"Ref": "HandoffEvents"}}},
    )
