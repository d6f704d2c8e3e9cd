"""POST to an address that an admin gave: public hosts alone, no redirects, one time limit, a typed outcome."""

from collections.abc import Mapping
from typing import NamedTuple

from chalicelib.adapters.psa import http_exchange
from chalicelib.adapters.retry_after import asked_pause_s
from chalicelib.domain.deliveries.outcome import SendOutcome, SendResult

TIME_LIMIT_S = 15.0
"""The longest a call takes, as a whole. Standard Webhooks 1.0.0 advises 15 to 30 s."""


class Posted(NamedTuple):
    """What was answered. `content` is for telling answers apart; it is never stored or shown."""

    status: int
    retry_after_s: float | None
    content: bytes


def post(url: str, headers: Mapping[str, str], content: bytes) -> Posted | SendOutcome:
    """Send `content` and return the answer, or the outcome where there was none."""
    try:
        raw = http_exchange.exchange("POST", url, {"headers": headers, "content": content}, time_limit_s=TIME_LIMIT_S)
    except http_exchange.NoAnswer as failure:
        return SendOutcome(SendResult.RETRY, f"The receiver {failure}.")
    except http_exchange.MayNotBeCalled as failure:
        return SendOutcome(SendResult.REFUSED, f"The address may not be called: {failure}.")
    return Posted(raw.status, asked_pause_s(raw.retry_after), raw.content)
