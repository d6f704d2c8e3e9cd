from datetime import datetime, timedelta

import pytest

from chalicelib.domain.clock.clocked import Direction, PendingAssessment, Plan
from chalicelib.domain.clock.ladder import Rung
from chalicelib.domain.clock.moments import What
from chalicelib.domain.handoff import Priority
from tests.unit.domain.clock.clocked_cases import (
    FIRST,
    FRIDAY,
    TUESDAY,
    claimed,
    cover,
    planned,
    said,
    waiting,
)

MINUTE = timedelta(minutes=1)
URGENT = cover(Priority.URGENT)


def test_quiet_holder_is_asked_and_the_case_returns_without_an_answer() -> None:
    held = claimed(waiting(rung=FIRST), "max", TUESDAY)

    idle = planned(held, TUESDAY + 60 * MINUTE)
    returned = planned(idle.due[0].handoff, TUESDAY + 90 * MINUTE)

    assert said(idle) == [("idle", 0, ("max",))]
    assert idle.due_at == TUESDAY + 90 * MINUTE
    assert said(returned) == [("return", 0, ("sam", "ada"))]
    assert returned.due[0].handoff == waiting(TUESDAY + 90 * MINUTE, rung=FIRST)
    assert returned.due_at == TUESDAY + 105 * MINUTE


def test_work_after_the_question_keeps_the_case() -> None:
    worked = TUESDAY + 70 * MINUTE
    held = claimed(waiting(), "max", worked, asked_at=TUESDAY + 60 * MINUTE)

    made = planned(held, TUESDAY + 90 * MINUTE)

    assert not made.due
    assert made.due_at == worked + 60 * MINUTE


def test_outage_leaves_the_holder_the_whole_time_to_answer() -> None:
    late = TUESDAY + 180 * MINUTE
    made = planned(claimed(waiting(), "max", TUESDAY), late)

    assert said(made) == [("idle", None, ("max",))]
    assert made.due_at == late + 30 * MINUTE


def test_idle_time_counts_in_working_minutes() -> None:
    made = planned(claimed(waiting(), "max", FRIDAY), FRIDAY)

    assert made.due_at == datetime.fromisoformat("2026-12-07T07:55:00+00:00")


def test_end_of_a_waiting_asks_the_question_at_once() -> None:
    until = TUESDAY + timedelta(days=3)
    held = claimed(waiting(), "max", TUESDAY, waiting_until=until)

    quiet, made = planned(held, until - MINUTE), planned(held, until)

    assert (said(quiet), quiet.due_at) == ([], until)
    assert said(made) == [("waiting", None, ("max",))]
    assert made.due_at == until + 30 * MINUTE


def test_priority_without_idle_time_leaves_a_quiet_claim_alone() -> None:
    held = claimed(waiting(), "max", TUESDAY)

    assert planned(held, TUESDAY + timedelta(days=99), cover(Priority.LOW)) == Plan(due=(), next=None)


def test_sla_time_is_warned_of_half_an_hour_before_and_at_it() -> None:
    sla = TUESDAY + 50 * MINUTE
    held = claimed(waiting(sla_due_at=sla), "max", TUESDAY)

    soon = planned(held, sla - 30 * MINUTE)
    reached = planned(soon.due[0].handoff, sla)

    assert (said(soon), soon.due_at) == ([("sla", None, ("max",))], sla)
    assert said(reached) == [("sla", None, ("max",))]
    assert reached.due[0].handoff.sla_warning is not None
    assert reached.due[0].handoff.sla_warning.was_reached


def test_sla_time_in_the_past_is_warned_of_once() -> None:
    handoff = waiting(TUESDAY, rung=FIRST, sla_due_at=TUESDAY - timedelta(days=1))

    made = planned(handoff, TUESDAY)

    assert said(made) == [("sla", 0, ("sam", "ada"))]
    assert made.due_at == TUESDAY + 15 * MINUTE


def test_sla_time_that_moves_is_warned_of_again() -> None:
    sla = TUESDAY + 20 * MINUTE
    warned = planned(waiting(rung=FIRST, sla_due_at=sla), TUESDAY).due[0].handoff

    moved = warned.model_copy(update={"sla_due_at": sla + 25 * MINUTE})

    assert planned(moved, TUESDAY).due_at == TUESDAY + 15 * MINUTE
    assert said(planned(moved, TUESDAY + 16 * MINUTE))[-1][0] == "sla"


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+00:00", "1970-01-01T00:00:00+00:00"])
def test_sla_time_that_means_none_is_none(text: str) -> None:
    handoff = waiting(rung=FIRST, sla_due_at=datetime.fromisoformat(text))

    assert not planned(handoff, TUESDAY).due


def test_sla_time_in_the_far_future_is_the_next_moment_of_a_handoff_at_its_top() -> None:
    handoff = waiting(rung=Rung(level=2, round=1), sla_due_at=datetime.fromisoformat("2099-01-01T00:30:00+00:00"))

    assert planned(handoff, TUESDAY).due_at == datetime.fromisoformat("2099-01-01T00:00:00+00:00")


def test_sla_warning_of_a_directed_handoff_goes_to_its_person() -> None:
    directed = waiting(direction=Direction(to="max", until=TUESDAY + 10 * MINUTE), sla_due_at=TUESDAY)

    assert said(planned(directed, TUESDAY)) == [("sla", None, ("max",))]


def test_pending_assessment_is_asked_for_again_and_given_up_after_five_attempts() -> None:
    now = TUESDAY + 5 * MINUTE
    fourth, fifth = (waiting(rung=FIRST, assessment=PendingAssessment(since=TUESDAY, attempts=n)) for n in (4, 5))

    again, given_up = planned(fourth, now).due[0], planned(fifth, now).due[0]

    assert (again.what, again.gives_up) == (What.ASSESSMENT, False)
    assert again.handoff.assessment == PendingAssessment(since=now, attempts=4)
    assert (given_up.gives_up, given_up.handoff.assessment) == (True, None)


def test_assessment_that_a_run_holds_is_left_to_it() -> None:
    leased = TUESDAY + 8 * MINUTE
    handoff = waiting(rung=FIRST, assessment=PendingAssessment(since=TUESDAY, leased_until=leased))

    assert planned(handoff, TUESDAY + 6 * MINUTE).due_at == leased
