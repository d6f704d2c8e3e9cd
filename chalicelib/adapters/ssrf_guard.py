"""HTTP to public addresses only, whatever a host name resolves to.

A name is looked up once, every address it has must be public, and the connection goes to the address that was checked:
a name that changes its mind between check and connection gains nothing. Certificates are still verified for the name.
"""

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Awaitable, Callable

import httpx2

from chalicelib.settings import settings

Resolve = Callable[[str], Awaitable[list[str]]]


class NotPublic(httpx2.ConnectError):
    """The host name resolves to an address that is not public; nothing was sent."""


async def resolve(host: str) -> list[str]:
    """Return the IPv4 addresses of `host`: functions outside of a VPC have no other way out. Raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, 443, family=socket.AF_INET, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


class PublicTransport(httpx2.AsyncBaseTransport):
    """A transport for `httpx2.AsyncClient`; give the client `trust_env=False` and `follow_redirects=False` as well.

    In the stage `local` it also calls this machine over plain http, where the sandbox is. `beneath` carries requests
    to addresses that were found good.
    """

    def __init__(
        self,
        *,
        resolve: Resolve = resolve,
        trust: ssl.SSLContext | None = None,
        beneath: httpx2.AsyncBaseTransport | None = None,
    ) -> None:
        self._resolve = resolve
        self._beneath = beneath or httpx2.AsyncHTTPTransport(
            verify=True if trust is None else trust,
            trust_env=False,
            limits=httpx2.Limits(max_keepalive_connections=0),  # two names may share an address, never a connection
        )

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send the request. Raises NotPublic, and httpx2.TransportError as any transport does."""
        if not _is_to_this_machine(request.url):
            host = request.url.host
            request.extensions = {**request.extensions, "sni_hostname": host}
            request.url = request.url.copy_with(host=await self._public_address_of(host, request))
        return await self._beneath.handle_async_request(request)

    async def _public_address_of(self, host: str, request: httpx2.Request) -> str:
        if request.url.scheme != "https" or request.url.port is not None:
            raise NotPublic("only https on its own port is called", request=request)
        try:
            addresses = await self._resolve(host)
        except OSError as error:
            raise httpx2.ConnectError(f"the name {host} is not known", request=request) from error
        if not addresses or not all(_is_public(address) for address in addresses):
            raise NotPublic(f"the name {host} leads to no public address", request=request)
        return addresses[0]

    async def aclose(self) -> None:
        """Close the connections that are open."""
        await self._beneath.aclose()


def _is_to_this_machine(url: httpx2.URL) -> bool:
    return settings().may_call_this_machine and url.scheme == "http" and url.host in ("127.0.0.1", "localhost")


def _is_public(address: str) -> bool:
    ip = ipaddress.IPv4Address(address)
    return ip.is_global and not ip.is_multicast
