"""The PSA sandbox in the test's own process, and the integrations that lead to it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest

from chalicelib.adapters.psa.clients import Psa, connect
from chalicelib.domain.integration import (
    AutotaskSettings,
    ConnectWiseSettings,
    HaloSettings,
    Integration,
    PsaKind,
    PsaSettings,
    TicketMapping,
)
from infra.local.psa_sandbox import PsaSandbox, autotask, connectwise, halopsa
from infra.local.psa_sandbox.ticket_store import CLOSED, FABRIKAM, Ticket, label_of
from tests.support.builders import ACME, SAM, START, SUMMARY
from tests.support.servers.serving import serving

SYSTEMS = ("connectwise", "autotask", "halopsa")
each_system = pytest.mark.parametrize("system", SYSTEMS)
NUMBER = "T20261123.0041"
INTEGRATION_ID = "019ab000-0000-7000-8000-0000000000f1"

SETTINGS: Mapping[str, PsaSettings] = {
    "connectwise": ConnectWiseSettings(
        kind=PsaKind.CONNECTWISE,
        company_id=connectwise.COMPANY,
        client_id=connectwise.CLIENT_ID,
        own_member=connectwise.MEMBER,
    ),
    "autotask": AutotaskSettings(
        kind=PsaKind.AUTOTASK,
        user_name=autotask.USER_NAME,
        owner_role_id=autotask.ROLE_ID,
    ),
    "halopsa": HaloSettings(kind=PsaKind.HALOPSA, client_id=halopsa.CLIENT_ID),
}
SECRETS: Mapping[str, Mapping[str, str]] = {
    "connectwise": connectwise.SECRETS,
    "autotask": autotask.SECRETS,
    "halopsa": halopsa.SECRETS,
}


def mapping_of(system: str) -> TicketMapping:
    """How an integration with the system maps our words to its own."""
    closed = label_of(system, CLOSED)
    return TicketMapping(status_on_claim="In Progress", status_on_resolve=closed, owner_ids={SAM.email: "14"})


@contextmanager
def a_psa_sandbox() -> Iterator[PsaSandbox]:
    """Yield a sandbox with one ticket in each system, and stop it in the end."""
    with serving(PsaSandbox()) as server:
        server.sandbox.store.open_tickets([(NUMBER, SUMMARY, FABRIKAM)])
        yield server


def base_url_of(server: PsaSandbox, system: str) -> str:
    """The address of an integration with one of the sandbox's systems."""
    path = "/ATServicesRest" if system == "autotask" else ""
    return server.sandbox.address(system) + path


def an_integration(server: PsaSandbox, system: str, **changes: object) -> Integration:
    """An integration of acme with one of the sandbox's systems."""
    given: dict[str, object] = {
        "account_id": ACME,
        "id": INTEGRATION_ID,
        "name": f"Our {system}",
        "base_url": base_url_of(server, system),
        "settings": SETTINGS[system],
        "ticket_mapping": mapping_of(system),
        "secret_version": "v1",
        "secrets_set_at": {},
        "version": 1,
        "reconciled_until": START,
        "created_at": START,
        "updated_at": START,
    }
    return Integration.model_validate(given | changes)


def client_of(server: PsaSandbox, system: str, **secrets: str) -> Psa:
    """The client of an integration with the system, some of its secrets changed."""
    return connect(an_integration(server, system), {**SECRETS[system], **secrets})


def shown_id(ticket: Ticket, system: str) -> str:
    """What an engineer types: Autotask's people know tickets by number."""
    return ticket.number if system == "autotask" else str(ticket.id)


def ticket_of(server: PsaSandbox, system: str) -> Ticket:
    """The system's one ticket."""
    return next(iter(server.sandbox.store.tickets[system].values()))
