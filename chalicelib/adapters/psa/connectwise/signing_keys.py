"""The keys that ConnectWise publishes for its callbacks, fetched from the address that a delivery names.

The address must have been found to be the tenant's own before; here it is made sure that it leads to a public machine,
that no redirect is followed, and that nobody waits: ConnectWise gives a delivery five seconds in all. The request
carries no credentials. Keys are kept for minutes only, as they are replaced without a word.
"""

import json
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, NamedTuple

from chalicelib.domain.webhook_delivery import RejectionReason, WebhookRejected

if TYPE_CHECKING:
    from httpx2 import AsyncBaseTransport, Response

TIME_LIMIT_S = 2.0
KEPT_S = 300.0
MOST_KEPT = 100
LARGEST_ANSWER = 16 * 1024


class _Kept(NamedTuple):
    key: str
    fetched_at: float


def _public() -> "AsyncBaseTransport":
    from chalicelib.adapters.ssrf_guard import PublicTransport

    return PublicTransport()


class KeyRing:
    """Keys by their full address. `transport` makes the way to where they are; `clock` counts seconds."""

    def __init__(
        self,
        transport: "Callable[[], AsyncBaseTransport]" = _public,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._transport = transport
        self._clock = clock
        self._kept: OrderedDict[str, _Kept] = OrderedDict()

    def find(self, address: str) -> str:
        """Return the key at `address` within 2 s. Raises Refused: for good, or because it cannot be had just now."""
        kept = self._kept.get(address)
        if kept is None or self._clock() - kept.fetched_at > KEPT_S:
            kept = _Kept(self._fetch(address), self._clock())
            self._kept[address] = kept
            if len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return kept.key

    def _fetch(self, address: str) -> str:
        import httpx2

        from chalicelib.adapters.deadline import within
        from chalicelib.adapters.ssrf_guard import NotPublic

        try:
            return within(TIME_LIMIT_S, self._ask(address))
        except NotPublic as error:
            raise WebhookRejected(RejectionReason.KEY_URL_NOT_ALLOWED) from error
        except (httpx2.HTTPError, TimeoutError, ValueError, RecursionError, KeyError, TypeError) as error:
            raise WebhookRejected(RejectionReason.KEY_FETCH_FAILED) from error

    async def _ask(self, address: str) -> str:
        import httpx2

        client = httpx2.AsyncClient(
            transport=self._transport(), trust_env=False, follow_redirects=False, timeout=TIME_LIMIT_S
        )
        async with client, client.stream("GET", address, headers={"Accept-Encoding": "identity"}) as response:
            if response.is_redirect:
                raise WebhookRejected(RejectionReason.KEY_URL_NOT_ALLOWED)
            response.raise_for_status()
            return _key_in(await _read(response))


async def _read(response: "Response") -> bytes:
    content = b""
    async for chunk in response.aiter_bytes():
        content += chunk
        if len(content) > LARGEST_ANSWER:
            raise ValueError("the answer is too large to be a key")
    return content


def _key_in(content: bytes) -> str:
    """Read `{"signing_key": "…"}`, whatever content type it came with."""
    key = json.loads(content)["signing_key"]
    if not isinstance(key, str) or not key:
        raise ValueError("the answer holds no key")
    return key


_ring: ContextVar[KeyRing] = ContextVar("ring", default=KeyRing())  # noqa: B039  the one of the process


def signing_key(address: str) -> str:
    """Return the key at `address`, at most five minutes old. Raises Refused."""
    return _ring.get().find(address)


@contextmanager
def found_on(ring: KeyRing) -> Iterator[None]:
    """Look for keys on another ring for a while."""
    token = _ring.set(ring)
    try:
        yield
    finally:
        _ring.reset(token)
