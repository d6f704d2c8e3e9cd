"""What every test shares. What is heavy to import is imported by the tests that need it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from tests.wire import Wire

# Here, as fixtures that are imported into two places would bring two stacks up.
pytest_plugins = ["tests.stack_fixture", "tests.telling"]

settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("ci")


@pytest.fixture
def tables() -> Iterator[None]:
    """The tables of the template, empty, on moto, and settings that name them."""
    from tests.tables import empty_tables

    with empty_tables():
        yield


@pytest.fixture
def wire(tables: None) -> Iterator["Wire"]:
    """What goes between the DynamoDB client and those tables."""
    from tests.wire import on_the_wire

    with on_the_wire() as wire:
        yield wire
