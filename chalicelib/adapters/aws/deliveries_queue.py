"""The SQS queue of webhook deliveries."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from chalicelib.adapters.aws.call_limits import quick_calls
from chalicelib.adapters.aws.message_batches import send_all
from chalicelib.contracts.delivery_message import DeliveryMessage, TicketSearchMessage
from chalicelib.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


def put(messages: Sequence[DeliveryMessage | TicketSearchMessage]) -> None:
    """Send all messages to the queue. Raises Unavailable when SQS has not accepted every one.

    Those that it took are then in the queue all the same: they may come again, which their readers bear.
    """
    send_all(_client(), settings().psa_deliveries_queue_url, (message.model_dump_json() for message in messages))


@cache
def _client() -> "SQSClient":
    import boto3

    return boto3.client("sqs", config=quick_calls())
