"""Outgoing webhooks as Standard Webhooks 1.0.0 has them: signed, with an id that every repeat carries again."""

from collections.abc import Sequence
from datetime import UTC, datetime

from standardwebhooks import Webhook

from chalicelib.adapters.channels.posting import post
from chalicelib.domain.deliveries.outcome import SendOutcome, SendResult


def send_webhook(url: str, secrets: Sequence[str], message_id: str, body: str, at: datetime) -> SendOutcome:
    """Send `body`, signed with each of `secrets`, the newest first. A receiver accepts it by any 2xx.

    410 means that it wants no more. Everything else, redirects included, is tried again.
    """
    answer = post(url, signed_headers(secrets, message_id, body, at), body.encode())
    if isinstance(answer, SendOutcome):
        return answer
    if 200 <= answer.status < 300:
        return SendOutcome(SendResult.ACCEPTED)
    if answer.status == 410:
        return SendOutcome(SendResult.GONE, "The receiver wants no messages any more (410).")
    reason = "a redirect, which is not followed" if 300 <= answer.status < 400 else "no success"
    return SendOutcome(SendResult.RETRY, f"The receiver answered {answer.status}, {reason}.", answer.retry_after_s)


def signed_headers(secrets: Sequence[str], message_id: str, body: str, at: datetime) -> dict[str, str]:
    """Return the headers of a message. The library signs another second for a time that is not in UTC."""
    second = at.astimezone(UTC).replace(microsecond=0)
    signatures = [Webhook(secret).sign(message_id, second, body) for secret in secrets]
    return {
        "content-type": "application/json",
        "user-agent": "FlowPilot",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(second.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
