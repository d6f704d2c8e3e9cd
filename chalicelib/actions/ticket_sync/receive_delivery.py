"""Verify what a PSA's webhook sends, and queue its deliveries."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import TypeVar

from chalicelib import log
from chalicelib.actions.integrations.integration_failures import end_failure
from chalicelib.actions.ticket_sync.verify_webhook import verify_webhook
from chalicelib.adapters.aws import deliveries_queue
from chalicelib.adapters.psa.webhooks import reader_of
from chalicelib.contracts.delivery_message import DeliveryMessage, DeliveryReceipt
from chalicelib.domain.errors import NotFound
from chalicelib.domain.instants import to_milliseconds
from chalicelib.domain.integration import Integration, IntegrationPart, is_integration_id
from chalicelib.domain.people import is_account_id
from chalicelib.domain.webhook_delivery import Delivery, DeliveryOutcome, TicketEvent
from chalicelib.store import integrations, webhook_deliveries, webhook_events

AT_ONCE = 10
"""How many deliveries of a batch are looked up, and marked, side by side."""

T = TypeVar("T")
R = TypeVar("R")


def receive_delivery(
    account_id: str, integration_id: str, headers: Mapping[str, str], body: bytes, *, at: datetime
) -> list[DeliveryReceipt]:
    """Prove who sent `body`, and put what it tells into the queue, each delivery once.

    A delivery is marked as seen only when the queue has it: a crash in between lets it come twice, never not at all.
    Raises WebhookRejected when nothing is proven, NotFound, and Unavailable; nothing is kept then that was not queued.
    """
    if not is_account_id(account_id) or not is_integration_id(integration_id):
        raise NotFound("integration")
    integration = integrations.load(account_id, integration_id)
    message_id = verify_webhook(integration, headers, body, now_s=int(at.timestamp()))
    found = reader_of(integration.kind).deliveries_in(body, integration, message_id)
    outcomes = _side_by_side(lambda delivery: _outcome(integration, delivery), found)
    accepted = [
        delivery for delivery, outcome in zip(found, outcomes, strict=True) if outcome is DeliveryOutcome.ACCEPTED
    ]
    deliveries_queue.put([_message(integration, delivery, at) for delivery in accepted])
    keys = [delivery.dedupe_key for delivery in accepted if delivery.dedupe_key]
    _side_by_side(lambda key: webhook_deliveries.mark(account_id, integration_id, key, at), keys)
    _note_signs_of_life(integration, found, at)
    log.info("webhook", integration_id=integration_id, kind=integration.kind.value, accepted=len(accepted))
    return [_receipt(delivery, outcome) for delivery, outcome in zip(found, outcomes, strict=True)]


def _side_by_side(do: Callable[[T], R], each: Sequence[T]) -> list[R]:
    if len(each) < 2:
        return [do(one) for one in each]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(do, each))


def _outcome(integration: Integration, delivery: Delivery) -> DeliveryOutcome:
    if delivery.is_echo:
        return DeliveryOutcome.ECHO
    key = delivery.dedupe_key
    is_seen = key is not None and webhook_deliveries.is_marked(integration.account_id, integration.id, key)
    return DeliveryOutcome.DUPLICATE if is_seen else DeliveryOutcome.ACCEPTED


def _note_signs_of_life(integration: Integration, found: Sequence[Delivery], at: datetime) -> None:
    """Remember what the webhook told of: admins see what never comes, and a webhook that tells is not switched off."""
    events = {one.event for one in found if one.is_proven} - {TicketEvent.DEACTIVATED}
    for event in events:
        webhook_events.mark(integration.account_id, integration.id, event, to_milliseconds(at))
    if events:
        end_failure(integration, IntegrationPart.WEBHOOK, at)


def _message(integration: Integration, delivery: Delivery, at: datetime) -> DeliveryMessage:
    return DeliveryMessage(
        account_id=integration.account_id,
        integration_id=integration.id,
        delivery=delivery,
        correlation_id=log.correlation_id(),
        received_at=to_milliseconds(at),
    )


def _receipt(delivery: Delivery, outcome: DeliveryOutcome) -> DeliveryReceipt:
    return DeliveryReceipt(
        event=delivery.event, external_id=delivery.external_id, dedupe_key=delivery.dedupe_key, outcome=outcome
    )
