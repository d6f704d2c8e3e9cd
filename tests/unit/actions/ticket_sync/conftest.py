"""A PSA that is linked, and the people that its tickets name."""

import pytest

from chalicelib.store import engineers, integrations
from tests.support.builders import JANE, JOE, SAM, VIC
from tests.support.scenarios.followed_tickets import PSA


@pytest.fixture
def linked_psa(tables: None) -> None:
    for caller in (JANE, JOE, SAM, VIC):
        engineers.enter(caller)
    integrations.save(PSA, None)
