"""Who races over HTTP, on the deployed stack."""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from functools import partial

import httpx2
import pytest

from infra.local.api import Api, Json, Refused
from infra.local.deployed import DeployedStack
from infra.local.people import Person, enroll, sign_in
from tests.concurrency.races.racers import HttpRacer
from tests.concurrency.races.races import all_at_once
from tests.concurrency.races.sizes import HTTP_SIZES, MANY
from tests.support.stack.concurrent_calls import as_deployed, running
from tests.support.waiting import eventually

WARM_WITHIN_S = 300
SOON_EACH_S = 0.1
TOGETHER = 10
"""How many more ask at once in each step of warming up: many processes starting together starve each other."""


@pytest.fixture(scope="session")
def http_racers(stack: DeployedStack) -> Iterator[Sequence[HttpRacer]]:
    """Seniors of an account of their own, signed in, each with a connection of their own; the API is warm for them."""
    count = 1 + max(HTTP_SIZES)
    with _clients_of(stack, "racers", [stack.api_url] * count) as clients:
        for some in range(TOGETHER, count + TOGETHER, TOGETHER):
            first = clients[:some]
            eventually(partial(_is_warm_for, first), f"an API that is warm for {some}", within_s=WARM_WITHIN_S)
        yield _racers(clients)


@pytest.fixture
def many_http_racers(stack: DeployedStack) -> Iterator[Sequence[HttpRacer]]:
    """So many that each has a process of the API for themselves: the emulator would start its own all at once."""
    _, environment = as_deployed(stack, "api")
    with running(
        [sys.executable, "-m", "tests.concurrency.races.api_processes", str(1 + MANY)], environment
    ) as process:
        assert process.stdout
        doors = [f"http://127.0.0.1:{port}" for port in json.loads(process.stdout.readline())]
        with _clients_of(stack, "crowd", doors) as clients:
            yield _racers(clients)


@contextmanager
def _clients_of(stack: DeployedStack, account_id: str, addresses: Sequence[str]) -> Iterator[list[Api]]:
    """A senior for each address, signed in."""
    people = [Person(f"Racer{number:03} Senior", account_id, "senior") for number in range(len(addresses))]
    cognito = stack.cognito()

    def arrive(person: Person) -> str:
        enroll(person, cognito, stack.user_pool_id)
        return sign_in(person, cognito, stack.client_id)

    with ThreadPoolExecutor(4) as pool, ExitStack() as entered:
        arrivals = zip(addresses, pool.map(arrive, people), strict=True)
        yield [entered.enter_context(Api(address, token)) for address, token in arrivals]


def _racers(clients: Sequence[Api]) -> list[HttpRacer]:
    return [HttpRacer(client.get("/me")["id"], client) for client in clients]


def _is_warm_for(clients: Sequence[Api]) -> bool | None:
    """Whether all are answered soon when all ask at once; if not, it was processes starting that they waited for."""
    began = time.monotonic()
    answers: list[Json] = []

    def ask(client: Api) -> None:
        with suppress(httpx2.TransportError, Refused):
            answers.append(client.get("/me"))

    all_at_once([partial(ask, client) for client in clients])
    is_soon = time.monotonic() - began < len(clients) * SOON_EACH_S
    return (is_soon and len(answers) == len(clients)) or None
