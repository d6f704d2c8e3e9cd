from collections.abc import Iterator

import pytest

from infra.local.post_office import PostOffice
from infra.local.psa_sandbox import PsaSandbox
from tests.support.servers.fakes import Fake, talking_to
from tests.support.servers.post_office import a_post_office, empty
from tests.support.servers.psa_sandbox import a_psa_sandbox


@pytest.fixture(scope="module")
def serving_psa() -> Iterator[tuple[Fake, PsaSandbox]]:
    with a_psa_sandbox() as server, talking_to(server, "/tickets") as fake:
        yield fake, server


@pytest.fixture
def sandbox(serving_psa: tuple[Fake, PsaSandbox]) -> Iterator[PsaSandbox]:
    yield serving_psa[1]
    serving_psa[1].sandbox.faults.switch_off()
    serving_psa[1].sandbox.hooks.clear()


@pytest.fixture
def psa(serving_psa: tuple[Fake, PsaSandbox], sandbox: PsaSandbox) -> Fake:
    return serving_psa[0]


@pytest.fixture(scope="module")
def serving_post_office() -> Iterator[PostOffice]:
    with a_post_office() as server:
        yield server


@pytest.fixture
def post_office(serving_post_office: PostOffice) -> PostOffice:
    empty(serving_post_office)
    return serving_post_office
