"""The function behind the queue of notifications, given batches as Lambda gives them."""

import json
from collections.abc import Iterator
from typing import Any

import boto3
import pytest

from chalicelib.actions.deliveries.save_channel import save_webhook
from chalicelib.adapters.aws import notifications_queue, versioned_secrets
from chalicelib.contracts.plan_share import PlanShare
from chalicelib.domain.deliveries.ledger import DeliveryKind, DeliveryState, Recipient
from chalicelib.entry.notification_queue import notify
from chalicelib.store import deliveries
from infra.local.post_office import PostOffice
from infra.local.post_office.faults import DeliveryFault
from tests.support.builders import ACME, HANDOFF_ID, OLGA, an_event, minute
from tests.support.channels import webhook_to
from tests.support.servers.post_office import a_post_office, empty, webhook_url_of
from tests.support.tables import NOTIFICATIONS_QUEUE, NOTIFICATIONS_QUEUE_URL


@pytest.fixture(scope="module")
def _serving() -> Iterator[PostOffice]:
    with a_post_office() as server:
        yield server


class Queue:
    """The queue and the function that reads it, and the pauses that the function asked for."""

    def __init__(self) -> None:
        notifications_queue._client.cache_clear()
        self._sqs = boto3.client("sqs")
        self._sqs.create_queue(QueueName=NOTIFICATIONS_QUEUE)
        self.pauses_s: list[int] = []
        events: Any = notifications_queue._client().meta.events
        events.register("provide-client-params.sqs.ChangeMessageVisibility", self._note_pause)

    def put(self, *bodies: str) -> None:
        for body in bodies:
            self._sqs.send_message(QueueUrl=NOTIFICATIONS_QUEUE_URL, MessageBody=body)

    def work(self, receives: int = 1) -> list[str]:
        """Hand what is in the queue to the function in one batch; return the bodies that come again."""
        received = self._sqs.receive_message(QueueUrl=NOTIFICATIONS_QUEUE_URL, MaxNumberOfMessages=10)
        records = [_record(message, receives) for message in received.get("Messages", [])]
        failed = {item["itemIdentifier"] for item in notify({"Records": records}, None)["batchItemFailures"]}
        return [record["body"] for record in records if record["messageId"] in failed]

    def _note_pause(self, params: dict[str, Any], **_: object) -> None:
        self.pauses_s.append(params["VisibilityTimeout"])


def _record(message: Any, receives: int) -> dict[str, Any]:
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": {"ApproximateReceiveCount": str(receives)},
    }


@pytest.fixture
def queue(tables: None, post_office: PostOffice) -> Queue:
    return Queue()


@pytest.fixture
def post_office(_serving: PostOffice, tables: None) -> PostOffice:
    versioned_secrets.forget()
    empty(_serving)
    save_webhook("ops", webhook_to(webhook_url_of(_serving)), by=OLGA, at=minute(0))
    return _serving


def states() -> list[DeliveryState]:
    return [entry.state for entry in deliveries.all_of_subject(ACME, HANDOFF_ID)]


@pytest.mark.parametrize("is_raw", [True, False])
def test_event_from_the_topic_becomes_a_message(post_office: PostOffice, queue: Queue, is_raw: bool) -> None:  # noqa: FBT001
    event = an_event().model_dump_json()
    queue.put(event if is_raw else json.dumps({"Type": "Notification", "Message": event}))

    failed = [*queue.work(), *queue.work()]

    assert (failed, len(post_office.mailbox.messages), states()) == ([], 1, [DeliveryState.ACCEPTED])


def test_share_of_those_told_becomes_messages(post_office: PostOffice, queue: Queue) -> None:
    to = Recipient(kind=DeliveryKind.WEBHOOK, id="ops", name="Operations")
    queue.put(PlanShare(event=an_event(), recipients=[to]).model_dump_json())

    failed = [*queue.work(), *queue.work()]

    assert (failed, len(post_office.mailbox.messages), states()) == ([], 1, [DeliveryState.ACCEPTED])


def test_message_that_makes_no_sense_fails_alone(post_office: PostOffice, queue: Queue) -> None:
    queue.put("{}", an_event().model_dump_json(), "not json", '{"position": 3}', '{"recipients": 3}', "[1]")

    failed = queue.work()

    assert sorted(failed) == sorted(["{}", "not json", '{"position": 3}', '{"recipients": 3}', "[1]"])
    assert states() == [DeliveryState.PENDING]


def test_receiver_that_fails_brings_its_message_again_after_a_pause(post_office: PostOffice, queue: Queue) -> None:
    queue.put(an_event().model_dump_json())
    queue.work()
    post_office.mailbox.faults.switch_on(DeliveryFault(kind="503", retry_after_s=77))

    failed = queue.work(receives=3)

    assert (len(failed), queue.pauses_s, states()) == (1, [300], [DeliveryState.PENDING])


def test_eighth_try_is_the_last(post_office: PostOffice, queue: Queue) -> None:
    queue.put(an_event().model_dump_json())
    queue.work()
    post_office.mailbox.faults.switch_on(DeliveryFault(kind="500"))

    failed = queue.work(receives=8)

    assert (failed, queue.pauses_s, states()) == ([], [], [DeliveryState.FAILED])


def test_account_without_channels_is_told_nothing(post_office: PostOffice, queue: Queue) -> None:
    queue.put(an_event(account_id="globex").model_dump_json())

    assert (queue.work(), queue.work()) == ([], [])
    assert deliveries.all_of_subject("globex", HANDOFF_ID) == []
