"""The clock meets what people do between its look and its write, also where that leaves the due second as it was."""

import pytest

from chalicelib.actions.clock.run_clock import run_clock
from chalicelib.domain.clock.policy import Policy
from chalicelib.domain.handoff import HandoffStatus, Priority
from chalicelib.store import engineers, policies
from tests.support.builders import ACME, ALEX, JANE, OLGA, SAM, minute
from tests.support.dynamodb.faults import meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import claim, escalated, now, release, session_of
from tests.support.scenarios.due import urgent
from tests.support.scenarios.open_handoffs import keep, prioritize, reassign, wait

LADDERS = {
    name: {
        "around_the_clock": True,
        "ladder": [
            {"after_min": 0, "tell": ["seniors"]},
            {"after_min": 5, "tell": ["seniors"]},
            {"after_min": last, "tell": ["admins"]},
        ],
    }
    for name, last in (("low", 480), ("urgent", 15))
}
"""Two ladders that part after the second step."""


@pytest.fixture(autouse=True)
def directory(tables: None) -> None:
    for person in (JANE, SAM, ALEX, OLGA):
        engineers.enter(person)


def run(at_minute: int) -> dict[str, int]:
    return run_clock(at=minute(at_minute)).done


def test_priority_raised_beside_the_clock_plans_by_its_own_ladder(recorder: Recorder) -> None:
    policies.save(ACME, Policy.model_validate({"priorities": LADDERS}), policies.load(ACME))
    handoff = urgent(priority=Priority.LOW)
    recorder.tamper(
        "UpdateItem",
        meanwhile(lambda: prioritize(handoff, Priority.URGENT, at_minute=15)),
    )

    assert run(15) == {"step": 1}
    assert (now(handoff).level, now(handoff).due_at) == (1, minute(25))


def test_keep_beside_the_clock_keeps_the_case(recorder: Recorder) -> None:
    """The assessment, asked for again every five minutes, is due in the second of the return."""
    handoff = escalated(priority=Priority.URGENT)
    claim(handoff, at_minute=11)
    for at in range(16, 56, 5):
        run(at)
    recorder.tamper(
        "TransactWriteItems",
        meanwhile(lambda: keep(handoff, at_minute=56)),
    )

    assert run(56) == {"assessment": 1}
    assert (now(handoff).status, session_of(handoff).epoch) == (HandoffStatus.CLAIMED, 3)


@pytest.mark.parametrize("how", ["release", "reassign"])
def test_what_the_holder_waited_for_ends_with_an_admins_change_beside_it(how: str, recorder: Recorder) -> None:
    """Else the next holder would wait for it too, and not be asked for days."""
    handoff = escalated(priority=Priority.URGENT)
    claim(handoff, at_minute=11)
    recorder.tamper(
        "TransactWriteItems",
        meanwhile(lambda: wait(handoff, at_minute=12, until=5000)),
    )

    if how == "release":
        release(handoff, by=OLGA, at_minute=13)
    else:
        reassign(handoff, at_minute=13)

    assert (now(handoff).status, now(handoff).waiting, now(handoff).kept_at) == (HandoffStatus.UNCLAIMED, None, None)
