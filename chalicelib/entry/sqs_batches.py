"""Batches of SQS messages, each of which succeeds or fails by itself."""

from collections.abc import Callable
from typing import Any

from chalice.app import SQSEvent

from chalicelib import log
from chalicelib.entry.partial_batch import BatchResponse, batch_response

BATCH_SIZE = 5
MOST_RECEIVES = 5
"""How often a message is received before it goes to the dead-letter queue: the queues' `maxReceiveCount`."""

RESERVE_S = 25.0
"""No message is started with less of the function's time left: one that waits is better than one cut short."""

Message = dict[str, Any]
Work = Callable[[Message, float], None]
"""Handles a message, given how many seconds the function has left; PsaUnavailable delays the message."""


class NoTimeLeft(Exception):
    """The function has too little time left to begin with a message, which is no fault of the PSA's."""


def work_batch(event: SQSEvent, handler: str, work: Work) -> BatchResponse:
    """Run `work` on each message of a batch; return those that failed, which SQS delivers again."""
    messages = [record.to_dict() for record in event]
    failed = [message for message in messages if not _succeeds(message, event.context, handler, work)]
    return batch_response(message["messageId"] for message in failed)


def receives_of(message: Message) -> int:
    """Return how often the message was received, this time included."""
    return int(message["attributes"]["ApproximateReceiveCount"])


def _succeeds(message: Message, context: Any, handler: str, work: Work) -> bool:
    try:
        return _is_done(message, context, handler, work)
    except Exception as failure:  # noqa: BLE001  the message goes back to SQS, which retries, then dead-letters it
        log.error("message failed", failure, handler=handler, message_id=message["messageId"])
        return False


def _is_done(message: Message, context: Any, handler: str, work: Work) -> bool:
    from chalicelib.domain.psa import PsaUnavailable  # lazy: cold start (ADR 0015)

    try:
        work(message, _time_left_s(context))
    except NoTimeLeft:
        log.info("no time left", handler=handler, message_id=message["messageId"])
        _delay(message, handler, None)
        return False
    except PsaUnavailable as fault:
        _delay(message, handler, fault.retry_after_s)
        return False
    return True


def _time_left_s(context: Any) -> float:
    remaining_s: float = context.get_remaining_time_in_millis() / 1000
    if remaining_s <= RESERVE_S:
        raise NoTimeLeft
    return remaining_s


def _delay(message: Message, handler: str, retry_after_s: float | None) -> None:
    """Have the message come again sooner than by the queue's visibility timeout, which is six function timeouts.

    After the last receive the queue moves it to the dead-letter queue.
    """
    from chalicelib.actions.integrations.delay_message import delay_message

    receives = receives_of(message)
    if receives < MOST_RECEIVES:
        delay_message(
            message["eventSourceARN"], message["receiptHandle"], attempt=receives, retry_after_s=retry_after_s
        )
    log.info("message delayed", handler=handler, message_id=message["messageId"], receives=receives)
