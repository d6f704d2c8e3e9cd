"""Who races, where, and how often."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import httpx2
import pytest

from infra.local.bring_up import warm_up
from infra.local.deployed import DeployedStack
from infra.local.people import Person, enrol, sign_in
from tests.race.in_process import tables_at
from tests.race.racers import HttpRacer
from tests.race.sizes import HTTP_SIZES, TABLE_PREFIX


@pytest.fixture(scope="module")
def own_tables(stack: DeployedStack) -> Iterator[DeployedStack]:
    """The store of this process, at work on the emulator."""
    with tables_at(stack.endpoint_url, TABLE_PREFIX):
        yield stack


@pytest.fixture(scope="session")
def http_racers(stack: DeployedStack) -> Iterator[Sequence[HttpRacer]]:
    """Seniors of an account of their own, signed in, each with a connection of their own; the API is warm for them."""
    count = 1 + max(HTTP_SIZES)
    people = [Person(f"Racer{number:02} Senior", "racers", "senior") for number in range(count)]
    cognito = stack.cognito()

    def arrive(person: Person) -> str:
        enrol(person, cognito, stack.user_pool_id)
        return sign_in(person, cognito, stack.client_id)

    with ThreadPoolExecutor(4) as pool, ExitStack() as clients:
        tokens = list(pool.map(arrive, people))
        warm_up(stack, workers=count)
        yield [_racer(clients.enter_context(_client(stack, token))) for token in tokens]


def _client(stack: DeployedStack, token: str) -> httpx2.Client:
    return httpx2.Client(base_url=stack.api_url, headers={"Authorization": f"Bearer {token}"}, timeout=60)


def _racer(client: httpx2.Client) -> HttpRacer:
    return HttpRacer(client.get("/me").json()["id"], client)
