"""The queue of ticket notes to write, and its dead-letter queue. `infra/template.yaml` sets their limits.

Each function imports its action when it runs: packaging and the API import this module for its registrations alone.
"""

import json
from typing import TYPE_CHECKING

from chalice.app import Blueprint, SQSEvent

from chalicelib.entry.partial_batch import BatchResponse
from chalicelib.entry.sqs_batches import BATCH_SIZE, MOST_RECEIVES, Message, receives_of, work_batch
from chalicelib.entry.wall_clock import now

if TYPE_CHECKING:
    from chalicelib.domain.events import Event

psa_pushes = Blueprint(__name__)


@psa_pushes.on_sqs_message(queue="psa-pushes", batch_size=BATCH_SIZE)
def push_to_psa(event: SQSEvent) -> BatchResponse:
    """Write the ticket notes of a batch of events; only the messages that fail come again."""
    return work_batch(event, "push_to_psa", _push)


def _push(message: Message, remaining_s: float) -> None:
    from chalicelib.actions.ticket_notes.push_to_ticket import push_to_ticket

    is_last = receives_of(message) >= MOST_RECEIVES
    push_to_ticket(_event_in(message["body"]), is_last=is_last, lease_s=remaining_s, clock=now)


@psa_pushes.on_sqs_message(queue="psa-pushes-dead-letters", batch_size=BATCH_SIZE)
def mark_notes_failed(event: SQSEvent) -> BatchResponse:
    """Mark the notes of dead-lettered messages as failed; a message that fails here stays in the queue."""
    return work_batch(event, "mark_notes_failed", _give_up)


def _give_up(message: Message, _remaining_s: float) -> None:
    from chalicelib.actions.ticket_notes.mark_notes_failed import mark_notes_failed as give_up

    give_up(_event_in(message["body"]), at=now())


def _event_in(body: str) -> "Event":
    """Read the event that SNS delivered, in its envelope or, with raw delivery, without one."""
    from chalicelib.domain.events import Event

    envelope = json.loads(body)
    return Event.model_validate_json(envelope.get("Message", body))
