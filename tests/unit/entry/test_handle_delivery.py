"""From the webhook through the queue to the session, with the sandbox's three PSAs asked for real."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import boto3
import pytest

from chalicelib.adapters.aws import psa_queues
from chalicelib.adapters.psa.connectwise import signing_keys
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller
from chalicelib.domain.session import Session, SessionStatus
from chalicelib.entry.schedules import reconcile
from chalicelib.entry.webhooks import handle_delivery
from chalicelib.settings import settings
from chalicelib.store import engineers, integrations, sessions
from infra.local.psa_sandbox import PsaSandbox
from infra.local.psa_sandbox.faults import PsaFault
from infra.local.psa_sandbox.webhooks import Hook, deletion_of, delivery_of
from tests.support.api.client import Answer, ApiClient
from tests.support.api.webhook_setup import Bench
from tests.support.builders import ACME, OLGA, SAM
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
from tests.support.tables import empty_tables

SECRET = "at-hook-secret-Zq8d2Lm1"
RECEIVED = {
    "attributes": {"ApproximateReceiveCount": "1"},
    "eventSourceARN": "arn:aws:sqs:us-east-1:123456789012:deliveries",
}

each_system = pytest.mark.parametrize("system", SYSTEMS)


class Psa:
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
        gone = sandbox.world.tickets[self.system].pop(self.ticket.id)
        delivery = deletion_of(self.system, Hook("", SECRET), sandbox.address(self.system), gone)
        self.bench.send(self.system, delivery.body, delivery.headers)

    def session_of(self, caller: Caller) -> Session | None:
        """The one session that somebody has."""
        lines = sessions.list_mine(ACME, caller.person, None, PageRequest(10)).items
        assert len(lines) <= 1
        return sessions.load(ACME, lines[0].id) if lines else None


class World(NamedTuple):
    """What all tests share: the sandbox, and a key server that nobody asks, as the sandbox has keys of its own."""

    server: PsaSandbox
    keys: KeyServer


@pytest.fixture(scope="module")
def _world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with a_psa_sandbox() as server, a_key_server(tmp_path_factory.mktemp("keys")) as keys:
        yield World(server, keys)


@pytest.fixture
def psa(request: pytest.FixtureRequest, provider: IdentityProvider, _world: World) -> Iterator[Psa]:
    server = _world.server
    tickets = {system: ticket_of(server, system) for system in SYSTEMS}
    for ticket in tickets.values():
        ticket.status, ticket.owner_id = "New", None
    with empty_tables(), pytest.MonkeyPatch.context() as environment, signing_keys.found_on(signing_keys.KeyRing()):
        queue_url = boto3.client("sqs").create_queue(QueueName="deliveries")["QueueUrl"]
        here = {
            **provider.environment,
            "PSA_DELIVERIES_QUEUE_URL": queue_url,
            "INTEGRATION_SECRETS_PREFIX": "flowpilot/test/integrations/",
            "STAGE": "local",
        }
        for name, value in here.items():
            environment.setenv(name, value)
        settings.cache_clear()
        engineers.enter(SAM)
        yield Psa(Bench(ApiClient(provider), _world.keys, queue_url, set()), server, request.param)
        server.sandbox.faults.switch_off()
        for system, ticket in tickets.items():
            server.sandbox.world.tickets[system][ticket.id] = ticket
    settings.cache_clear()


on_each_system = pytest.mark.parametrize("psa", SYSTEMS, indirect=True)


class Context(NamedTuple):
    """What Lambda passes along: the time that the function has left."""

    remaining_ms: int = 60_000

    def get_remaining_time_in_millis(self) -> int:
        return self.remaining_ms


def work(bodies: list[str], remaining_ms: int = 60_000) -> list[str]:
    """Hand messages to the worker in one batch; the ids of those that failed."""
    ids = [str(number) for number in range(len(bodies))]
    sent = zip(ids, bodies, strict=True)
    records = [{"messageId": one, "receiptHandle": one, "body": body, **RECEIVED} for one, body in sent]
    answer: Any = handle_delivery({"Records": records}, Context(remaining_ms))
    return [failure["itemIdentifier"] for failure in answer["batchItemFailures"]]


def queued(psa: Psa) -> list[str]:
    return [message.model_dump_json() for message in psa.bench.queued()]


def look() -> int:
    names = ("version", "account", "region", "detail", "detail-type", "source", "time", "id", "resources")
    return int(reconcile(dict.fromkeys(names, ""), Context())["followed"])


@on_each_system
def test_an_assigned_ticket_becomes_a_session_of_its_engineer(psa: Psa) -> None:
    answer = psa.change(owner_id=14)

    assert (answer.status, work(queued(psa))) == (202, [])
    session = psa.session_of(SAM)
    assert session is not None
    assert (session.psa_ticket_id, session.integration_id) == (psa.ticket.number, psa.system)


@pytest.mark.parametrize("psa", ["connectwise"], indirect=True)
def test_an_owner_who_is_named_by_identifier_gets_their_session(psa: Psa) -> None:
    psa.save(ticket_mapping={"owner_ids": {SAM.email: "srivera"}})

    psa.change(owner_id=14)
    work(queued(psa))

    assert psa.session_of(SAM) is not None


@on_each_system
def test_a_closed_ticket_ends_its_session(psa: Psa) -> None:
    psa.change(owner_id=14)
    work(queued(psa))

    psa.change(status="Closed")
    work(queued(psa))

    session = psa.session_of(SAM)
    assert session is not None
    assert session.status is SessionStatus.RESOLVED


@on_each_system
def test_a_deleted_ticket_is_told_to_its_session(psa: Psa) -> None:
    psa.change(owner_id=14)
    work(queued(psa))

    psa.delete()
    work(queued(psa))

    session = psa.session_of(SAM)
    assert session is not None
    assert session.psa_ticket is not None
    assert session.psa_ticket.status == "deleted"


@on_each_system
def test_the_same_delivery_a_hundred_times_has_one_effect(psa: Psa) -> None:
    psa.change(owner_id=14)
    [message] = queued(psa)

    work([message] * 100)

    session = psa.session_of(SAM)
    assert session is not None
    assert session.turn_count == 0


@on_each_system
def test_while_the_psa_is_down_the_webhook_is_taken_in_and_its_work_waits(psa: Psa) -> None:
    psa.server.sandbox.faults.switch_on(PsaFault(kind="503"))
    answer = psa.change(owner_id=14)

    failed = work(queued(psa))

    assert (answer.status, failed) == (202, ["0"])
    assert psa.session_of(SAM) is None


@on_each_system
def test_a_ticket_that_cannot_be_read_now_is_read_after_the_pause_that_the_psa_asks_for(psa: Psa) -> None:
    psa_queues._client.cache_clear()
    psa_queues._url_of.cache_clear()
    psa.server.sandbox.faults.switch_on(PsaFault(kind="429", retry_after_s=40))
    psa.change(owner_id=14)
    [message] = boto3.client("sqs").receive_message(QueueUrl=psa.bench.queue_url)["Messages"]
    pauses_s: list[int] = []
    events: Any = psa_queues._client().meta.events
    events.register(
        "provide-client-params.sqs.ChangeMessageVisibility",
        lambda params, **_: pauses_s.append(params["VisibilityTimeout"]),
    )
    record = {"messageId": "1", "receiptHandle": message["ReceiptHandle"], "body": message["Body"]}

    handle_delivery({"Records": [{**record, **RECEIVED}]}, Context())

    assert pauses_s == [40]


@pytest.mark.parametrize("psa", ["halopsa"], indirect=True)
def test_without_time_for_a_delivery_none_is_begun(psa: Psa) -> None:
    psa.change(owner_id=14)

    failed = work(queued(psa), remaining_ms=20_000)

    assert (failed, psa.session_of(SAM)) == (["0"], None)


@on_each_system
@pytest.mark.parametrize("refusal", ["401", "403", "404"])
def test_a_ticket_that_is_not_shown_waits_in_no_queue_and_is_found_once_it_is(psa: Psa, refusal: str) -> None:
    psa.server.sandbox.faults.switch_on(PsaFault(kind=refusal))
    psa.change(owner_id=14)

    failed = work(queued(psa))
    seen, looked = psa.session_of(SAM), look()
    psa.server.sandbox.faults.switch_off()
    look()

    assert (failed, seen, looked) == ([], None, 0)
    assert psa.session_of(SAM) is not None


@on_each_system
def test_what_a_sender_lost_is_found_by_looking(psa: Psa) -> None:
    psa.server.sandbox.change(psa.system, psa.ticket.id, owner_id=14)

    look()

    assert psa.session_of(SAM) is not None


@on_each_system
def test_a_second_look_finds_nothing_new_and_tells_nothing_twice(psa: Psa) -> None:
    psa.server.sandbox.change(psa.system, psa.ticket.id, owner_id=14)
    look()
    before = psa.session_of(SAM)

    look()

    assert psa.session_of(SAM) == before


@on_each_system
def test_a_psa_that_is_down_is_looked_at_again_from_the_same_time(psa: Psa) -> None:
    psa.server.sandbox.faults.switch_on(PsaFault(kind="503"))
    before = integrations.load(ACME, psa.system).reconciled_until

    look()

    assert integrations.load(ACME, psa.system).reconciled_until == before


@pytest.mark.parametrize("psa", ["halopsa"], indirect=True)
def test_a_listed_integration_that_is_gone_is_taken_off_the_list(psa: Psa) -> None:
    psa.bench.api.call("DELETE", "/integrations/halopsa", by=OLGA)

    assert (look(), integrations.list_everywhere()) == (0, [])


@pytest.mark.parametrize("psa", ["autotask"], indirect=True)
def test_the_connection_is_tried_and_trouble_put_in_words(psa: Psa) -> None:
    fine = psa.bench.api.call("POST", "/integrations/autotask/test", by=OLGA).json
    psa.server.sandbox.faults.switch_on(PsaFault(kind="401"))

    wrong = psa.bench.api.call("POST", "/integrations/autotask/test", by=OLGA).json

    assert (fine["works"], wrong["works"]) == (True, False)
    assert "credentials" in wrong["detail"]
