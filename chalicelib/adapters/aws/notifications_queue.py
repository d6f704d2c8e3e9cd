"""The SQS queue of notifications: events that the topic puts there, shares of those told, and orders to send."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.adapters.aws.call_limits import quick_calls
from chalicelib.contracts.gather_order import GatherOrder
from chalicelib.contracts.plan_share import PlanShare
from chalicelib.contracts.send_order import SendOrder
from chalicelib.domain.errors import Unavailable
from chalicelib.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import SendMessageBatchRequestEntryTypeDef

MOST_PER_CALL = 10
"""How many messages SQS takes in one call."""

_NOTHING_TAKEN = "The queue takes nothing right now. Try again."


def put(order: SendOrder | GatherOrder | PlanShare, *, delay_s: int = 0) -> None:
    """Put an order into the queue, to come after `delay_s` seconds, at most 900. Raises Unavailable."""
    try:
        _client().send_message(
            QueueUrl=settings().notifications_queue_url, MessageBody=order.model_dump_json(), DelaySeconds=delay_s
        )
    except (BotoCoreError, ClientError) as error:
        raise Unavailable(_NOTHING_TAKEN, retry_after_s=5) from error


def put_all(orders: Sequence[tuple[SendOrder, int]]) -> None:
    """Put orders into the queue in one call, each to come after so many seconds; at most ten. Raises Unavailable."""
    if not orders:
        return
    entries: list[SendMessageBatchRequestEntryTypeDef] = [
        {"Id": str(number), "MessageBody": order.model_dump_json(), "DelaySeconds": delay_s}
        for number, (order, delay_s) in enumerate(orders)
    ]
    try:
        answer = _client().send_message_batch(QueueUrl=settings().notifications_queue_url, Entries=entries)
    except (BotoCoreError, ClientError) as error:
        raise Unavailable(_NOTHING_TAKEN, retry_after_s=5) from error
    if answer.get("Failed"):
        raise Unavailable(_NOTHING_TAKEN, retry_after_s=5)


def hide(receipt_handle: str, pause_s: int) -> None:
    """Hide a received message for `pause_s` seconds, at most twelve hours from when it was received.

    Raises botocore.exceptions.ClientError or BotoCoreError.
    """
    _client().change_message_visibility(
        QueueUrl=settings().notifications_queue_url, ReceiptHandle=receipt_handle, VisibilityTimeout=pause_s
    )


@cache
def _client() -> "SQSClient":
    import boto3

    return boto3.client("sqs", config=quick_calls())
