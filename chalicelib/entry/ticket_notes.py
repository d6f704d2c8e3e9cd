"""The queue of events that PSA tickets are told of, and what was parked of it; limits are in `infra/template.yaml`."""

import json
from datetime import UTC, datetime

from chalice.app import Blueprint, SQSEvent

from chalicelib.domain.events import Event
from chalicelib.entry.sqs_batches import BATCH_SIZE, MOST_RECEIVES, Answer, Message, receives_of, work_batch

psa = Blueprint(__name__)


@psa.on_sqs_message(queue="psa-pushes", batch_size=BATCH_SIZE)
def push_to_psa(event: SQSEvent) -> Answer:
    """Tell tickets of the events of a batch; a message that fails is reported, the others count."""
    return work_batch(event, "push_to_psa", _push)


def _push(message: Message, remaining_s: float) -> None:
    from chalicelib.actions.ticket_notes.push_notes import push_notes

    is_last = receives_of(message) >= MOST_RECEIVES
    push_notes(_event_in(message["body"]), is_last=is_last, lease_s=remaining_s, clock=lambda: datetime.now(UTC))


@psa.on_sqs_message(queue="psa-pushes-dead-letters", batch_size=BATCH_SIZE)
def give_up_notes(event: SQSEvent) -> Answer:
    """Give up the notes that parked messages were to write; a message that fails stays parked, and comes again."""
    return work_batch(event, "give_up_notes", _give_up)


def _give_up(message: Message, _remaining_s: float) -> None:
    from chalicelib.actions.ticket_notes.mark_notes_failed import give_up_notes as give_up

    give_up(_event_in(message["body"]), at=datetime.now(UTC))


def _event_in(body: str) -> Event:
    """Read the event that SNS brought, in its envelope or, with raw delivery, without."""
    told = json.loads(body)
    return Event.model_validate_json(told.get("Message", body))
