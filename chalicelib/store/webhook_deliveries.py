"""The marks of deliveries that are in the queue, kept for longer than any sender goes on repeating one."""

from datetime import timedelta

from pynamodb.exceptions import DoesNotExist

from chalicelib.domain.instants import Instant
from chalicelib.store.keys import delivery_mark
from chalicelib.store.rows.integrations import DeliveryMarkRow

KEPT = timedelta(days=7)
"""The longest known schedule of repeats, that of Standard Webhooks, spans 76 hours."""


def is_marked(account_id: str, integration_id: str, dedupe_key: str) -> bool:
    """Whether the delivery has been put into the queue before."""
    try:
        DeliveryMarkRow.get(account_id, delivery_mark(integration_id, dedupe_key), consistent_read=True)
    except DoesNotExist:
        return False
    return True


def mark(account_id: str, integration_id: str, dedupe_key: str, at: Instant) -> None:
    """Remember that the delivery is in the queue. Another process that does so writes the same."""
    position = delivery_mark(integration_id, dedupe_key)
    DeliveryMarkRow(account_id, position, expires_at=int((at + KEPT).timestamp())).save()
