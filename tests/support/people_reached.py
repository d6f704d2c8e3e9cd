"""People who are told outside the page, on moto and a post office: what the stack sends with, and what left."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_string
from email.message import EmailMessage
from email.policy import default
from typing import Any

import boto3
from moto.backends import get_backend
from moto.core.models import DEFAULT_ACCOUNT_ID

from chalicelib.adapters.aws import notifications_queue, ses, sms
from chalicelib.entry.notification_queue import notify
from chalicelib.settings import settings
from chalicelib.store.rows.deliveries import LaneRow
from infra.local.post_office import PostOffice
from tests.support.environment import configured
from tests.support.push import a_subscription, send_pushes
from tests.support.servers.post_office import a_post_office
from tests.support.tables import NOTIFICATIONS_QUEUE, NOTIFICATIONS_QUEUE_URL, PREFIX, moto_tables

SENDER = "flowpilot@msp.example"

ALL_OF_IT: dict[str, object] = {
    "rules": {sort: {"email": "low", "push": "low", "sms": "low"} for sort in ("escalations", "mine", "ladder")},
    "quiet": None,
}
"""Notification settings with every kind of message, for every sort of event."""


@contextmanager
def reaching_people() -> Iterator[PostOffice]:
    """Have the stack send e-mails, SMS and push messages, which the post office takes, from its queue on."""
    boto3.client("sqs").create_queue(QueueName=NOTIFICATIONS_QUEUE)
    boto3.client("sesv2").create_email_identity(EmailIdentity=SENDER)
    for adapter in (notifications_queue, ses, sms):
        adapter._client.cache_clear()
    mail = {"STAGE": "local", "PAGE_URL": "https://pilot.example.com/", "EMAIL_SENDER": SENDER, "SENDS_SMS": "true"}
    with a_post_office() as post_office, configured(**mail) as patch:
        send_pushes(patch, **mail)
        yield post_office


def a_device_at(post_office: PostOffice) -> dict[str, object]:
    """The body with which a browser that subscribed at the post office is registered."""
    return a_subscription(post_office).model_dump(mode="json")


def deliver_all() -> None:
    """Run the function behind the queue for all that was published, and for all that it orders, none of it gathered."""
    for event in messages_published():
        notify({"Records": [queued(event)]}, None)
    sqs = boto3.client("sqs")
    while found := sqs.receive_message(QueueUrl=NOTIFICATIONS_QUEUE_URL).get("Messages"):
        (message,) = found
        reset_gathering()
        answer = notify({"Records": [queued(message["Body"], message["ReceiptHandle"])]}, None)
        if not answer["batchItemFailures"]:  # as Lambda does; else it would come again in half a minute
            sqs.delete_message(QueueUrl=NOTIFICATIONS_QUEUE_URL, ReceiptHandle=message["ReceiptHandle"])


def reset_gathering() -> None:
    """Have nobody's messages counted, so that the next one goes out alone.

    Found in moto's memory: a scan before each message was most of the time of the tests that deliver many.
    """
    kept = moto_tables()[f"{PREFIX}deliveries"].items
    lanes = [subject.value for subject, held in kept.items() if any(position.value == "lane" for position in held)]
    for lane in lanes:
        LaneRow(lane, "lane").delete()


def queued(body: str, receipt_handle: str = "1") -> dict[str, object]:
    """A message of the queue as Lambda hands it over."""
    given = {"messageId": "1", "receiptHandle": receipt_handle, "body": body}
    return {**given, "attributes": {"ApproximateReceiveCount": "1"}}


def messages_published() -> list[str]:
    """What the topic was given."""
    topic = get_backend("sns")[DEFAULT_ACCOUNT_ID]["us-east-1"].topics[settings().events_topic_arn]
    return [str(notification[1]) for notification in topic.sent_notifications]


def emails_sent() -> list[EmailMessage]:
    """The e-mails that SES took, their headers decoded."""
    taken: list[Any] = get_backend("ses")[DEFAULT_ACCOUNT_ID]["us-east-1"].sent_messages
    return [message_from_string(one.raw_data, policy=default) for one in taken]


def texts_of(email: EmailMessage) -> list[str]:
    """The text and the HTML of an e-mail."""
    parts = [part.get_payload(decode=True) for part in email.walk() if not part.is_multipart()]
    return [part.decode().replace("\r\n", "\n") for part in parts if isinstance(part, bytes)]
