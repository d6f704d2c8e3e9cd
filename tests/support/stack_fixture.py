"""The deployed stack, for every test that speaks to it: brought up once per run, in a place of its own."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from infra.local.bring_up import bring_up
from infra.local.deployed import DeployedStack
from infra.local.services import Services
from infra.local.site import Site


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


def site_of_its_own(home: Path) -> Site:
    """A site in `home` on ports that are free now, so that runs do not meet."""
    emulator_port, rehearsal_port, web_port, psa_port, post_office_port, mail_port = free_ports(6)
    return Site(home, emulator_port, rehearsal_port, web_port, psa_port, post_office_port, mail_port)


def free_ports(count: int) -> list[int]:
    """That many different ports on which nothing listens."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
