from datetime import timedelta

import pytest

from chalicelib.actions.assessments.assess_handoff import Assessing
from chalicelib.actions.clock.run_clock import run_clock
from chalicelib.domain.agenda import MOST_RUNS, SHARDS
from chalicelib.domain.assessment import AssessmentError, AssessmentStatus
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.store import assessments
from chalicelib.store.rows.handoffs import HandoffRow
from infra.local.rehearsal_model import RehearsalModel
from tests.support.actions_scenarios import assess, claim, escalated, now, stream, withdraw
from tests.support.builders import ACME, minute
from tests.support.dynamodb.recorder import Recorder, meanwhile
from tests.support.store_scenarios import everything


@pytest.fixture
def handoff(ai: RehearsalModel) -> HandoffDetail:
    """Handed off ten minutes into the story."""
    return escalated()


def run(at_minute: int) -> int:
    """Run the clock; return how many assessments it asked for again."""
    return run_clock(at=minute(at_minute)).asked


def die(handoff: HandoffDetail, at_minute: int, lease_id: str = "died") -> None:
    """A run begins, and is not heard of again; its lease is for two minutes."""
    began = assessments.take_lease(ACME, handoff.id, lease_id, minute(at_minute), minute(at_minute + 2))
    assert began is not None


def test_what_has_been_pending_for_long_is_asked_for_again(handoff: HandoffDetail) -> None:
    assert run(16) == 1

    assert assess(stream()[-1], at_minute=17) is Assessing.READY


@pytest.mark.parametrize("at_minute", [11, 14])
def test_what_is_not_due_yet_is_left_alone(handoff: HandoffDetail, at_minute: int) -> None:
    before = everything()

    assert run(at_minute) == 0
    assert everything() == before


def test_nothing_is_asked_for_before_its_time(handoff: HandoffDetail) -> None:
    just_before = minute(15) - timedelta(milliseconds=1)

    assert run_clock(at=just_before).due == 0
    assert run_clock(at=minute(15)).asked == 1


def test_what_a_claim_put_off_is_looked_at_when_it_is_overdue(handoff: HandoffDetail) -> None:
    claim(handoff, at_minute=12)

    assert now(handoff).due_at == minute(17)
    assert run(17) == 1


def test_a_closed_handoff_is_never_due(handoff: HandoffDetail) -> None:
    withdraw(handoff)

    assert run_clock(at=minute(600)).due == 0
    assert now(handoff).assessment_error is AssessmentError.CLOSED


def test_a_claimed_handoff_with_its_assessment_is_looked_at_once_and_left_alone(handoff: HandoffDetail) -> None:
    assess(stream()[0])
    claim(handoff, at_minute=20)

    assert run_clock(at=minute(30)).due == 1
    assert run_clock(at=minute(40)).due == 0
    assert now(handoff).due_at is None


def test_a_second_run_beside_the_first_changes_nothing_twice(handoff: HandoffDetail, recorder: Recorder) -> None:
    beside: list[int] = []
    recorder.tamper("UpdateItem", meanwhile(lambda: beside.append(run(16))))

    assert (run(16), beside) == (0, [1])
    assert now(handoff).pending_since == minute(16)


def test_a_claim_that_comes_between_look_and_write_wins(handoff: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("UpdateItem", meanwhile(lambda: claim(handoff, at_minute=16)))

    assert run(16) == 0
    assert (now(handoff).pending_since, now(handoff).due_at) == (minute(10), minute(21))


def test_a_handoff_that_cannot_be_read_holds_no_other_up(handoff: HandoffDetail) -> None:
    other = escalated()
    HandoffRow(ACME, handoff.id).update([HandoffRow.status.remove()])

    assert run(16) == 1
    assert now(other).pending_since == minute(16)


def test_what_there_is_no_time_for_is_due_at_the_next_run(handoff: HandoffDetail) -> None:
    assert run_clock(at=minute(16), is_time_left=lambda: False).due == 0
    assert run(17) == 1


def test_an_entry_of_the_agenda_whose_handoff_is_gone_does_no_harm(handoff: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("GetItem", meanwhile(HandoffRow(ACME, handoff.id).delete))

    assert run(16) == 0
    assert HandoffRow.count(ACME) == 0


def test_what_is_there_is_left_alone(handoff: HandoffDetail) -> None:
    assess(stream()[0])
    before = everything()

    assert run(60) == 0
    assert everything() == before


def test_what_a_run_holds_is_left_to_it(handoff: HandoffDetail) -> None:
    die(handoff, at_minute=15)

    assert run(16) == 0
    assert now(handoff).due_at == minute(17)
    assert run(17) == 1


def test_a_second_run_waits_for_the_answer_to_the_first(handoff: HandoffDetail) -> None:
    run(16)

    assert run(17) == 0
    assert run(22) == 1


def test_an_answer_that_comes_after_the_clock_asked_again_still_counts(handoff: HandoffDetail) -> None:
    die(handoff, at_minute=11, lease_id="slow")
    run(16)

    assert assessments.store_unavailable(ACME, handoff.id, "slow", AssessmentError.TIMEOUT, minute(17))
    assert assess(stream()[-1], at_minute=18) is Assessing.NOT_NEEDED


def test_after_enough_dead_runs_it_is_given_up(handoff: HandoffDetail) -> None:
    for number in range(MOST_RUNS):
        die(handoff, at_minute=11 + 6 * number)

    assert run(60) == 0
    given_up = now(handoff)
    assert (given_up.assessment_status, given_up.assessment_error) == (
        AssessmentStatus.UNAVAILABLE,
        AssessmentError.GAVE_UP,
    )


def test_before_that_it_is_asked_for_again(handoff: HandoffDetail) -> None:
    for number in range(MOST_RUNS - 1):
        die(handoff, at_minute=11 + 6 * number)

    assert run(60) == 1


def test_one_run_looks_after_every_account_by_one_query_of_each_shard(
    handoff: HandoffDetail, recorder: Recorder
) -> None:
    escalated()
    recorder.exchanges.clear()

    assert run(60) == 2
    queried = [one.asked.get("IndexName") for one in recorder.exchanges if one.operation == "Query"]
    assert queried.count("agenda") == SHARDS


def test_a_run_with_nothing_due_is_one_query_of_each_shard(recorder: Recorder) -> None:
    assert run_clock(at=minute(60)) == (0, 0, 0)
    assert recorder.operations == ["Query"] * SHARDS


def test_nobody_hears_of_a_run(handoff: HandoffDetail) -> None:
    run(16)

    assert now(handoff).version == handoff.version
