"""The PSA of an integration, whichever it is: what all three systems can do, and the client for it."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from chalicelib.adapters.aws import integration_secrets
from chalicelib.adapters.aws.secrets import SecretUnavailable
from chalicelib.adapters.psa.autotask.client import Autotask
from chalicelib.adapters.psa.connectwise.client import ConnectWise
from chalicelib.adapters.psa.halopsa.client import HaloPsa
from chalicelib.adapters.psa.picklists import Picklist
from chalicelib.domain.integration import Integration, PsaKind
from chalicelib.domain.mapping_choices import MappingChoices, OwnerChoice
from chalicelib.domain.psa import PsaAccessRefused, PsaRefused, PsaTicket, PsaUnavailable
from chalicelib.domain.ticket_note_parts import Render

MOST_KEPT = 100
"""How many clients a process keeps, for their tokens and what they have learnt of the tenant."""

_kept: OrderedDict[tuple[str, str, datetime, int], "_Kept"] = OrderedDict()


class Psa(Hashable, Protocol):
    """What is asked of a PSA. Every call takes 10 s at most, and raises PsaUnavailable or PsaRefused."""

    @property
    def note_limit(self) -> int:
        """The longest note, in UTF-16 units."""

    @property
    def render(self) -> Render:
        """What makes the text of a note from lines."""

    def check(self) -> str | None:
        """Read a ticket, with the credentials and changing nothing; return its number, None where there is none."""

    def list_choices(self) -> MappingChoices:
        """Return the statuses of tickets, and the people who may own them."""

    def list_owners(self) -> list[OwnerChoice]:
        """Return the people who may own tickets."""

    def list_open_tickets(self, owner: str) -> list[PsaTicket]:
        """Return the open tickets of an owner, by the PSA's id for them, least recently changed first; at most some."""

    def is_webhook_active(self, path: str) -> bool | None:
        """Return whether our webhook, whose address ends with `path`, is switched on; None where the PSA has no say."""

    def read_ticket(self, ticket_id: str) -> PsaTicket:
        """Return the ticket as it is now."""

    def read_email(self, owner_id: str) -> str | None:
        """Return the e-mail address of somebody who may own tickets, None when the PSA has none for them."""

    def list_changed_tickets(self, since: datetime) -> list[PsaTicket]:
        """Return tickets changed after `since`, least recently changed first; of very many only some."""

    def find_note(self, ticket_id: str, trace: str) -> str | None:
        """Return the id of the ticket's note that holds `trace`, None when there is none."""

    def add_note(self, ticket_id: str, title: str, text: str) -> str:
        """Write a note that only the MSP's own people see; return its id."""

    def set_status(self, ticket_id: str, status: str) -> None:
        """Set the status, by the PSA's id or name for it."""

    def set_owner(self, ticket_id: str, owner: str | None) -> None:
        """Set the owner, by the PSA's id for them; None leaves the ticket to nobody."""


class _Kept(NamedTuple):
    psa: Psa
    emails: Picklist[str]


_CLIENTS: Mapping[PsaKind, Callable[[str, Any, Mapping[str, str]], Psa]] = {
    PsaKind.CONNECTWISE: ConnectWise,
    PsaKind.AUTOTASK: Autotask,
    PsaKind.HALOPSA: HaloPsa,
}
"""The client of each system, made from an address, the settings of its kind and secrets."""


def psa_of(integration: Integration) -> Psa:
    """Return the client of the integration, kept for as long as its settings are the same.

    Raises PsaUnavailable when its secrets cannot be read, PsaRefused when it cannot be asked for anything.
    """
    return _kept_of(integration).psa


def email_of_owner(integration: Integration, owner_id: str) -> str | None:
    """Return the e-mail address of somebody who may own tickets, None when the PSA has or shows none.

    An address is asked for once. Raises PsaUnavailable.
    """
    return _kept_of(integration).emails.of(owner_id)


def _kept_of(integration: Integration) -> _Kept:
    # A deleted integration's id may be used again, and its versions start at one again.
    key = (integration.account_id, integration.id, integration.created_at, integration.version)
    if key not in _kept:
        psa = _client_of(integration)
        _kept[key] = _Kept(psa, Picklist(psa.read_email))
        if len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return _kept[key]


def _client_of(integration: Integration) -> Psa:
    try:
        return connect(integration, integration_secrets.read(integration))
    except SecretUnavailable as error:
        raise PsaUnavailable(f"The secrets of {integration.name} cannot be read now ({error}).") from error


def connect(integration: Integration, secrets: Mapping[str, str]) -> Psa:
    """Return a client of the integration that uses these secrets. Raises PsaRefused when there can be none."""
    address, settings = integration.base_url, integration.settings
    if address is None or not secrets:
        raise PsaAccessRefused(f"{integration.name} has no address or no secrets, so it cannot be asked for anything.")
    if integration.kind not in _CLIENTS:
        raise PsaRefused(f"{integration.name} only sends webhooks; it cannot be asked for anything.")
    return _CLIENTS[integration.kind](address, settings, secrets)
