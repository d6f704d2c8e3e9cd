"""An emulator for the races in process alone, and the tables in it: nothing is deployed there."""

from collections.abc import Iterator

import pytest

from infra.local.emulator import start_emulator
from infra.local.services import Services
from infra.local.site import site_of_its_own
from tests.concurrency.races.in_process import tables_at
from tests.concurrency.races.sizes import TABLE_PREFIX


@pytest.fixture(scope="session")
def dynamodb_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The emulator's DynamoDB, whose writes are atomic."""
    site = site_of_its_own(tmp_path_factory.mktemp("races"))
    with Services(site.home) as services:
        start_emulator(site, services)
        yield site.endpoint_url


@pytest.fixture(scope="module")
def own_tables(dynamodb_url: str) -> Iterator[str]:
    """The store of this process, at work on the emulator; its address."""
    with tables_at(dynamodb_url, TABLE_PREFIX):
        yield dynamodb_url
