"""What the clock does to handoffs when their time comes: steps, the idle question, returns."""

from datetime import timedelta

import pytest

from chalicelib.actions.clock.run_clock import run_clock
from chalicelib.actions.notifications.announce_change import announce_change
from chalicelib.domain.availability import Availability, Presence
from chalicelib.domain.clock.moments import Moment, What
from chalicelib.domain.clock.policy import Policy
from chalicelib.domain.errors import StaleEpoch
from chalicelib.domain.events import EventType
from chalicelib.domain.handoff import HandoffStatus, Priority
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import CLOCK
from chalicelib.store import assessments, engineers, escalation_queue, policies, rotas
from tests.support.builders import ACME, ALEX, JANE, OLGA, SAM, minute
from tests.support.dynamodb.faults import meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import claim, escalated, now, release, session_of, stream, try_step, withdraw
from tests.support.scenarios.due import NIGHTS, urgent

pytestmark = pytest.mark.usefixtures("tables")

PAGE = PageRequest(25, None)


@pytest.fixture(autouse=True)
def directory(tables: None) -> None:
    """Sam is on call, Alex is the other senior, Olga the admin; the policy is the default."""
    for person in (JANE, SAM, ALEX, OLGA):
        engineers.enter(person)
    rotas.save(NIGHTS, None)


def run(at_minute: int) -> dict[str, int]:
    return run_clock(at=minute(at_minute)).done


def place(handoff: HandoffDetail) -> tuple[int | None, int | None]:
    found = now(handoff)
    return (found.level, found.round)


def events() -> list[EventType]:
    return [event.type for old, new in stream() for event in announce_change(old, new)]


def test_first_step_is_reached_by_the_hand_off(recorder: Recorder) -> None:
    handoff = urgent()

    assert (place(handoff), run(10), place(handoff)) == ((0, 0), {}, (0, 0))
    assert now(handoff).due_at == minute(15)


def test_first_step_that_tells_nobody_is_passed_at_the_next_run() -> None:
    rotas.delete(NIGHTS)
    handoff = urgent()

    assert run(10) == {"step": 1}
    assert place(handoff) == (1, 0)


def test_step_whose_people_are_all_away_is_passed() -> None:
    engineers.set_availability(ACME, SAM.id, Availability(presence=Presence.AWAY))
    handoff = urgent()

    run(10)

    assert place(handoff) == (1, 0)


def test_ladder_step_reaches_nobody_before_it_is_due() -> None:
    handoff = urgent()
    run(10)

    assert run_clock(at=minute(15) - timedelta(milliseconds=1)).due == 0
    assert run(15) == {"step": 1}
    assert place(handoff) == (1, 0)


def test_ladder_repeats_and_stays_at_its_top() -> None:
    handoff = urgent()
    reached = []
    for at in range(10, 200):
        if run(at):
            reached.append((at, place(handoff)))

    assert [where for _, where in reached] == [(1, 0), (2, 0), (0, 1), (1, 1), (2, 1), (0, 2), (1, 2), (2, 2)]
    assert [at for at, _ in reached] == [15, 25, 40, 45, 55, 70, 75, 85]
    assert now(handoff).due_at is None


def test_clock_that_was_dead_tells_the_step_that_is_due_now_alone() -> None:
    handoff = urgent()
    run(10)

    assert run(60) == {"step": 1}
    assert place(handoff) == (2, 1)
    assert run(61) == {}


@pytest.mark.usefixtures("topic")
def test_step_is_an_overdue_event_with_its_level() -> None:
    urgent()
    run(10)
    run(15)

    images = stream()[-1]
    [event] = announce_change(*images)
    assert (event.type, event.data["level"], event.actor) == (EventType.OVERDUE, 1, CLOCK)


def test_claimed_handoff_is_told_no_step() -> None:
    handoff = urgent()
    claim(handoff, at_minute=12)

    assert run(20) == {}
    assert place(handoff) == (0, 0)


def test_quiet_holder_is_asked_then_loses_the_case() -> None:
    handoff = urgent()
    claim(handoff, at_minute=12)

    assert [run(at) for at in (17, 41, 42, 56, 57)] == [{}, {}, {"idle": 1}, {}, {"return": 1}]
    returned, session = now(handoff), session_of(handoff)
    assert (returned.status, returned.claimed_by, place(handoff)) == (HandoffStatus.UNCLAIMED, None, (0, 0))
    assert (session.holder, session.epoch, returned.claim_epoch) == (None, 4, 4)
    assert [item.handoff_id for item in escalation_queue.list_queue(ACME, ALEX.person, PAGE).items] == [handoff.id]


def test_former_holder_of_a_returned_case_writes_nothing() -> None:
    handoff = urgent()
    claim(handoff, at_minute=12)
    run(42)
    run(57)

    with pytest.raises(StaleEpoch):
        try_step(handoff.session_id, by=SAM, epoch=3, at_minute=58)


def test_work_renews_a_claim() -> None:
    handoff = urgent()
    claim(handoff, at_minute=12)
    try_step(handoff.session_id, by=SAM, epoch=3, at_minute=40)

    assert [run(at) for at in (42, 69, 70)] == [{}, {}, {"idle": 1}]


def test_work_answers_the_idle_question() -> None:
    handoff = urgent()
    claim(handoff, at_minute=12)
    run(42)
    try_step(handoff.session_id, by=SAM, epoch=3, at_minute=50)

    assert [run(at) for at in (57, 79, 80)] == [{}, {}, {"idle": 1}]
    assert now(handoff).status is HandoffStatus.CLAIMED


def test_turn_that_comes_between_look_and_return_keeps_the_case(recorder: Recorder) -> None:
    handoff = urgent()
    claim(handoff, at_minute=12)
    run(42)
    recorder.tamper(
        "TransactWriteItems",
        meanwhile(lambda: try_step(handoff.session_id, by=SAM, epoch=3, at_minute=57)),
    )

    assert run(57) == {}
    assert (now(handoff).status, session_of(handoff).epoch) == (HandoffStatus.CLAIMED, 3)
    assert run(58) == {}


def test_turn_that_comes_between_look_and_question_stops_it(recorder: Recorder) -> None:
    handoff = urgent()
    claim(handoff, at_minute=12)
    recorder.tamper(
        "TransactWriteItems",
        meanwhile(lambda: try_step(handoff.session_id, by=SAM, epoch=3, at_minute=42)),
    )

    assert run(42) == {}
    assert now(handoff).asked_at is None


def test_claim_that_comes_between_look_and_step_wins(recorder: Recorder) -> None:
    handoff = urgent()
    run(10)
    recorder.tamper("UpdateItem", meanwhile(lambda: claim(handoff, at_minute=15)))

    assert run(15) == {}
    assert (now(handoff).status, place(handoff)) == (HandoffStatus.CLAIMED, (0, 0))


@pytest.mark.usefixtures("topic")
def test_second_run_beside_the_first_tells_no_step_twice(recorder: Recorder) -> None:
    handoff = urgent()
    run(10)
    beside: list[dict[str, int]] = []
    recorder.tamper("UpdateItem", meanwhile(lambda: beside.append(run(15))))

    assert (run(15), beside) == ({}, [{"step": 1}])
    assert events().count(EventType.OVERDUE) == 1
    assert place(handoff) == (1, 0)


def test_release_restarts_the_ladder() -> None:
    handoff = urgent()
    run(10)
    run(25)
    claim(handoff, at_minute=26)

    release(handoff, at_minute=30)

    released = now(handoff)
    assert (released.level, released.ladder_start, released.claimed_by) == (0, minute(30), None)
    run(30)
    assert (run(34), run(35), place(handoff)) == ({}, {"step": 1}, (1, 0))


def test_closed_handoff_is_never_due() -> None:
    handoff = urgent()
    withdraw(handoff)

    assert now(handoff).due_at is None
    assert run_clock(at=minute(6000)).due == 0


def test_escalation_outside_working_hours_waits_for_the_morning() -> None:
    handoff = urgent(at_minute=10 * 60, priority=Priority.HIGH)

    assert (place(handoff), now(handoff).next_moment) == ((None, None), Moment(at=minute(22 * 60), what=What.STEP))
    assert run(22 * 60 - 1) == {}
    assert run(22 * 60) == {"step": 1}
    assert place(handoff) == (0, 0)


def test_new_policy_counts_from_the_next_look_on() -> None:
    handoff = urgent()
    run(10)
    changed = Policy.model_validate(
        {"priorities": {"urgent": {"ladder": [{"after_min": 60, "tell": ["seniors"]}], "around_the_clock": True}}}
    )
    policies.save(ACME, changed, policies.load(ACME))

    assert run(15) == {}
    assert now(handoff).due_at is None


def test_assessment_that_is_pending_beside_a_step_is_asked_for_again_too() -> None:
    handoff = escalated(priority=Priority.URGENT)
    run(10)

    assert run(16) == {"step": 1, "assessment": 1}
    assert assessments.read_work(ACME, handoff.id).attempts == 0


@pytest.mark.usefixtures("topic")
def test_look_of_the_clock_makes_no_overdue_event() -> None:
    urgent()

    run(10)

    assert EventType.OVERDUE not in events()
