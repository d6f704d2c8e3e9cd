from typing import Any

import pytest

from chalicelib.domain.claim_undo import UNDO_WINDOW
from chalicelib.domain.deliveries import ledger
from chalicelib.domain.events import EventType
from chalicelib.domain.session_ticket_notes import NOTED_AS
from chalicelib.domain.ticket_note_ledger import NOTED
from chalicelib.entry import due_handoffs
from chalicelib.entry.sqs_batches import BATCH_SIZE, MOST_RECEIVES

Template = dict[str, Any]

QUEUES = ["PsaPushes", "PsaDeliveries", "Notifications", "DueHandoffs"]

#: A queue beside another one, whose dead letters it shares.
BESIDE = {"PsaClaims": "PsaPushes"}

#: The function that works each queue.
WORKERS = [
    ("PushToPsa", "PsaPushes"),
    ("PushToPsa", "PsaClaims"),
    ("MarkNotesFailed", "PsaPushesDeadLetters"),
    ("HandleDelivery", "PsaDeliveries"),
    ("Notify", "Notifications"),
    ("DealWithDue", "DueHandoffs"),
]

#: How often the function of a queue counts a message, where that is not as often as for ticket systems.
RECEIVES = {"Notifications": ledger.MOST_RECEIVES, "DueHandoffs": due_handoffs.MOST_RECEIVES}

#: How many messages a function gets at once, where they are not as many as for ticket systems.
BATCHES = {"DueHandoffs": due_handoffs.BATCH_SIZE}

DAY_S = 24 * 3600

#: How long a queue keeps a message where that is not four days. What is due is found again every minute.
KEPT_S = {"DueHandoffs": 3600}


@pytest.mark.parametrize("queue", [*QUEUES, *BESIDE])
def test_message_that_came_as_often_as_the_function_counts_is_set_aside(resources: Template, queue: str) -> None:
    redrive = resources[queue]["Properties"]["RedrivePolicy"]

    assert redrive == {
        "deadLetterTargetArn": {"Fn::GetAtt": [f"{BESIDE.get(queue, queue)}DeadLetters", "Arn"]},
        "maxReceiveCount": RECEIVES.get(queue, MOST_RECEIVES),
    }


@pytest.mark.parametrize("queue", [*QUEUES, *BESIDE])
def test_dead_letters_outlive_the_time_they_waited(resources: Template, queue: str) -> None:
    # SQS goes on counting from when a message was first sent.
    kept_s = [
        resources[name]["Properties"]["MessageRetentionPeriod"]
        for name in (queue, f"{BESIDE.get(queue, queue)}DeadLetters")
    ]

    assert kept_s == [KEPT_S.get(queue, 4 * DAY_S), 14 * DAY_S]


@pytest.mark.parametrize("queue", [*QUEUES, *BESIDE, *(f"{queue}DeadLetters" for queue in QUEUES)])
def test_messages_are_encrypted(resources: Template, queue: str) -> None:
    assert resources[queue]["Properties"]["SqsManagedSseEnabled"] is True


def test_each_event_that_tickets_are_told_of_reaches_one_queue(resources: Template) -> None:
    filtered = [resources[f"{queue}Subscription"]["Properties"] for queue in ("PsaPushes", "PsaClaims")]

    assert [one["FilterPolicyScope"] for one in filtered] == ["MessageAttributes"] * 2
    types = sorted(type_ for one in filtered for type_ in one["FilterPolicy"]["type"])
    assert types == sorted(NOTED | set(NOTED_AS) | {EventType.CORRECTED, EventType.TICKET_NOTE_RETRIED})


def test_claims_wait_longer_than_they_can_be_undone(resources: Template) -> None:
    assert resources["PsaClaimsSubscription"]["Properties"]["FilterPolicy"]["type"] == [EventType.CLAIMED]
    assert resources["PsaClaims"]["Properties"]["DelaySeconds"] == 20 > UNDO_WINDOW.seconds
    assert "DelaySeconds" not in resources["PsaPushes"]["Properties"]


def test_queue_of_notifications_gets_every_event(resources: Template) -> None:
    assert "FilterPolicy" not in resources["NotificationsSubscription"]["Properties"]


@pytest.mark.parametrize(
    ("policy", "topics"),
    [
        ("PsaPushesPolicy", {"Ref": "HandoffEvents"}),
        ("PsaClaimsPolicy", {"Ref": "HandoffEvents"}),
        ("NotificationsPolicy", [{"Ref": "HandoffEvents"}, {"Ref": "EmailEvents"}]),
    ],
)
def test_queue_behind_a_topic_takes_messages_from_it_alone(resources: Template, policy: str, topics: object) -> None:
    (allowed,) = resources[policy]["Properties"]["PolicyDocument"]["Statement"]

    assert (allowed["Principal"], allowed["Condition"]) == (
        {"Service": "sns.amazonaws.com"},
        {"ArnEquals": {"aws:SourceArn": topics}},
    )


def test_bounces_and_complaints_reach_the_queue_from_our_configuration_set_alone(resources: Template) -> None:
    destination = resources["EmailEventDestination"]["Properties"]
    (allowed,) = resources["EmailEventsPolicy"]["Properties"]["PolicyDocument"]["Statement"]

    assert destination["ConfigurationSetName"] == {"Ref": "EmailConfiguration"}
    assert destination["EventDestination"]["MatchingEventTypes"] == ["bounce", "complaint"]
    assert destination["EventDestination"]["SnsDestination"] == {"TopicARN": {"Ref": "EmailEvents"}}
    assert resources["EmailEventsSubscription"]["Properties"]["TopicArn"] == {"Ref": "EmailEvents"}
    assert allowed["Principal"] == {"Service": "ses.amazonaws.com"}
    assert set(allowed["Condition"]["StringEquals"]) == {"aws:SourceAccount", "aws:SourceArn"}


def source_of(resources: Template, function: str, queue: str) -> dict[str, Any]:
    sources = [source["Properties"] for source in resources[function]["Properties"]["Events"].values()]
    (properties,) = [one for one in sources if one["Queue"] == {"Fn::Sub": f"${{{queue}.Arn}}"}]
    return dict(properties)


def test_queue_has_its_worker(resources: Template) -> None:
    functions = {function for function, _ in WORKERS}

    assert {
        (function, source["Properties"]["Queue"]["Fn::Sub"])
        for function in functions
        for source in resources[function]["Properties"]["Events"].values()
    } == {(function, f"${{{queue}.Arn}}") for function, queue in WORKERS}


@pytest.mark.parametrize(("function", "queue"), WORKERS)
def test_message_that_fails_does_not_bring_the_others_back(resources: Template, function: str, queue: str) -> None:
    source = source_of(resources, function, queue)

    assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert source["BatchSize"] == BATCHES.get(queue, BATCH_SIZE)


@pytest.mark.parametrize(("function", "queue"), WORKERS)
def test_message_is_not_given_out_again_while_it_is_worked(resources: Template, function: str, queue: str) -> None:
    # "Set the queue's visibility timeout to at least six times your function timeout", AWS Lambda developer guide, SQS.
    assert resources[queue]["Properties"]["VisibilityTimeout"] >= 6 * resources[function]["Properties"]["Timeout"]


def test_message_is_kept_for_all_its_receives(resources: Template) -> None:
    queue = resources["DueHandoffs"]["Properties"]

    assert queue["MessageRetentionPeriod"] > due_handoffs.MOST_RECEIVES * queue["VisibilityTimeout"]


def test_at_most_ten_functions_share_what_is_due(resources: Template) -> None:
    source = source_of(resources, "DealWithDue", "DueHandoffs")

    assert source["ScalingConfig"] == {"MaximumConcurrency": 10}
