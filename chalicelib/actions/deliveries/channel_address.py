"""The address of a channel, as an admin gives it."""

from chalicelib.domain.deliveries.channel import ChannelKind
from chalicelib.domain.deliveries.chat_hosts import SLACK_HOST, TEAMS_HOSTS, is_host_of
from chalicelib.domain.errors import InvalidRequest
from chalicelib.domain.outbound_urls import parse_address
from chalicelib.settings import settings


def host_of(url: str) -> str:
    """Return the host of an address that may be called. Raises InvalidRequest, which never repeats the address."""
    try:
        return parse_address(url, may_be_local=settings().may_call_this_machine).host
    except ValueError as error:
        raise InvalidRequest("/url", f"This cannot be called: {error}.") from error


def require_host(kind: ChannelKind, url: str) -> None:
    """Raise InvalidRequest unless `url` may be called and its host takes messages of this kind.

    On the local stage a port of this machine, where the post office is, counts as one of each.
    """
    if settings().may_call_this_machine and url.startswith("http://"):
        host_of(url)
    elif not is_host_of(kind, host_of(url)):
        hosts = SLACK_HOST if kind is ChannelKind.SLACK else " or ".join(f"…{host}" for host in TEAMS_HOSTS)
        raise InvalidRequest("/url", f"The address of a {kind.value} channel is at {hosts}.")
