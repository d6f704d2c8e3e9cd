"""The route that PSAs send their webhooks to, where a proof stands in for the token, and the queue behind it.

Senders differ in what makes them give up: ConnectWise repeats a delivery only after 404, 409, 419 and 429, and loses it
on a 500; Autotask counts every answer but 2xx towards switching the webhook off. So what is proven is answered 202,
whether it matters here or not; what is not, 401; and whatever fails on our side, 429, so that it comes again.
"""

from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from chalice.app import Blueprint, Response, SQSEvent

from chalicelib import log
from chalicelib.contracts.delivery_message import DeliveriesView, DeliveryMessage
from chalicelib.contracts.problem import Problem
from chalicelib.domain.errors import NotFound
from chalicelib.domain.instants import to_milliseconds
from chalicelib.domain.webhook_delivery import MOST_IN_A_BATCH, RejectionReason, WebhookRejected
from chalicelib.entry.api import Operation
from chalicelib.entry.sqs_batches import BATCH_SIZE, Answer, Message, work_batch

webhooks = Blueprint(__name__)
deliveries = Blueprint(__name__)

PATH = "/webhooks/{account_id}/{integration_id}"
LARGEST_BODY = 512 * 1024
RETRY_AFTER_S = 5

CLOCK: ContextVar[Callable[[], datetime]] = ContextVar("clock", default=lambda: datetime.now(UTC))
"""What says how late it is; signatures that were made long ago can only be tried at a time of their own."""

OPERATION = Operation(
    method="POST",
    path=PATH,
    name="post_webhook",
    summary="Tell of what happened in a PSA, with the proof of its kind.",
    role=None,
    takes=None,
    answers=DeliveriesView,
    status=202,
    is_keyed=False,
)


@webhooks.route(PATH, methods=["POST"], content_types=["*/*"])
def post_webhook(account_id: str, integration_id: str) -> Response:
    """Take in a webhook; its query is left alone, as ConnectWise adds the record's id to it."""
    request = webhooks.current_request
    with log.correlated(str((request.context or {}).get("requestId", ""))):
        return _answer(account_id, integration_id, request)


def _answer(account_id: str, integration_id: str, request: Any) -> Response:
    try:
        from chalicelib.actions.ticket_sync.receive_delivery import receive_delivery

        body: bytes = request.raw_body  # as it came: proofs are over bytes
        if len(body) > LARGEST_BODY:
            return _problem(413, "payload_too_large", "The body is too large", f"At most {LARGEST_BODY} bytes.")
        headers = {name.lower(): value for name, value in request.headers.items()}
        receipts = receive_delivery(account_id, integration_id, headers, body, at=CLOCK.get()())
    except NotFound as refusal:
        return _problem(404, "not_found", "Not found", str(refusal))
    except WebhookRejected as refusal:
        return _refuse(refusal, integration_id)
    except Exception as failure:  # noqa: BLE001  with a 500 ConnectWise would drop the event for good
        log.error("webhook failed", failure, integration_id=integration_id)
        return _come_again("Something went wrong on our side.")
    return Response(
        DeliveriesView(deliveries=receipts).model_dump_json(),
        status_code=202,
        headers={"Content-Type": "application/json", "Cache-Control": "no-store"},
    )


def _refuse(refusal: WebhookRejected, integration_id: str) -> Response:
    log.info("webhook refused", integration_id=integration_id, reason=refusal.reason.value)
    log.count("WebhooksRefused", Reason=refusal.reason.value)
    if refusal.may_come_again:
        return _come_again(refusal.reason.value)
    if refusal.reason is RejectionReason.TOO_MANY_EVENTS:
        detail = f"At most {MOST_IN_A_BATCH} events at once: lower the batch limit of the webhook."
        return _problem(413, "payload_too_large", "The batch is too large", detail)
    if refusal.reason is RejectionReason.MALFORMED_BODY:
        return _problem(400, "invalid_json", "The body is not what this system sends", refusal.reason.value)
    return _problem(401, "unauthenticated", "It is not proven who sent this", refusal.reason.value)


def _come_again(detail: str) -> Response:
    return _problem(429, "too_many_requests", "Send this again a little later", detail, RETRY_AFTER_S)


def _problem(status: int, code: str, title: str, detail: str, retry_after_s: int | None = None) -> Response:
    problem = Problem(title=title, status=status, code=code, detail=detail)
    headers: dict[str, str | list[str]] = {"Content-Type": "application/problem+json", "Cache-Control": "no-store"}
    if retry_after_s is not None:
        headers["Retry-After"] = str(retry_after_s)
    return Response(problem.model_dump_json(exclude_none=True), status_code=status, headers=headers)


@deliveries.on_sqs_message(queue="psa-deliveries", batch_size=BATCH_SIZE)
def work_delivery(event: SQSEvent) -> Answer:
    """Work the deliveries of a batch; one that fails is reported, and comes again, the others count."""
    return work_batch(event, "work_delivery", _work)


def _work(message: Message, _remaining_s: float) -> None:
    from chalicelib.actions.ticket_sync.handle_delivery import work_delivery as work

    told = DeliveryMessage.model_validate_json(message["body"])
    with log.correlated(told.correlation_id):
        work(told, clock=lambda: to_milliseconds(CLOCK.get()()))
