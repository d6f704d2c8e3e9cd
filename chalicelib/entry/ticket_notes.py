"""Ticket notes: the queue that writes them, its dead-letter queue, and the routes that retry failed ones.

Limits of the queues are set in `infra/template.yaml`.
"""

import json

from chalice.app import SQSEvent

from chalicelib.actions.ticket_notes.retry_notes import retry_notes
from chalicelib.actions.ticket_notes.retry_session_notes import retry_session_notes
from chalicelib.contracts.handoff_view import HandoffView
from chalicelib.contracts.views import SessionView
from chalicelib.domain.errors import InvalidState
from chalicelib.domain.events import Event
from chalicelib.domain.people import Role
from chalicelib.entry.api import Api
from chalicelib.entry.handoffs import HANDOFF, handoff_view
from chalicelib.entry.partial_batch import BatchResponse
from chalicelib.entry.requests import Call
from chalicelib.entry.sessions import shown_session
from chalicelib.entry.sqs_batches import BATCH_SIZE, MOST_RECEIVES, Message, receives_of, work_batch
from chalicelib.entry.wall_clock import now

ticket_notes = Api(__name__, "ticket_notes")


@ticket_notes.operation(
    "POST",
    HANDOFF + "/ticket-notes/retry",
    answers=HandoffView,
    role=Role.ENGINEER,
    status=202,
    refuses=(InvalidState,),
)
def post_ticket_notes_retry(call: Call[None], session_id: str, handoff_id: str) -> HandoffView:
    """Retry the ticket notes of a handoff that failed."""
    return handoff_view(retry_notes(session_id, handoff_id, by=call.caller, at=call.at))


@ticket_notes.operation(
    "POST",
    "/sessions/{session_id}/ticket-notes/retry",
    answers=SessionView,
    role=Role.ENGINEER,
    status=202,
    refuses=(InvalidState,),
)
def post_session_notes_retry(call: Call[None], session_id: str) -> SessionView:
    """Retry the ticket notes of a session that was reopened without a handoff, where they failed."""
    return shown_session(retry_session_notes(session_id, by=call.caller, at=call.at))


@ticket_notes.on_sqs_message(queue="psa-pushes", batch_size=BATCH_SIZE)
def push_to_psa(event: SQSEvent) -> BatchResponse:
    """Write the ticket notes of a batch of events; only the messages that fail come again."""
    return work_batch(event, "push_to_psa", _push)


def _push(message: Message, remaining_s: float) -> None:
    from chalicelib.actions.ticket_notes.push_to_ticket import push_to_ticket

    is_last = receives_of(message) >= MOST_RECEIVES
    push_to_ticket(_event_in(message["body"]), is_last=is_last, lease_s=remaining_s, clock=now)


@ticket_notes.on_sqs_message(queue="psa-pushes-dead-letters", batch_size=BATCH_SIZE)
def mark_notes_failed(event: SQSEvent) -> BatchResponse:
    """Mark the notes of dead-lettered messages as failed; a message that fails here stays in the queue."""
    return work_batch(event, "mark_notes_failed", _give_up)


def _give_up(message: Message, _remaining_s: float) -> None:
    from chalicelib.actions.ticket_notes.mark_notes_failed import mark_notes_failed as give_up

    give_up(_event_in(message["body"]), at=now())


def _event_in(body: str) -> Event:
    """Read the event that SNS delivered, in its envelope or, with raw delivery, without one."""
    envelope = json.loads(body)
    return Event.model_validate_json(envelope.get("Message", body))
