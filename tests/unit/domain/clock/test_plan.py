from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.clock.client_key import ClientKey
from chalicelib.domain.clock.clocked import Direction, PendingAssessment, Plan
from chalicelib.domain.clock.cover import Cover
from chalicelib.domain.clock.ladder import Rung
from chalicelib.domain.clock.moments import What
from chalicelib.domain.clock.plan import LONGEST_LOOK_S, climb, look_s, next_action
from chalicelib.domain.clock.policy import Policy
from chalicelib.domain.handoff import HandoffStatus, Intent, Priority
from tests.unit.domain.clock.clocked_cases import (
    FIRST,
    FRIDAY,
    HIGH,
    TUESDAY,
    claimed,
    cover,
    cover_of,
    everybody,
    planned,
    said,
    waiting,
)

MINUTE = timedelta(minutes=1)
URGENT = cover(Priority.URGENT)


def test_first_step_in_opening_hours_is_reached_by_the_hand_off() -> None:
    handoff, tell = climb(waiting(FRIDAY), HIGH, everybody(), FRIDAY)

    assert (handoff.rung, tell) == (FIRST, ("sam", "ada"))


def test_first_step_after_hours_waits_for_the_opening() -> None:
    evening, monday = FRIDAY + timedelta(hours=1), datetime.fromisoformat("2026-12-07T07:00:00+00:00")
    handoff, tell = climb(waiting(evening), HIGH, everybody(), evening)

    made = planned(handoff, monday)

    assert (handoff.rung, tell) == (None, ())
    assert planned(handoff, evening).due_at == monday
    assert said(made) == [("step", 0, ("sam", "ada"))]


def test_next_step_tells_its_targets_and_names_the_one_after() -> None:
    made = planned(waiting(TUESDAY, rung=FIRST), TUESDAY + 15 * MINUTE)

    assert said(made) == [("step", 1, ("sam", "ada", "max"))]
    assert made.due_at == TUESDAY + 60 * MINUTE


def test_nothing_is_due_a_millisecond_before_its_time() -> None:
    made = planned(waiting(TUESDAY, rung=FIRST), TUESDAY + 15 * MINUTE - timedelta(milliseconds=1))

    assert not made.due
    assert made.due_at == TUESDAY + 15 * MINUTE


def test_top_of_the_last_round_has_no_next_moment() -> None:
    made = planned(waiting(TUESDAY, rung=Rung(level=2, round=2)), TUESDAY + timedelta(days=9), URGENT)

    assert made == Plan(due=(), next=None)


def test_outage_is_caught_up_at_the_step_that_is_due() -> None:
    made = planned(waiting(TUESDAY, rung=FIRST), TUESDAY + 37 * MINUTE, URGENT)

    assert said(made) == [("step", 1, ("sam", "ada", "max"))]
    assert made.due[0].handoff.rung == Rung(level=1, round=1)
    assert made.due_at == TUESDAY + 45 * MINUTE


def test_step_without_anybody_present_is_passed_at_once() -> None:
    made = planned(waiting(TUESDAY, rung=FIRST), TUESDAY + 5 * MINUTE, URGENT, everybody("sam", "ada", "max"))

    assert said(made) == [("step", 2, ("eve",))]
    assert made.due_at == TUESDAY + 30 * MINUTE, "the step that was passed to is not told again"


def test_people_who_are_away_are_told_when_nobody_else_is_left() -> None:
    made = planned(waiting(TUESDAY, rung=FIRST), TUESDAY + 5 * MINUTE, URGENT, everybody("sam", "ada", "max", "eve"))

    assert said(made) == [("step", 1, ("sam", "ada", "max"))]


def test_sender_on_call_is_nobody_to_be_told() -> None:
    rules = cover_of([(0, ["on_call"]), (10, ["admins"])])
    _, tell = climb(waiting(TUESDAY, sender_id="sam"), rules, everybody(), TUESDAY)

    assert tell == ("eve",)


def test_sender_is_told_by_the_target_of_that_name() -> None:
    rules = cover_of([(0, ["sender"])])
    _, tell = climb(waiting(TUESDAY), rules, everybody(), TUESDAY)

    assert tell == ("joe",)


def test_named_senior_is_told_first_and_the_others_while_the_senior_is_away() -> None:
    policy = Policy.model_validate({"clients": [{"match": {"client": "Acorn"}, "senior": "max"}]})
    rules = policy.for_client(_acorn(), Priority.HIGH)

    notified = [climb(waiting(), rules, staff, TUESDAY)[1] for staff in (everybody(), everybody("max"))]

    assert notified == [("max",), ("sam", "ada")]


def test_end_of_a_direction_opens_the_handoff_and_begins_the_ladder() -> None:
    until = TUESDAY + 10 * MINUTE
    directed = waiting(TUESDAY, direction=Direction(to="max", until=until))

    before, made = planned(directed, TUESDAY + 9 * MINUTE), planned(directed, until)

    assert (said(before), before.due_at) == ([], until)
    assert said(made) == [("direction", 0, ("sam", "ada"))]
    assert made.due[0].handoff.direction is None
    assert made.due_at == until + 15 * MINUTE


@pytest.mark.parametrize(("is_away", "minutes"), [(False, 10), (True, 0)])
def test_direction_lasts_ten_minutes_and_opens_at_once_to_somebody_away(*, is_away: bool, minutes: int) -> None:
    assert HIGH.directed_until(TUESDAY, is_away=is_away) == TUESDAY + minutes * MINUTE


def test_direction_where_working_time_never_passes_opens_at_once() -> None:
    never = cover(Priority.HIGH, working_hours={})

    assert never.directed_until(TUESDAY, is_away=False) == TUESDAY


@pytest.mark.parametrize("status", [HandoffStatus.RESOLVED, HandoffStatus.WITHDRAWN, HandoffStatus.PASSED_ON])
def test_closed_handoff_has_no_due_time(status: HandoffStatus) -> None:
    closed = waiting(status=status, sla_due_at=TUESDAY, assessment=PendingAssessment(since=TUESDAY))

    assert planned(closed, TUESDAY + timedelta(days=1)) == Plan(due=(), next=None)


def test_parked_session_waits_for_nobody() -> None:
    parked = waiting(intent=Intent.PARK)

    assert planned(parked, TUESDAY + timedelta(days=9)).next is None
    assert planned(claimed(parked, "max", TUESDAY), TUESDAY + timedelta(days=9)).next is None


def test_calendar_that_never_opens_makes_nothing_due() -> None:
    assert planned(waiting(), TUESDAY, cover(Priority.HIGH, working_hours={})).next is None


def test_undone_claim_has_the_former_plan_from_the_old_start() -> None:
    before = waiting(TUESDAY, rung=FIRST)
    undone = claimed(before, "max", TUESDAY + 14 * MINUTE).model_copy(
        update={"status": HandoffStatus.UNCLAIMED, "holding": None}
    )

    assert planned(undone, TUESDAY + 15 * MINUTE) == planned(before, TUESDAY + 15 * MINUTE)


def test_things_due_together_come_one_by_one_in_the_order_of_their_times() -> None:
    handoff = waiting(
        TUESDAY, rung=FIRST, assessment=PendingAssessment(since=TUESDAY), sla_due_at=TUESDAY + 40 * MINUTE
    )
    now = TUESDAY + 20 * MINUTE

    first = next_action(handoff, HIGH, everybody(), now)

    assert [action.what for action in planned(handoff, now).due] == [What.ASSESSMENT, What.SLA, What.STEP]
    assert first is not None
    assert first == planned(handoff, now).due[0]


@pytest.mark.parametrize(
    ("changes", "rules", "seconds"),
    [
        ({}, HIGH, 3600),
        ({}, cover(Priority.LOW), LONGEST_LOOK_S),
        ({"assessment": PendingAssessment(since=TUESDAY)}, HIGH, 0),
        ({"assessment": PendingAssessment(since=TUESDAY)}, cover(Priority.LOW), 0),
        ({"sla_due_at": TUESDAY}, HIGH, 0),
        ({"intent": Intent.PARK}, HIGH, LONGEST_LOOK_S),
    ],
)
def test_look_after_a_claim_is_no_later_than_what_a_claim_makes_due(
    changes: dict[str, Any], rules: Cover, seconds: int
) -> None:
    assert look_s(waiting(**changes), rules) == seconds


def _acorn() -> ClientKey:
    return ClientKey.of(name="Acorn")
