"""The queue of events that PSA tickets are told of. Its limits are set in `infra/template.yaml`."""

import json
from datetime import UTC, datetime
from typing import Any

from chalice.app import Blueprint, SQSEvent

from chalicelib import log
from chalicelib.domain.events import Event
from chalicelib.domain.psa import PsaUnavailable

psa = Blueprint(__name__)

BATCH_SIZE = 5
MOST_RECEIVES = 5
"""How often a message comes before it is parked: the `maxReceiveCount` of the queue."""

RESERVE_S = 25.0
"""A push is not begun with less of the function's time left: a message that waits is better than one cut short."""

Answer = dict[str, list[dict[str, str]]]


@psa.on_sqs_message(queue="psa-pushes", batch_size=BATCH_SIZE)
def push_to_psa(event: SQSEvent) -> Answer:
    """Tell tickets of the events of a batch; a message that fails is reported, the others count."""
    messages = [record.to_dict() for record in event]
    failed = [message for message in messages if not _succeeds(message, event.context)]
    return {"batchItemFailures": [{"itemIdentifier": message["messageId"]} for message in failed]}


def _succeeds(message: dict[str, Any], context: Any) -> bool:
    remaining_s = context.get_remaining_time_in_millis() / 1000
    try:
        return remaining_s > RESERVE_S and _push(message, remaining_s)
    except Exception as failure:  # noqa: BLE001  the message is handed back to SQS, which retries, then parks it
        log.error("message failed", failure, handler="push_to_psa", message_id=message["messageId"])
        return False


def _push(message: dict[str, Any], remaining_s: float) -> bool:
    from chalicelib.actions.push_notes import push_notes
    from chalicelib.actions.put_off_message import put_off_message

    receives = int(message["attributes"]["ApproximateReceiveCount"])
    is_last = receives >= MOST_RECEIVES
    event = _event_in(message["body"])
    try:
        push_notes(event, is_last=is_last, lease_s=remaining_s, clock=lambda: datetime.now(UTC))
    except PsaUnavailable as fault:
        if not is_last:
            put_off_message(message["eventSourceARN"], message["receiptHandle"], attempt=receives, fault=fault)
        log.info("push put off", handoff_id=event.handoff_id, receives=receives)
        return False
    return True


def _event_in(body: str) -> Event:
    """Read the event that SNS brought, in its envelope or, with raw delivery, without."""
    told = json.loads(body)
    return Event.model_validate_json(told.get("Message", body))
