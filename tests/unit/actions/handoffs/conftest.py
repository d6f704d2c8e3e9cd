"""People who can be chosen."""

import pytest

from chalicelib.store import engineers, policies
from tests.support.builders import ALEX, HANK, JANE, JOE, OLGA, SAM, VIC


@pytest.fixture
def directory(tables: None) -> None:
    """Everybody has signed in, and no policy is remembered."""
    policies.forget()
    for person in (JANE, JOE, SAM, ALEX, OLGA, VIC, HANK):
        engineers.enter(person)
