"""The same harness on moto, whose conditional writes are not atomic under threads: it must say so.

That is why no race is proved on moto. The claim is the real one; what fails is the database under it.
"""

import sys
from collections.abc import Iterator

import pytest

from tests.concurrency.races.racers import JANE, escalated_by, seniors
from tests.concurrency.races.races import HEADING, Race, race, summary, unexplained_in
from tests.support.reporting import Report


@pytest.fixture
def fast_switching() -> Iterator[None]:
    """Threads that take turns every microsecond, so that nothing is atomic by luck."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("tables", "fast_switching")
def test_moto_is_reported_for_writes_that_are_not_atomic(report: Report) -> None:
    races = list(_until_one_is_unexplained(20))

    report(HEADING, summary("4 seniors on moto", races))
    assert unexplained_in(races) != []


def _until_one_is_unexplained(most: int) -> Iterator[Race]:
    for _ in range(most):
        yield (raced := race(escalated_by(JANE), seniors(4), JANE))
        if raced.unexplained:
            return
