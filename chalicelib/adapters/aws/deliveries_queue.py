"""The SQS queue of webhook deliveries."""

from collections.abc import Sequence
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.contracts.delivery_message import DeliveryMessage
from chalicelib.domain.errors import Unavailable
from chalicelib.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import SendMessageBatchRequestEntryTypeDef

MOST_AT_ONCE = 10
"""The most messages that SQS accepts in one request."""


def put(messages: Sequence[DeliveryMessage]) -> None:
    """Send all messages to the queue. Raises Unavailable when SQS has not accepted every one.

    Those that it took are then in the queue all the same: they may come again, which their readers bear.
    """
    rest = iter(enumerate(messages))
    while batch := list(islice(rest, MOST_AT_ONCE)):
        entries: list[SendMessageBatchRequestEntryTypeDef] = [
            {"Id": str(number), "MessageBody": message.model_dump_json()} for number, message in batch
        ]
        try:
            answer = _client().send_message_batch(QueueUrl=settings().psa_deliveries_queue_url, Entries=entries)
        except (BotoCoreError, ClientError) as error:
            raise Unavailable("The queue takes nothing right now.", retry_after_s=5) from error
        if answer.get("Failed"):
            raise Unavailable("The queue has not taken everything.", retry_after_s=5)


@cache
def _client() -> "SQSClient":
    import boto3

    limits = Config(connect_timeout=1, read_timeout=2, retries={"mode": "standard", "total_max_attempts": 2})
    return boto3.client("sqs", config=limits)
