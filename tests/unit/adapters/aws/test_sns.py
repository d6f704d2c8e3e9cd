import json
from collections.abc import Callable, Iterator
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from chalicelib.adapters.aws import sns
from chalicelib.domain.events import Event, EventType
from tests.support.builders import an_event
from tests.support.dynamodb.moto_speed import SESSION_STAYS, speed_up

ATTRIBUTES = ["type", "account_id", "priority"]


@pytest.fixture
def topic_arn(monkeypatch: pytest.MonkeyPatch, configure: Callable[..., None]) -> Iterator[str]:
    """The topic that the settings name."""
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    speed_up(monkeypatch)
    with mock_aws(config=SESSION_STAYS):
        arn = boto3.client("sns").create_topic(Name="handoff-events")["TopicArn"]
        configure(EVENTS_TOPIC_ARN=arn)
        yield arn


def subscribe(topic_arn: str, filter_policy: dict[str, list[str]] | None = None) -> Callable[[], list[dict[str, Any]]]:
    """Put a queue behind the topic; return what reads it."""
    queues = boto3.client("sqs")
    url = queues.create_queue(QueueName="subscriber")["QueueUrl"]
    arn = queues.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    attributes = {"FilterPolicy": json.dumps(filter_policy)} if filter_policy else {}
    boto3.client("sns").subscribe(TopicArn=topic_arn, Protocol="sqs", Endpoint=arn, Attributes=attributes)

    def read() -> list[dict[str, Any]]:
        found = queues.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
        return [json.loads(message["Body"]) for message in found]

    return read


def test_subscribers_get_the_event_as_it_is_in_the_feed(topic_arn: str) -> None:
    read, event = subscribe(topic_arn), an_event()

    sns.publish(event)

    (message,) = read()
    assert Event.model_validate_json(message["Message"]) == event


def test_attributes_say_what_subscribers_filter_by(topic_arn: str) -> None:
    read = subscribe(topic_arn)

    sns.publish(an_event(EventType.CLAIMED, data={"priority": "urgent"}))

    (message,) = read()
    told = {
        name: (message["MessageAttributes"][name]["Type"], message["MessageAttributes"][name]["Value"])
        for name in ATTRIBUTES
    }
    assert told == {
        "type": ("String", "handoff_claimed"),
        "account_id": ("String", "acme"),
        "priority": ("String", "urgent"),
    }


@pytest.mark.parametrize(
    ("wanted", "heard"),
    [({"type": ["handoff_created"]}, 1), ({"type": ["handoff_claimed"]}, 0), ({"account_id": ["globex"]}, 0)],
)
def test_filter_policy_lets_through_what_it_names(topic_arn: str, wanted: dict[str, list[str]], heard: int) -> None:
    read = subscribe(topic_arn, wanted)

    sns.publish(an_event(EventType.CREATED))

    assert len(read()) == heard


def test_summary_in_any_script_can_be_published(topic_arn: str) -> None:
    read, event = subscribe(topic_arn), an_event(title="Escalation from 志村 · #4711: Принтер горит 🔥\n\t“quoted”")

    sns.publish(event)

    (message,) = read()
    assert json.loads(message["Message"])["title"] == event.title


@pytest.mark.parametrize("kind", EventType)
def test_email_has_a_subject_without_any_text_of_the_ticket(topic_arn: str, kind: EventType) -> None:
    read, event = subscribe(topic_arn), an_event(kind, title="Принтер горит")

    sns.publish(event)

    (message,) = read()
    assert message["Subject"] == f"FlowPilot: {kind.value.replace('_', ' ')}"


def test_topic_that_does_not_take_the_event_is_no_success(topic_arn: str) -> None:
    boto3.client("sns").delete_topic(TopicArn=topic_arn)

    with pytest.raises(ClientError):
        sns.publish(an_event())


def test_silent_topic_is_given_up_before_the_function_ends(topic_arn: str) -> None:
    sns.publish(an_event())
    limits: Any = sns._client().meta.config

    assert (limits.connect_timeout, limits.read_timeout) == (1, 5)
    assert limits.retries["total_max_attempts"] == 3
