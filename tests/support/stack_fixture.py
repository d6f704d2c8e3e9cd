"""The deployed stack, for every test that speaks to it: brought up once per run, in a place of its own."""

from collections.abc import Iterator

import pytest

from infra.local.bring_up import bring_up
from infra.local.deployed import DeployedStack
from infra.local.services import Services
from infra.local.site import Site, site_of_its_own


@pytest.fixture(scope="session")
def stack_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Where the stack of this run lives."""
    return site_of_its_own(tmp_path_factory.mktemp("stack"))


@pytest.fixture(scope="session")
def stack_services(stack_site: Site) -> Iterator[Services]:
    """The processes behind the stack, for a test that has to know whether they live."""
    with Services(stack_site.home) as services:
        yield services


@pytest.fixture(scope="session")
def stack(stack_site: Site, stack_services: Services) -> DeployedStack:
    """The packaged app on an emulator, with the demo's people but none of its tickets, and the rehearsal model."""
    return bring_up(stack_site, stack_services, environment={})
