"""Where ConnectWise keeps the key of a callback, and why a delivery may not name any other place.

Anybody with a tenant of their own has a real key on the same shared host, so the host alone proves nothing: the address
must ask for the key of this company, at the one page that gives out keys.
"""

import re

from chalicelib.domain.outbound_urls import Address, parse_address
from chalicelib.domain.webhook_delivery import RejectionReason, WebhookRejected

_PAGE = re.compile(r"(?:/[\w.-]*)*/system/callbackkey/index\.rails", re.ASCII)
"""As real deliveries have it, with the release and a double slash before it. No escapes."""

_QUERY = re.compile(r"[\w.=&-]*", re.ASCII)
"""No escapes, and no `;`, which some servers take for `&`: nothing that two readers could read in two ways."""


def require_own_key_address(text: str, *, base_url: str, company_id: str, may_be_local: bool = False) -> None:
    """Raise Refused unless `text` asks the tenant's own host, or its `api-` twin, for the key of this company."""
    try:
        address = parse_address(text, may_be_local=may_be_local)
    except ValueError as error:
        is_https = text.startswith("https://")
        raise WebhookRejected(
            RejectionReason.KEY_URL_NOT_ALLOWED if is_https else RejectionReason.KEY_URL_NOT_HTTPS
        ) from error
    own = parse_address(base_url, may_be_local=may_be_local)
    is_own = address.origin in ([own.origin] if own.is_of_this_machine else [f"https://{host}" for host in _hosts(own)])
    is_plain = _PAGE.fullmatch(address.path) and _QUERY.fullmatch(address.query) and "/." not in address.path
    if not is_own or not is_plain:
        raise WebhookRejected(RejectionReason.KEY_URL_NOT_ALLOWED)
    if _companies_in(address.query) != [company_id]:
        raise WebhookRejected(RejectionReason.KEY_URL_COMPANY_MISMATCH)


def _hosts(own: Address) -> set[str]:
    """The host of the API and that of the pages: in the vendor's cloud they differ by `api-`.

    The prefix only goes where a domain of the same owner is left: the twin of `api-x.example` would be anybody's.
    """
    host = own.host
    twin = host.removeprefix("api-") if host.startswith("api-") else f"api-{host}"
    return {host, twin} if host.count(".") >= 2 else {host}


def _companies_in(query: str) -> list[str]:
    """All values of the parameter, in any spelling of its name: readers of the first and of the last must agree."""
    pairs = [pair.partition("=") for pair in query.split("&")]
    return [value for name, _, value in pairs if name.casefold() == "companyname"]
