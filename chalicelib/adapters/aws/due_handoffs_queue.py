"""The SQS queue of handoffs that are due: what is more than one run of the clock should deal with."""

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from chalicelib.adapters.aws.call_limits import quick_calls
from chalicelib.adapters.aws.message_batches import send_all
from chalicelib.contracts.due_share import DueShare
from chalicelib.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient


def put(shares: Iterable[DueShare]) -> None:
    """Send all shares to the queue. Raises Unavailable when SQS has not accepted every one.

    Those that it took are then in the queue all the same.
    """
    send_all(_client(), settings().due_handoffs_queue_url, (share.model_dump_json() for share in shares))


@cache
def _client() -> "SQSClient":
    import boto3

    return boto3.client("sqs", config=quick_calls())
