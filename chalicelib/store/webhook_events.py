"""When the webhook of an integration last told of each kind of event."""

from datetime import timedelta

from chalicelib.domain.instants import Instant, format_instant, parse_instant
from chalicelib.domain.webhook_delivery import TicketEvent
from chalicelib.store.keys import webhook_events_key, webhook_events_position
from chalicelib.store.rows.integrations import WebhookEventRow
from chalicelib.store.transactions import put_alone

KEPT_EVERY = timedelta(minutes=1)
"""How often it is written down at most: what matters is whether events come at all."""


def mark(account_id: str, integration_id: str, event: TicketEvent, at: Instant) -> None:
    """Remember that an event of this kind came at `at`, unless one is known of that minute."""
    position = webhook_events_position(integration_id, event)
    row = WebhookEventRow(webhook_events_key(account_id), position, last_at=format_instant(at))
    is_earlier = WebhookEventRow.last_at < format_instant(at - KEPT_EVERY)
    put_alone(row, WebhookEventRow.integration_id.does_not_exist() | is_earlier)


def list_last(account_id: str, integration_id: str) -> dict[TicketEvent, Instant]:
    """Return when each kind of event came last, of those that ever came."""
    prefix = webhook_events_position(integration_id)
    is_of_it = WebhookEventRow.integration_id.startswith(prefix)
    rows = WebhookEventRow.query(webhook_events_key(account_id), is_of_it)
    return {
        TicketEvent(row.integration_id.removeprefix(prefix)): parse_instant(row.last_at)
        for row in rows
        if row.integration_id.removeprefix(prefix) in set(TicketEvent)
    }


def forget(account_id: str, integration_id: str) -> None:
    """Forget what an integration's webhook told of; its id may be used again."""
    prefix = webhook_events_position(integration_id)
    for row in WebhookEventRow.query(webhook_events_key(account_id), WebhookEventRow.integration_id.startswith(prefix)):
        row.delete()
