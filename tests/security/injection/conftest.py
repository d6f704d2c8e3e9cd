"""A model that obeys tickets, as the AI that the settings name."""

from collections.abc import Iterator

import pytest

from tests.support.environment import configure
from tests.support.servers.obedient_model import ObedientModel, an_obedient_model
from tests.support.servers.rehearsal_model import forget_connections


@pytest.fixture(scope="session")
def _serving() -> Iterator[ObedientModel]:
    with an_obedient_model() as model:
        yield model
    forget_connections()


@pytest.fixture
def obedient(tables: None, _serving: ObedientModel, monkeypatch: pytest.MonkeyPatch) -> ObedientModel:
    """The model, which has been asked nothing yet and keeps to the schema it is given."""
    configure(monkeypatch, AI_PROVIDER="rehearsal", AI_BASE_URL=_serving.url)
    _serving.received.clear()
    _serving.is_lawless = False
    return _serving
