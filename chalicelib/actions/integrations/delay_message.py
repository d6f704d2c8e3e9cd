"""Delay a message that needs a PSA until the PSA may be called again."""

from chalicelib.adapters.aws import psa_queues
from chalicelib.domain.psa import pause_after_attempt_s


def delay_message(queue_arn: str, receipt_handle: str, *, attempt: int, retry_after_s: float | None) -> int:
    """Have the message come again after a pause that grows, and is at least what the PSA asked for (None: nothing).

    Returns the pause in seconds. To be followed by reporting the message as failed. Raises
    botocore.exceptions.ClientError or BotoCoreError.
    """
    pause_s = pause_after_attempt_s(attempt, retry_after_s)
    psa_queues.hide(queue_arn, receipt_handle, pause_s)
    return pause_s
