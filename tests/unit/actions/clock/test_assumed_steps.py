"""A first step that was assumed to tell somebody is looked at once nobody holds the case, whatever happened since."""

import pytest

from chalicelib.actions.clock.run_clock import run_clock
from chalicelib.domain.clock.policy import Policy
from chalicelib.domain.handoff import Priority
from chalicelib.store import engineers, policies
from chalicelib.store.mapping import to_seconds
from chalicelib.store.rows.handoffs import HandoffRow
from tests.support.builders import ACME, ALEX, JANE, OLGA, SAM, minute
from tests.support.scenarios.actions import claim, now, undo
from tests.support.scenarios.due import urgent
from tests.support.scenarios.open_handoffs import prioritize

LATE_FIRST_STEP = {
    "around_the_clock": True,
    "ladder": [{"after_min": 3, "tell": ["seniors"]}, {"after_min": 60, "tell": ["admins"]}],
}


@pytest.fixture(autouse=True)
def directory(tables: None) -> None:
    """Nobody is on call, so that the first step of the default policy tells nobody."""
    for person in (JANE, SAM, ALEX, OLGA):
        engineers.enter(person)


def run(at_minute: int) -> dict[str, int]:
    return run_clock(at=minute(at_minute)).done


def test_first_step_of_another_priority_is_told_when_it_is_due() -> None:
    policies.save(ACME, Policy.model_validate({"priorities": {"low": LATE_FIRST_STEP}}), policies.load(ACME))
    handoff = urgent()
    prioritize(handoff, Priority.LOW, at_minute=10)

    assert (run(11), now(handoff).level) == ({}, None)
    assert (run(13), now(handoff).level) == ({"step": 1}, 0)


def test_claim_that_is_undone_leaves_the_first_step_to_be_looked_at() -> None:
    """The clock looked at the claim meanwhile, as it does at once where an SLA time may be near."""
    handoff = urgent()
    HandoffRow(ACME, handoff.id).update([HandoffRow.look_s.set(0)])
    claim(handoff, at_minute=10)
    run(10)
    undo(handoff, since_minute=10)

    assert (run(11), now(handoff).level) == ({"step": 1}, 1)


def test_sla_warning_beside_an_assumed_step_is_told() -> None:
    handoff = urgent()
    HandoffRow(ACME, handoff.id).update([HandoffRow.sla_due_at.set(to_seconds(minute(20)))])

    assert run(10) == {"sla": 1, "step": 1}
