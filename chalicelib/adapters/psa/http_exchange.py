"""One HTTP exchange with a PSA, within a time limit, with public machines alone, and never following a redirect."""

from functools import cache
from typing import Any, NamedTuple

import httpx2

from chalicelib.adapters.deadline import within
from chalicelib.adapters.ssrf_guard import NotPublic, PublicTransport

CONNECT_LIMIT_S = 3.0
LARGEST_ANSWER = 4 * 1024 * 1024
"""The most that is read of an answer, in bytes."""


class NoAnswer(Exception):
    """There was no answer, or none that could be read."""


class MayNotBeCalled(Exception):
    """The address is not one that is called."""


class RawAnswer(NamedTuple):
    """An answer as it came."""

    status: int
    retry_after: str
    content: bytes


def exchange(method: str, url: str, given: dict[str, Any], *, time_limit_s: float) -> RawAnswer:
    """Send a request and return the answer; `given` holds `headers`, `params`, and a body as `json` or `data`.

    Raises NoAnswer and MayNotBeCalled.
    """
    try:
        return within(time_limit_s, _exchange(method, url, given))
    except (TimeoutError, httpx2.TimeoutException):
        raise NoAnswer(f"did not answer within {time_limit_s:g} s") from None
    except NotPublic as error:
        raise MayNotBeCalled(str(error)) from error
    except httpx2.InvalidURL as error:
        raise MayNotBeCalled("its address is none") from error
    except (httpx2.TransportError, httpx2.DecodingError) as error:
        raise NoAnswer("cannot be reached") from error


async def _exchange(method: str, url: str, given: dict[str, Any]) -> RawAnswer:
    async with _connections().stream(method, url, **given) as response:
        content = bytearray()
        async for chunk in response.aiter_bytes():
            content += chunk
            if len(content) > LARGEST_ANSWER:
                raise NoAnswer("answered with more than is read")
    return RawAnswer(response.status_code, response.headers.get("retry-after", ""), bytes(content))


@cache
def _connections() -> httpx2.AsyncClient:
    """The process's client, made on the event loop that it belongs to; the deadline is the limit of its reads."""
    return httpx2.AsyncClient(
        transport=PublicTransport(),
        trust_env=False,
        follow_redirects=False,
        timeout=httpx2.Timeout(None, connect=CONNECT_LIMIT_S),
    )
