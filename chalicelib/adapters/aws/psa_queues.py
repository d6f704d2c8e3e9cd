"""The SQS queues whose messages need a PSA: ticket notes to write, and webhook deliveries to handle."""

from functools import cache
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.adapters.aws.call_limits import quick_calls
from chalicelib.domain.errors import Unavailable
from chalicelib.domain.events import Event
from chalicelib.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


def hide(queue_arn: str, receipt_handle: str, pause_s: int) -> None:
    """Hide a received message for `pause_s` seconds, at most twelve hours from when it was received.

    Raises botocore.exceptions.ClientError or BotoCoreError.
    """
    url = _url_of(queue_arn)
    _client().change_message_visibility(QueueUrl=url, ReceiptHandle=receipt_handle, VisibilityTimeout=pause_s)


def push(event: Event) -> None:
    """Put an event into the queue of ticket notes, as the topic would. Raises Unavailable."""
    try:
        _client().send_message(QueueUrl=settings().psa_pushes_queue_url, MessageBody=event.model_dump_json())
    except (BotoCoreError, ClientError) as error:
        raise Unavailable("The queue takes nothing right now.", retry_after_s=5) from error


@cache
def _url_of(queue_arn: str) -> str:
    *_, owner, name = queue_arn.split(":")
    return _client().get_queue_url(QueueName=name, QueueOwnerAWSAccountId=owner)["QueueUrl"]


@cache
def _client() -> "SQSClient":
    import boto3

    return boto3.client("sqs", config=quick_calls())
