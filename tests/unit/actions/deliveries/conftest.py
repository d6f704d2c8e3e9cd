"""The post office that messages are sent to."""

from collections.abc import Iterator

import pytest

from infra.local.post_office import PostOffice
from tests.support.servers.post_office import a_post_office, empty


@pytest.fixture(scope="module")
def serving_post_office() -> Iterator[PostOffice]:
    with a_post_office() as server:
        yield server


@pytest.fixture
def server(serving_post_office: PostOffice) -> PostOffice:
    """A post office that nothing has arrived at."""
    empty(serving_post_office)
    return serving_post_office
