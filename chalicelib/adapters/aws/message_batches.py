"""Many messages for one SQS queue, in as few requests as SQS allows."""

from collections.abc import Iterable
from itertools import islice
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.domain.errors import Unavailable

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import SendMessageBatchRequestEntryTypeDef

MOST_AT_ONCE = 10
"""The most messages that SQS accepts in one request."""


def send_all(client: "SQSClient", queue_url: str, bodies: Iterable[str]) -> None:
    """Send a message for each body. Raises Unavailable when SQS has not accepted every one.

    Those that it took are then in the queue all the same: they may come again, which their readers bear.
    """
    rest = iter(enumerate(bodies))
    while batch := list(islice(rest, MOST_AT_ONCE)):
        entries: list[SendMessageBatchRequestEntryTypeDef] = [
            {"Id": str(number), "MessageBody": body} for number, body in batch
        ]
        try:
            answer = client.send_message_batch(QueueUrl=queue_url, Entries=entries)
        except (BotoCoreError, ClientError) as error:
            raise Unavailable("The queue takes nothing right now.", retry_after_s=5) from error
        if answer.get("Failed"):
            raise Unavailable("The queue has not taken everything.", retry_after_s=5)
