"""The SQS queues whose messages need a PSA: ticket notes to write, and webhook deliveries to handle."""

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


def hide(queue_arn: str, receipt_handle: str, pause_s: int) -> None:
    """Hide a received message for `pause_s` seconds, at most twelve hours from when it was received.

    Raises botocore.exceptions.ClientError or BotoCoreError.
    """
    url = _url_of(queue_arn)
    _client().change_message_visibility(QueueUrl=url, ReceiptHandle=receipt_handle, VisibilityTimeout=pause_s)


@cache
def _url_of(queue_arn: str) -> str:
    *_, owner, name = queue_arn.split(":")
    return _client().get_queue_url(QueueName=name, QueueOwnerAWSAccountId=owner)["QueueUrl"]


@cache
def _client() -> "SQSClient":
    import boto3
    from botocore.config import Config

    limits = Config(connect_timeout=1, read_timeout=3, retries={"mode": "standard", "total_max_attempts": 2})
    return boto3.client("sqs", config=limits)
