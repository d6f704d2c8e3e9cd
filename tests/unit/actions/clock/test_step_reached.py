"""What a waiting escalation says of the step that it has reached: which, and whom it tells."""

from typing import Any

import pytest

from chalicelib.actions.clock.run_clock import run_clock
from chalicelib.domain.clock.policy import Policy
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.entry.handoffs import handoff_view
from chalicelib.store import engineers, policies
from tests.support.builders import ACME, ALEX, JANE, OLGA, SAM, minute
from tests.support.scenarios.actions import claim, now
from tests.support.scenarios.due import urgent

pytestmark = pytest.mark.usefixtures("tables", "topic")


@pytest.fixture(autouse=True)
def directory(tables: None) -> None:
    for person in (JANE, SAM, ALEX, OLGA):
        engineers.enter(person)


def save(*ladder: dict[str, Any], **rules: Any) -> None:
    policy = {"priorities": {"urgent": {"around_the_clock": True, "ladder": ladder, **rules}}}
    assert policies.save(ACME, Policy.model_validate(policy), policies.load(ACME))


def shown(handoff: HandoffDetail) -> tuple[int, int, tuple[str, ...]] | None:
    step = handoff_view(now(handoff)).step
    return (step.level, step.round, step.tell) if step else None


def test_step_reached_names_whom_it_tells_until_somebody_has_the_case() -> None:
    handoff = urgent()
    run_clock(at=minute(16))
    assert shown(handoff) == (1, 0, ("seniors",))

    run_clock(at=minute(26))
    assert shown(handoff) == (2, 0, ("admins",))

    claim(handoff, SAM)
    assert shown(handoff) is None


def test_step_of_a_later_round_says_which_round() -> None:
    save({"after_min": 0, "tell": ["seniors", f"person:{OLGA.id}"]}, repeat=1)
    handoff = urgent()

    run_clock(at=minute(16))

    assert shown(handoff) == (0, 1, ("seniors", f"person:{OLGA.id}"))


def test_step_that_a_newer_policy_does_not_have_names_nobody() -> None:
    handoff = urgent()
    run_clock(at=minute(26))

    save({"after_min": 0, "tell": ["seniors"]})

    assert shown(handoff) is None
