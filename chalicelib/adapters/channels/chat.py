"""Messages to chat programs: Slack's incoming webhooks and the Workflows webhooks of Microsoft Teams."""

import json
from typing import Any

from chalicelib.adapters.channels.posting import post
from chalicelib.domain.deliveries.outcome import SendOutcome, SendResult

_HEADERS = {"content-type": "application/json; charset=utf-8", "user-agent": "FlowPilot"}


def send_slack(url: str, message: dict[str, Any]) -> SendOutcome:
    """Send a message to Slack, which accepts it by 200 and the body `ok`.

    Source: Slack's developer pages, "Incoming webhooks", errors: 404 `no_service` and `channel_not_found`, and 410
    `channel_is_archived` are for good; 400 and 403 refuse this message; 429 names a pause.
    """
    answer = post(url, _HEADERS, json.dumps(message).encode())
    if isinstance(answer, SendOutcome):
        return answer
    if answer.status == 200 and answer.content.strip() == b"ok":
        return SendOutcome(SendResult.ACCEPTED)
    return _failure("Slack", answer.status, answer.retry_after_s)


def send_teams(url: str, message: dict[str, Any]) -> SendOutcome:
    """Send a card to Teams. Workflows accept it by 202 before they post it, so nothing more than that is known."""
    answer = post(url, _HEADERS, json.dumps(message).encode())
    if isinstance(answer, SendOutcome):
        return answer
    if 200 <= answer.status < 300:
        return SendOutcome(SendResult.ACCEPTED)
    return _failure("Teams", answer.status, answer.retry_after_s)


def _failure(name: str, status: int, retry_after_s: float | None) -> SendOutcome:
    if status in (404, 410):
        return SendOutcome(SendResult.GONE, f"{name} knows the address no longer ({status}).")
    if 300 <= status < 400:
        return SendOutcome(SendResult.REFUSED, f"{name} answered {status}, a redirect, which is not followed.")
    if status in (400, 401, 403, 413):
        return SendOutcome(SendResult.REFUSED, f"{name} refused the message ({status}).")
    return SendOutcome(SendResult.RETRY, f"{name} answered {status}, no success.", retry_after_s)
