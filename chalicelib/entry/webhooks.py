"""The route that receives the PSAs' webhooks, authenticated by a signature, and the queue behind it.

Senders differ in which answers make them give up: ConnectWise repeats a delivery only after 404, 409, 419 and 429, and
drops it on a 500; Autotask counts every answer but 2xx towards deactivating the webhook. So an authentic delivery is
answered 202 whether it matters here or not, a forged one 401, and every failure on our side 429, so that it is sent
again.
"""

from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from chalice.app import Blueprint, Response, SQSEvent

from chalicelib import log
from chalicelib.contracts.delivery_message import DeliveriesView, DeliveryMessage
from chalicelib.domain.errors import DomainError, NotFound, TooManyRequests, Unauthenticated
from chalicelib.domain.instants import to_milliseconds
from chalicelib.domain.webhook_delivery import MOST_IN_A_BATCH, RejectionReason, WebhookRejected
from chalicelib.entry.api import Api
from chalicelib.entry.partial_batch import BatchResponse
from chalicelib.entry.problems import BadJson, TooLarge
from chalicelib.entry.responses import refuse, respond
from chalicelib.entry.sqs_batches import BATCH_SIZE, Message, work_batch

webhooks = Api(__name__, "ticket_sync")
deliveries = Blueprint(__name__)

PATH = "/webhooks/{account_id}/{integration_id}"
LARGEST_BODY = 512 * 1024
RETRY_AFTER_S = 5

CLOCK: ContextVar[Callable[[], datetime]] = ContextVar("clock", default=lambda: datetime.now(UTC))
"""The clock that signatures are checked by; tests replay recorded signatures at the time they were made."""


@webhooks.open_operation(
    "POST",
    PATH,
    answers=DeliveriesView,
    status=202,
    refuses=(BadJson, Unauthenticated, NotFound, TooLarge, TooManyRequests),
)
def post_webhook(request: Any, account_id: str, integration_id: str) -> Response:
    """Receive a webhook of a PSA; its signature stands in for a token."""
    try:
        return respond(_received(account_id, integration_id, request), 202)
    except WebhookRejected as rejected:
        return refuse(_refusal(rejected, integration_id))
    except (NotFound, TooLarge) as refusal:
        return refuse(refusal)
    except Exception as failure:  # noqa: BLE001  with a 500 ConnectWise would drop the event for good
        log.error("webhook failed", failure, integration_id=integration_id)
        return refuse(_send_again("Something went wrong on our side."))


def _received(account_id: str, integration_id: str, request: Any) -> DeliveriesView:
    from chalicelib.actions.ticket_sync.receive_delivery import receive_delivery

    body: bytes = request.raw_body  # unparsed: signatures are over bytes. ConnectWise adds a query, which is ignored
    if len(body) > LARGEST_BODY:
        raise TooLarge(f"The body has {len(body)} bytes; at most {LARGEST_BODY} are accepted.")
    headers = {name.lower(): value for name, value in request.headers.items()}
    return DeliveriesView(deliveries=receive_delivery(account_id, integration_id, headers, body, at=CLOCK.get()()))


def _refusal(rejected: WebhookRejected, integration_id: str) -> DomainError:
    reason = rejected.reason.value
    log.info("webhook refused", integration_id=integration_id, reason=reason)
    log.count("WebhooksRefused", Reason=reason)
    if rejected.may_come_again:
        return _send_again(reason)
    if rejected.reason is RejectionReason.TOO_MANY_EVENTS:
        return TooLarge(f"At most {MOST_IN_A_BATCH} events at once: lower the batch limit of the webhook.")
    return BadJson(reason) if rejected.reason is RejectionReason.MALFORMED_BODY else Unauthenticated(reason)


def _send_again(detail: str) -> TooManyRequests:
    return TooManyRequests(detail, retry_after_s=RETRY_AFTER_S)


@deliveries.on_sqs_message(queue="psa-deliveries", batch_size=BATCH_SIZE)
def handle_delivery(event: SQSEvent) -> BatchResponse:
    """Handle a batch of deliveries; only the messages that fail come again."""
    return work_batch(event, "handle_delivery", _handle)


def _handle(message: Message, _remaining_s: float) -> None:
    from chalicelib.actions.ticket_sync.handle_delivery import handle_delivery as handle

    received = DeliveryMessage.model_validate_json(message["body"])
    with log.correlated(received.correlation_id):
        handle(received, clock=lambda: to_milliseconds(CLOCK.get()()))
