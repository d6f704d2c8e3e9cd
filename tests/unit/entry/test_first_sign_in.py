"""The first sign-in has the tickets that are already somebody's looked for, through the queue and never twice."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import SEARCH_AGAIN, Caller
from chalicelib.entry.psa_deliveries import handle_delivery
from chalicelib.store import engineers, integrations, sessions
from infra.local.psa_sandbox import PsaSandbox
from tests.support.api.client import ApiClient
from tests.support.api.webhook_setup import Bench, webhooks_at
from tests.support.builders import ACME, JANE, SAM, VIC
from tests.support.environment import configured
from tests.support.scenarios.psa import forget_process, link
from tests.support.servers.identity_provider import IdentityProvider
from tests.support.servers.key_server import KeyServer, a_key_server
from tests.support.servers.psa_sandbox import (
    INTEGRATION_ID,
    SECRETS,
    SYSTEMS,
    a_psa_sandbox,
    an_integration,
    ticket_of,
)


class Context:
    """What Lambda passes along: the time that the function has left."""

    def get_remaining_time_in_millis(self) -> int:
        return 60_000


@pytest.fixture(scope="module")
def server() -> Iterator[PsaSandbox]:
    with a_psa_sandbox() as server:
        for system in SYSTEMS:
            ticket_of(server, system).owner_id = 14
        yield server


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KeyServer]:
    with a_key_server(tmp_path_factory.mktemp("keys")) as keys:
        yield keys


@pytest.fixture
def bench(provider: IdentityProvider, keys: KeyServer) -> Iterator[Bench]:
    forget_process()
    with webhooks_at(provider, stage="local") as queue_url:
        yield Bench(ApiClient(provider), keys, queue_url, set())
    forget_process()


def sign_in(bench: Bench, caller: Caller = SAM, path: str = "/me") -> int:
    return bench.api.call("GET", path, by=caller).status


def connect(bench: Bench, server: PsaSandbox, system: str, **changes: object) -> None:
    """Save the integration as an admin does."""
    fields = {"name", "base_url", "settings", "ticket_mapping"}
    body = an_integration(server, system).model_dump(mode="json", include=fields)
    bench.save(system, {**body, "secrets": SECRETS[system], **changes})


def work(bodies: list[str]) -> Any:
    source = {"attributes": {"ApproximateReceiveCount": "1"}, "eventSourceARN": "arn:aws:sqs:us-east-1:1:deliveries"}
    records = [{"messageId": "1", "receiptHandle": "1", "body": body, **source} for body in bodies]
    answer: Any = handle_delivery({"Records": records}, Context())
    return answer["batchItemFailures"]


def titles_of(caller: Caller) -> list[str | None]:
    return [line.psa_ticket_id for line in sessions.list_mine(ACME, caller.id, None, PageRequest(10)).items]


@pytest.mark.parametrize("system", SYSTEMS)
def test_first_sign_in_opens_sessions_for_tickets_that_are_theirs(
    bench: Bench, server: PsaSandbox, system: str
) -> None:
    link(server, system)
    sign_in(bench)
    before = titles_of(SAM)

    failures = work(bench.bodies())

    assert (before, failures, titles_of(SAM)) == ([], [], [ticket_of(server, system).number])


@pytest.mark.parametrize("path", ["/me", "/start"])
def test_second_sign_in_asks_for_nothing(bench: Bench, server: PsaSandbox, path: str) -> None:
    link(server, "halopsa")
    sign_in(bench, path=path)
    asked = bench.bodies()

    sign_in(bench, path=path)

    assert (len(asked), bench.bodies()) == (1, [])


def test_sign_in_succeeds_and_asks_again_when_the_queue_took_nothing(bench: Bench, server: PsaSandbox) -> None:
    link(server, "halopsa")
    with configured(PSA_DELIVERIES_QUEUE_URL=bench.queue_url + "-that-is-gone"):
        status = sign_in(bench)

    sign_in(bench)

    assert (status, len(bench.bodies())) == (200, 1)


def test_sign_in_without_a_ticket_system_asks_for_nothing(bench: Bench) -> None:
    sign_in(bench)

    known = engineers.find(ACME, SAM.id)
    assert bench.bodies() == []
    assert known
    assert known.ticket_search
    assert known.ticket_search.is_done


def test_new_integration_is_searched_for_the_tickets_of_those_who_signed_in_before(
    bench: Bench, server: PsaSandbox
) -> None:
    for caller in (SAM, VIC):
        sign_in(bench, caller)
    connect(bench, server, "halopsa")
    asked = bench.bodies()

    failures = work(asked)

    assert (len(asked), failures, titles_of(SAM)) == (1, [], [ticket_of(server, "halopsa").number])


@pytest.mark.parametrize("times", [1, 2], ids=["as before", "changed twice"])
def test_changed_integration_is_not_searched_again(bench: Bench, server: PsaSandbox, times: int) -> None:
    sign_in(bench)
    connect(bench, server, "halopsa")
    bench.bodies()

    for number in range(times):
        connect(bench, server, "halopsa", name=f"Halo {number}")

    assert bench.bodies() == []


def test_integration_is_saved_when_the_queue_takes_no_search(bench: Bench, server: PsaSandbox) -> None:
    sign_in(bench)
    with configured(PSA_DELIVERIES_QUEUE_URL=bench.queue_url + "-that-is-gone"):
        connect(bench, server, "halopsa")

    assert (bench.bodies(), integrations.find(ACME, "halopsa") is not None) == ([], True)


def test_search_that_the_ticket_system_refuses_is_asked_for_at_a_later_sign_in(
    bench: Bench, server: PsaSandbox
) -> None:
    sign_in(bench)
    connect(bench, server, "halopsa", secrets={**SECRETS["halopsa"], "client_secret": "mistyped"})

    work(bench.bodies())

    known = engineers.find(ACME, SAM.id)
    assert known
    assert known.needs_ticket_search(datetime.now(UTC) + SEARCH_AGAIN)


@pytest.mark.parametrize(("caller", "asked"), [(VIC, 0), (JANE, 1)], ids=["viewer", "engineer"])
def test_sign_in_asks_for_those_who_may_hold_sessions(
    bench: Bench, server: PsaSandbox, caller: Caller, asked: int
) -> None:
    link(server, "halopsa")

    sign_in(bench, caller)

    assert len(bench.bodies()) == asked


def test_search_after_the_integration_is_gone_is_done_with(bench: Bench, server: PsaSandbox) -> None:
    link(server, "halopsa")
    sign_in(bench)
    integrations.delete(ACME, INTEGRATION_ID)

    assert work(bench.bodies()) == []
    assert titles_of(SAM) == []
