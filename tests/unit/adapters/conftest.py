"""A rehearsal model for every test of the AI, and settings that point at it."""

from collections.abc import Iterator
from functools import partial

import pytest

from chalicelib.adapters.ai import messages_api
from infra.local.rehearsal_model import RehearsalModel
from tests.support import environment
from tests.support.servers.rehearsal_model import Configure

assert messages_api  # imported before any deadline runs


@pytest.fixture
def configure() -> Iterator[Configure]:
    """Set environment variables, and have the settings read them; at first they name no AI."""
    names = ("AI_PROVIDER", "AI_MODEL", "AI_BASE_URL", "AI_KEY_SECRET_ARN", "ANTHROPIC_API_KEY")
    with environment.configured(**dict.fromkeys(names)) as patch:
        yield partial(environment.configure, patch)


@pytest.fixture
def model(serving_ai: RehearsalModel, configure: Configure) -> Iterator[RehearsalModel]:
    """A rehearsal model without faults that has received nothing, and that the settings name."""
    configure(AI_PROVIDER="rehearsal", AI_BASE_URL=serving_ai.url)
    serving_ai.rehearsal.received.clear()
    serving_ai.rehearsal.abandoned.clear()
    yield serving_ai
    serving_ai.rehearsal.faults.switch_off()
