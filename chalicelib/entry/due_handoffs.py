"""The queue of handoffs that are due, whose limits `infra/template.yaml` sets."""

from typing import Any

from chalice.app import Blueprint, SQSEvent

from chalicelib import log
from chalicelib.entry.partial_batch import BatchResponse, batch_response
from chalicelib.entry.sqs_batches import Message
from chalicelib.entry.wall_clock import now

due_handoffs = Blueprint(__name__)

BATCH_SIZE = 2
MOST_RECEIVES = 3
"""How often a share is received before it goes to the dead-letter queue; what is still due the clock finds again."""

RESERVE_S = 10.0
"""What a run keeps of the function's time: the writes for one handoff, tried again as often as they may be."""


@due_handoffs.on_sqs_message(queue="due-handoffs", batch_size=BATCH_SIZE)
def deal_with_due(event: SQSEvent) -> BatchResponse:
    """Do what is due for shares of handoffs; only the shares of which something is left come again."""
    messages = [record.to_dict() for record in event]
    return batch_response(message["messageId"] for message in messages if not _succeeds(message, event.context))


def _succeeds(message: Message, context: Any) -> bool:
    # lazy: cold start (ADR 0015)
    from chalicelib.actions.clock.deal_with_share import deal_with_share
    from chalicelib.contracts.due_share import DueShare

    try:
        return deal_with_share(
            DueShare.model_validate_json(message["body"]),
            at=now(),
            is_time_left=lambda: context.get_remaining_time_in_millis() / 1000 > RESERVE_S,
        )
    except Exception as failure:  # noqa: BLE001  the message goes back to SQS, which retries, then dead-letters it
        log.error("message failed", failure, handler="deal_with_due", message_id=message["messageId"])
        return False
