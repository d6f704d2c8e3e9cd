"""Tickets of the PSA sandbox behind the webhook route: changes there, deliveries to the queue, and the worker."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from chalicelib.adapters.psa.connectwise import signing_keys
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session
from chalicelib.entry.psa_deliveries import handle_delivery
from chalicelib.store import engineers, sessions
from infra.local.psa_sandbox import PsaSandbox
from infra.local.psa_sandbox.webhooks import Hook, deletion_of, delivery_of
from tests.support.api.client import Answer, ApiClient
from tests.support.api.webhook_setup import Bench, webhooks_at
from tests.support.builders import ACME, SAM
from tests.support.integrations import BODIES
from tests.support.servers.identity_provider import IdentityProvider
from tests.support.servers.key_server import KeyServer, a_key_server
from tests.support.servers.psa_sandbox import (
    SECRETS,
    SETTINGS,
    SYSTEMS,
    a_psa_sandbox,
    base_url_of,
    mapping_of,
    ticket_of,
)

SECRET = "at-hook-secret-Zq8d2Lm1"
DELIVERY_RECORD = {
    "attributes": {"ApproximateReceiveCount": "1"},
    "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:deliveries",
}


class LinkedPsa:
    """One system of the sandbox, an integration with it, and the way from the one to the other."""

    def __init__(self, bench: Bench, server: PsaSandbox, system: str) -> None:
        self.bench, self.server, self.system = bench, server, system
        self.ticket = ticket_of(server, system)
        self.save(ticket_mapping=mapping_of(system).model_dump(mode="json"))

    def save(self, ticket_mapping: dict[str, Any]) -> None:
        """Save the integration, with its own map of words."""
        system = self.system
        webhook = {} if system == "connectwise" else {"webhook_secret": SECRET}
        self.bench.save(
            system,
            {
                "name": BODIES[system]["name"],
                "base_url": base_url_of(self.server, system),
                "settings": SETTINGS[system].model_dump(mode="json")
                | ({"webhook_guids": []} if system == "autotask" else {}),
                "ticket_mapping": ticket_mapping,
                "secrets": {**SECRETS[system], **webhook},
            },
        )

    def change(self, *, status: str | None = None, owner_id: int | None = None) -> Answer:
        """Change the ticket as the PSA's own people would, and send the webhook that follows."""
        self.server.sandbox.change(self.system, self.ticket.id, status=status, owner_id=owner_id)
        delivery = delivery_of(self.system, Hook("", SECRET), self.server.sandbox.address(self.system), self.ticket)
        return self.bench.send(self.system, delivery.body, delivery.headers)

    def delete(self) -> None:
        """Take the ticket away as the PSA's own people would, and send the webhook that follows."""
        sandbox = self.server.sandbox
        gone = sandbox.store.tickets[self.system].pop(self.ticket.id)
        delivery = deletion_of(self.system, Hook("", SECRET), sandbox.address(self.system), gone)
        self.bench.send(self.system, delivery.body, delivery.headers)

    def session_of(self, caller: Caller) -> Session | None:
        """The one session that somebody has."""
        lines = sessions.list_mine(ACME, caller.id, None, PageRequest(10)).items
        assert len(lines) <= 1
        return sessions.load(ACME, lines[0].id) if lines else None


class SharedServers(NamedTuple):
    """What all tests share: the sandbox, and a key server that is not used, as the sandbox has its own keys."""

    server: PsaSandbox
    keys: KeyServer


@pytest.fixture(scope="module")
def _shared_servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedServers]:
    with a_psa_sandbox() as server, a_key_server(tmp_path_factory.mktemp("keys")) as keys:
        yield SharedServers(server, keys)


@pytest.fixture
def psa(
    request: pytest.FixtureRequest, provider: IdentityProvider, _shared_servers: SharedServers
) -> Iterator[LinkedPsa]:
    server = _shared_servers.server
    tickets = {system: ticket_of(server, system) for system in SYSTEMS}
    for ticket in tickets.values():
        ticket.status, ticket.owner_id = "New", None
    with webhooks_at(provider, stage="local") as queue_url, signing_keys.found_on(signing_keys.KeyRing()):
        engineers.enter(SAM)
        yield LinkedPsa(Bench(ApiClient(provider), _shared_servers.keys, queue_url, set()), server, request.param)
        server.sandbox.faults.switch_off()
        for system, ticket in tickets.items():
            server.sandbox.store.tickets[system][ticket.id] = ticket


on_each_system = pytest.mark.parametrize("psa", SYSTEMS, indirect=True)


class LambdaContext(NamedTuple):
    """What Lambda passes along: the time that the function has left."""

    remaining_ms: int = 60_000

    def get_remaining_time_in_millis(self) -> int:
        return self.remaining_ms


def handle_messages(bodies: list[str], remaining_ms: int = 60_000) -> list[str]:
    """Have the worker handle messages as one batch; return the ids of those that failed."""
    ids = [str(number) for number in range(len(bodies))]
    sent = zip(ids, bodies, strict=True)
    records = [{"messageId": one, "receiptHandle": one, "body": body, **DELIVERY_RECORD} for one, body in sent]
    answer: Any = handle_delivery({"Records": records}, LambdaContext(remaining_ms))
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def queued(psa: LinkedPsa) -> list[str]:
    """Take the messages out of the queue of deliveries."""
    return [message.model_dump_json() for message in psa.bench.queued()]
