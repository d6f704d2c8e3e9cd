"""How long a call may be told to wait before it tries again."""

import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Any

from anthropic import APIError, APIRequest, APIStatusError, AsyncAPIResponse

from chalicelib.adapters.ai.faults import AiUnavailable, of_status, unreachable
from chalicelib.adapters.retry_after import asked_pause_s

Next = Callable[[APIRequest], Awaitable[AsyncAPIResponse[Any]]]


class RetryAfterLimit:
    """Middleware of one call, run around each of its attempts: it ends the call rather than let it sleep past `until`.

    Left to itself the SDK (2.12) sleeps for as long as `retry-after` says, be it hours. `last_failure` is what the
    latest attempt failed of, so that a deadline that passes during the pause after it can be explained.
    """

    def __init__(self, until: float) -> None:
        self.last_failure: AiUnavailable | None = None
        self._until = until

    async def __call__(self, request: APIRequest, call_next: Next) -> AsyncAPIResponse[Any]:
        """Make one attempt. Raises AiUnavailable when the service asks for a longer pause than there is time for."""
        self.last_failure = None
        try:
            response = await call_next(request)
        except APIError as error:
            self.last_failure = of_error(error)
            raise
        if not response.http_response.is_success:
            self.last_failure = of_status(response.status_code)
            if pause_in(response.headers) > self._until - time.monotonic():
                raise self.last_failure
        return response


def of_error(error: APIError) -> AiUnavailable:
    """Say what an error of the SDK means. Its own text is left out: it may quote what the service answered."""
    return of_status(error.status_code) if isinstance(error, APIStatusError) else unreachable()


def pause_in(headers: Mapping[str, str]) -> float:
    """Return the pause a response asks for, in seconds; 0 when it names none that can be read (RFC 9110, 10.2.3)."""
    with suppress(KeyError, ValueError):
        return float(headers["retry-after-ms"]) / 1000
    return asked_pause_s(headers.get("retry-after", "")) or 0.0
