"""Ticket notes that wait for an integration that fails as a whole: one event for each handoff or session."""

from pynamodb.expressions.condition import Condition

from chalicelib.domain.events import Event
from chalicelib.store.keys import waiting_key, waiting_position
from chalicelib.store.mapping import plain, to_document
from chalicelib.store.rows.integrations import WaitingNotesRow
from chalicelib.store.transactions import delete_alone


def put(integration_id: str, subject_id: str, event: Event) -> None:
    """Let the notes of a handoff, or of a session without one, wait.

    A later event takes the place of an earlier one, as each asks for all that wait.
    """
    position = waiting_position(integration_id, subject_id)
    WaitingNotesRow(waiting_key(event.account_id), position, handoff_id=subject_id, event=to_document(event)).save()


def count(account_id: str, integration_id: str) -> int:
    """Return how many handoffs have notes that wait for the integration."""
    return WaitingNotesRow.count(waiting_key(account_id), _is_for(integration_id))


def list_events(account_id: str, integration_id: str) -> list[Event]:
    """Return the events whose notes wait for the integration, one for each handoff."""
    rows = WaitingNotesRow.query(waiting_key(account_id), _is_for(integration_id), consistent_read=True)
    return [Event.model_validate(plain(row.event)) for row in rows]


def remove(integration_id: str, event: Event) -> None:
    """Let the notes of an event's handoff wait no longer, unless another event asks for them since."""
    row = WaitingNotesRow(
        waiting_key(event.account_id), waiting_position(integration_id, event.handoff_id or event.session_id or "")
    )
    delete_alone(row, WaitingNotesRow.event["id"] == event.id)


def _is_for(integration_id: str) -> Condition:
    return WaitingNotesRow.integration_id.startswith(waiting_position(integration_id))
