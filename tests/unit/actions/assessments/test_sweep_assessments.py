import pytest
from chalicelib.actions.assessments.sweep_assessments import MOST_RUNS, sweep_assessments

from chalicelib.actions.assessments.assess_handoff import Assessing
from chalicelib.domain.assessment import AssessmentError, AssessmentStatus
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.store import assessments
from infra.local.rehearsal_model import RehearsalModel
from tests.support.actions_scenarios import assess, escalated, now, stream
from tests.support.builders import ACME, minute
from tests.support.dynamodb.recorder import Recorder
from tests.support.store_scenarios import everything


@pytest.fixture
def handoff(ai: RehearsalModel) -> HandoffDetail:
    """Handed off ten minutes into the story."""
    return escalated()


def sweep(at_minute: int) -> int:
    return sweep_assessments(at=minute(at_minute))


def die(handoff: HandoffDetail, at_minute: int, lease_id: str = "died") -> None:
    """A run begins, and is not heard of again; its lease is for two minutes."""
    began = assessments.take_lease(ACME, handoff.id, lease_id, minute(at_minute), minute(at_minute + 2))
    assert began is not None


def test_what_has_been_pending_for_long_is_asked_for_again(handoff: HandoffDetail) -> None:
    assert sweep(16) == 1

    assert assess(stream()[-1], at_minute=17) is Assessing.READY


@pytest.mark.parametrize("at_minute", [11, 15])
def test_what_has_not_been_pending_for_long_is_left_alone(handoff: HandoffDetail, at_minute: int) -> None:
    before = everything()

    assert sweep(at_minute) == 0
    assert everything() == before


def test_what_is_there_is_left_alone(handoff: HandoffDetail) -> None:
    assess(stream()[0])
    before = everything()

    assert sweep(60) == 0
    assert everything() == before


def test_what_a_run_holds_is_left_to_it(handoff: HandoffDetail) -> None:
    die(handoff, at_minute=15)

    assert sweep(16) == 0
    assert sweep(17) == 1


def test_a_second_sweep_waits_for_the_answer_to_the_first(handoff: HandoffDetail) -> None:
    sweep(16)

    assert sweep(17) == 0
    assert sweep(22) == 1


def test_a_run_that_comes_back_after_the_sweep_still_counts(handoff: HandoffDetail) -> None:
    die(handoff, at_minute=11, lease_id="slow")
    sweep(16)

    assert assessments.store_unavailable(ACME, handoff.id, "slow", AssessmentError.TIMEOUT, minute(17))
    assert assess(stream()[-1], at_minute=18) is Assessing.NOT_NEEDED


def test_after_enough_dead_runs_it_is_given_up(handoff: HandoffDetail) -> None:
    for run in range(MOST_RUNS):
        die(handoff, at_minute=11 + 6 * run)

    assert sweep(60) == 0
    given_up = now(handoff)
    assert (given_up.assessment_status, given_up.assessment_error) == (
        AssessmentStatus.UNAVAILABLE,
        AssessmentError.GAVE_UP,
    )


def test_before_that_it_is_asked_for_again(handoff: HandoffDetail) -> None:
    for run in range(MOST_RUNS - 1):
        die(handoff, at_minute=11 + 6 * run)

    assert sweep(60) == 1


def test_one_sweep_looks_after_every_account_by_one_query(handoff: HandoffDetail, recorder: Recorder) -> None:
    escalated()
    recorder.exchanges.clear()

    assert sweep(60) == 2
    assert recorder.operations.count("Query") == 1


def test_nobody_hears_of_a_sweep(handoff: HandoffDetail) -> None:
    sweep(16)

    assert now(handoff).version == handoff.version
