"""The queue behind the PSAs' webhooks, whose limits `infra/template.yaml` sets.

What a message needs is imported when it is processed: packaging and the API import this module for its registration
alone.
"""

import time
from datetime import datetime

from chalice.app import Blueprint, SQSEvent

from chalicelib import log
from chalicelib.domain.instants import to_milliseconds
from chalicelib.entry.partial_batch import BatchResponse
from chalicelib.entry.sqs_batches import BATCH_SIZE, RESERVE_S, Message, work_batch
from chalicelib.entry.webhook_clock import CLOCK

psa_deliveries = Blueprint(__name__)


@psa_deliveries.on_sqs_message(queue="psa-deliveries", batch_size=BATCH_SIZE)
def handle_delivery(event: SQSEvent) -> BatchResponse:
    """Handle a batch of deliveries; only the messages that fail come again."""
    return work_batch(event, "handle_delivery", _handle)


def _handle(message: Message, remaining_s: float) -> None:
    from chalicelib.actions.ticket_sync.handle_delivery import handle_delivery as handle
    from chalicelib.actions.ticket_sync.search_tickets import search_tickets
    from chalicelib.contracts.delivery_message import QUEUED, DeliveryMessage

    ends_at = time.monotonic() + remaining_s - RESERVE_S
    received = QUEUED.validate_json(message["body"])
    with log.correlated(received.correlation_id):
        if isinstance(received, DeliveryMessage):
            handle(received, clock=_now)
        else:
            search_tickets(received, clock=_now, is_time_left=lambda: time.monotonic() < ends_at)


def _now() -> datetime:
    return to_milliseconds(CLOCK.get()())
