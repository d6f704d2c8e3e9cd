"""A first step that nobody is there for is passed at once, and the escalation is not called overdue for that."""

import pytest

from chalicelib.actions.clock.run_clock import run_clock
from chalicelib.actions.notifications.announce_change import announce_change
from chalicelib.domain.events import Event, EventType
from chalicelib.domain.handoff import Priority
from chalicelib.domain.pagination import PageRequest
from chalicelib.store import engineers, escalation_queue
from tests.support.builders import ACME, ALEX, JANE, OLGA, SAM, SUMMARY, minute
from tests.support.scenarios.actions import claim, now, release, stream, undo
from tests.support.scenarios.directed_handoffs import UNTIL, directed
from tests.support.scenarios.due import urgent

pytestmark = pytest.mark.usefixtures("tables", "topic")


@pytest.fixture(autouse=True)
def directory_without_rota(tables: None) -> None:
    for person in (JANE, SAM, ALEX, OLGA):
        engineers.enter(person)


def run(at_minute: int) -> dict[str, int]:
    return run_clock(at=minute(at_minute)).done


def steps_told() -> list[Event]:
    events = [event for old, new in stream() for event in announce_change(old, new)]
    return [event for event in events if event.type is EventType.OVERDUE]


def is_early_in_queue() -> bool:
    [item] = escalation_queue.list_queue(ACME, SAM.person, PageRequest(25)).items
    return item.is_early


def test_passed_step_says_that_nobody_was_on_call() -> None:
    urgent()

    assert run(11) == {"step": 1}

    [event] = steps_told()
    assert (event.title, event.data["because"], event.data["level"]) == (
        f"Nobody on call · #4711: {SUMMARY}",
        "nobody",
        1,
    )
    assert is_early_in_queue()


def test_step_that_comes_in_its_time_is_overdue() -> None:
    handoff = urgent()
    run(11)

    assert run(25) == {"step": 1}

    assert [event.data["because"] for event in steps_told()] == ["nobody", "step"]
    assert (now(handoff).level, is_early_in_queue()) == (2, False)


def test_step_that_is_due_by_the_time_the_clock_looks_is_overdue() -> None:
    urgent()

    assert run(16) == {"step": 1}

    [event] = steps_told()
    assert (str(event.title)[:7], event.data["because"], is_early_in_queue()) == ("Overdue", "step", False)


def test_night_that_ends_with_nobody_on_call_is_not_called_overdue() -> None:
    urgent(at_minute=10 * 60, priority=Priority.HIGH)

    assert run(22 * 60) == {"step": 1}

    [event] = steps_told()
    assert (event.data["because"], event.data["level"]) == ("nobody", 1)


def test_claim_that_is_undone_leaves_the_step_early_and_a_release_begins_again() -> None:
    handoff = urgent()
    run(11)
    claim(handoff, SAM, at_minute=12)
    undo(handoff, SAM, since_minute=12)
    assert is_early_in_queue()

    claim(handoff, ALEX, at_minute=13)
    release(handoff, ALEX, at_minute=14)

    assert (now(handoff).level, is_early_in_queue()) == (0, False)


def test_case_that_comes_back_with_nobody_on_call_is_not_called_overdue() -> None:
    handoff = urgent()
    claim(handoff, SAM, at_minute=12)
    run(42)

    assert run(57) == {"return": 1}

    assert (now(handoff).level, is_early_in_queue()) == (1, True)


def test_direction_that_ends_with_nobody_on_call_leaves_nothing_overdue() -> None:
    handoff = directed(priority=Priority.URGENT)

    assert run(UNTIL)["direction"] == 1

    assert (now(handoff).level, is_early_in_queue()) == (1, True)


def test_returned_case_is_overdue_at_its_next_step() -> None:
    handoff = urgent()
    claim(handoff, SAM, at_minute=12)
    run(42)
    run(57)

    assert run(57 + 15) == {"step": 1}

    assert (now(handoff).level, is_early_in_queue()) == (2, False)
