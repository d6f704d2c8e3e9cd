"""A rehearsal model for every test of the AI, and settings that point at it."""

from collections.abc import Iterator

import pytest

from chalicelib.adapters.ai import messages_api
from chalicelib.settings import settings
from infra.local.rehearsal_model import RehearsalModel
from tests.support.servers.rehearsal_model import Configure, a_rehearsal_model

assert messages_api  # imported before any deadline runs


@pytest.fixture(scope="session")
def _serving_model() -> Iterator[RehearsalModel]:
    with a_rehearsal_model() as model:
        yield model


@pytest.fixture
def configure(monkeypatch: pytest.MonkeyPatch) -> Iterator[Configure]:
    """Set variables of the environment, and have the settings read again."""

    def set_variables(**variables: str) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        settings.cache_clear()

    for name in ("AI_PROVIDER", "AI_MODEL", "AI_BASE_URL", "AI_KEY_SECRET_ARN", "ANTHROPIC_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    settings.cache_clear()
    yield set_variables
    settings.cache_clear()


@pytest.fixture
def model(_serving_model: RehearsalModel, configure: Configure) -> Iterator[RehearsalModel]:
    """A rehearsal model without faults that has received nothing, and that the settings name."""
    configure(AI_PROVIDER="rehearsal", AI_BASE_URL=_serving_model.url)
    _serving_model.rehearsal.received.clear()
    _serving_model.rehearsal.abandoned.clear()
    yield _serving_model
    _serving_model.rehearsal.faults.switch_off()
