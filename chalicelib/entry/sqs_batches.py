"""What the functions behind queues have in common: a batch of messages, each of which succeeds or fails by itself."""

from collections.abc import Callable
from typing import Any

from chalice.app import SQSEvent

from chalicelib import log
from chalicelib.domain.psa import PsaUnavailable
from chalicelib.entry.batch_failures import BatchAnswer, failures_of

BATCH_SIZE = 5
MOST_RECEIVES = 5
"""How often a message comes before it is parked: the `maxReceiveCount` of the queues."""

RESERVE_S = 25.0
"""No work is begun with less of the function's time left: a message that waits is better than one cut short."""

Message = dict[str, Any]
Answer = BatchAnswer
Work = Callable[[Message, float], None]
"""What is done with a message, given how many seconds the function has left; PsaUnavailable puts it off."""


class NoTimeLeft(Exception):
    """The function has too little time left to begin with a message, which is no fault of the PSA's."""


def work_batch(event: SQSEvent, handler: str, work: Work) -> Answer:
    """Do `work` with each message of a batch; name those that failed, for SQS to bring them again."""
    messages = [record.to_dict() for record in event]
    failed = [message for message in messages if not _succeeds(message, event.context, handler, work)]
    return failures_of(message["messageId"] for message in failed)


def receives_of(message: Message) -> int:
    """Return how often the message has come, this time included."""
    return int(message["attributes"]["ApproximateReceiveCount"])


def _succeeds(message: Message, context: Any, handler: str, work: Work) -> bool:
    try:
        return _is_done(message, context, handler, work)
    except Exception as failure:  # noqa: BLE001  the message is handed back to SQS, which retries, then parks it
        log.error("message failed", failure, handler=handler, message_id=message["messageId"])
        return False


def _is_done(message: Message, context: Any, handler: str, work: Work) -> bool:
    try:
        work(message, _time_left_s(context))
    except NoTimeLeft:
        log.info("no time left", handler=handler, message_id=message["messageId"])
        _put_off(message, handler, None)
        return False
    except PsaUnavailable as fault:
        _put_off(message, handler, fault.retry_after_s)
        return False
    return True


def _time_left_s(context: Any) -> float:
    remaining_s: float = context.get_remaining_time_in_millis() / 1000
    if remaining_s <= RESERVE_S:
        raise NoTimeLeft
    return remaining_s


def _put_off(message: Message, handler: str, retry_after_s: float | None) -> None:
    """Have the message come again sooner than the queue would bring it, which is after six times the function's time.

    After the last time it is left to the queue, which parks it then.
    """
    from chalicelib.actions.integrations.delay_message import delay_message

    receives = receives_of(message)
    if receives < MOST_RECEIVES:
        delay_message(
            message["eventSourceARN"], message["receiptHandle"], attempt=receives, retry_after_s=retry_after_s
        )
    log.info("message put off", handler=handler, message_id=message["messageId"], receives=receives)
