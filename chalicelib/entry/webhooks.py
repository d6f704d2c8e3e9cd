"""The route that receives the PSAs' webhooks, authenticated by a signature.

Senders differ in which answers make them give up: ConnectWise repeats a delivery only after 404, 409, 419 and 429, and
drops it on a 500; Autotask counts every answer but 2xx towards deactivating the webhook. So an authentic delivery is
answered 202 whether it matters here or not, a forged one 401, and every failure on our side 429, so that it is sent
again.
"""

from typing import Any

from chalice.app import Response

from chalicelib import log
from chalicelib.contracts.delivery_message import DeliveriesView
from chalicelib.domain.errors import DomainError, NotFound, TooManyRequests, Unauthenticated
from chalicelib.domain.webhook_delivery import MOST_IN_A_BATCH, RejectionReason, WebhookRejected
from chalicelib.entry.api import Api
from chalicelib.entry.problems import BadJson, TooLarge
from chalicelib.entry.responses import refuse, respond
from chalicelib.entry.webhook_clock import CLOCK

webhooks = Api("ticket_sync")

PATH = "/webhooks/{target_id}/{integration_id}"
"""The target is the account; outgoing webhooks share the place in the path, and so the name (ADR 0032)."""
LARGEST_BODY = 512 * 1024
RETRY_AFTER_S = 5


@webhooks.open_operation(
    "POST",
    PATH,
    answers=DeliveriesView,
    status=202,
    refuses=(BadJson, Unauthenticated, NotFound, TooLarge, TooManyRequests),
)
def post_webhook(request: Any, target_id: str, integration_id: str) -> Response:
    """Receive a webhook of a PSA; its signature stands in for a token."""
    try:
        return respond(_received(target_id, integration_id, request), 202)
    except WebhookRejected as rejected:
        return refuse(_refusal(rejected, integration_id))
    except (NotFound, TooLarge) as refusal:
        return refuse(refusal)
    except Exception as failure:  # noqa: BLE001  with a 500 ConnectWise would drop the event for good
        log.error("webhook failed", failure, integration_id=integration_id)
        return refuse(_send_again("Something went wrong on our side."))


@webhooks.open_operation("GET", PATH, answers=None, status=204)
def get_webhook_address(request: Any, target_id: str, integration_id: str) -> Response:  # noqa: ARG001  nothing is looked up
    """Answer a sender that checks whether the address is there; it says nothing of the integration."""
    return respond(None, 204)


@webhooks.open_operation("HEAD", PATH, answers=None, status=204)
def head_webhook_address(request: Any, target_id: str, integration_id: str) -> Response:  # noqa: ARG001  nothing is looked up
    """Answer a sender that checks whether the address is there, as GET does."""
    return respond(None, 204)


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
