from datetime import timedelta

import pytest

from chalicelib.actions.assessments.assess_handoff import Assessing
from chalicelib.actions.assessments.request_assessment import request_assessment
from chalicelib.actions.clock.run_clock import run_clock
from chalicelib.domain.agenda import SHARDS
from chalicelib.domain.assessment import AssessmentError, AssessmentStatus
from chalicelib.domain.clock.ladder import LadderStep
from chalicelib.domain.clock.plan import MOST_ATTEMPTS
from chalicelib.domain.clock.policy import Policy, PrioritiesRules, PriorityRules
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.store import assessments, policies
from chalicelib.store.keys import ASSESSMENT, handoff_key
from chalicelib.store.mapping import to_document
from chalicelib.store.rows.handoff_parts import AssessmentPartRow
from chalicelib.store.rows.handoffs import HandoffRow
from infra.local.rehearsal_model import RehearsalModel
from tests.support.assessments import an_assessment
from tests.support.builders import ACME, JANE, SAM, minute
from tests.support.dynamodb.faults import meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import assess, claim, escalated, now, release, stream, withdraw
from tests.support.scenarios.store import everything


@pytest.fixture
def handoff(ai: RehearsalModel) -> HandoffDetail:
    """Handed off ten minutes into the story, in an account whose seniors are told at once and admins much later."""
    steps = (LadderStep(after_min=0, tell=("seniors",)), LadderStep(after_min=480, tell=("admins",)))
    rules = PrioritiesRules(high=PriorityRules(ladder=steps))
    assert policies.save(ACME, Policy(priorities=rules), policies.load(ACME))
    return escalated()


def run(at_minute: int) -> int:
    """Run the clock; return how many assessments it asked for again, or gave up."""
    return run_clock(at=minute(at_minute)).done.get("assessment", 0)


def die(handoff: HandoffDetail, at_minute: int, lease_id: str = "died") -> None:
    """A run begins, and is not heard of again; its lease is for two minutes."""
    began = assessments.take_lease(ACME, handoff.id, lease_id, minute(at_minute), minute(at_minute + 2))
    assert began is not None


def test_overdue_assessment_is_requested_again(handoff: HandoffDetail) -> None:
    assert run(16) == 1

    assert assess(stream()[-1], at_minute=17) is Assessing.READY


@pytest.mark.parametrize("at_minute", [11, 14])
def test_handoff_that_is_not_due_is_left_alone(handoff: HandoffDetail, at_minute: int) -> None:
    before = everything()

    assert run(at_minute) == 0
    assert everything() == before


def test_assessment_is_not_requested_before_it_is_due(handoff: HandoffDetail) -> None:
    just_before = minute(15) - timedelta(milliseconds=1)

    assert run_clock(at=just_before).due == 0
    assert run(15) == 1


def test_claim_does_not_put_off_an_assessment(handoff: HandoffDetail) -> None:
    claim(handoff, at_minute=12)

    planned_at, asked_at = now(handoff).due_at, minute(15)
    assert run(12) == 0
    assert (planned_at, now(handoff).due_at) == (minute(12), asked_at)
    assert run(15) == 1
    assert now(handoff).pending_since == asked_at


def test_claim_in_the_second_in_which_an_assessment_is_due_does_not_put_it_off(handoff: HandoffDetail) -> None:
    claim(handoff, at_minute=15)

    assert run(15) == 1
    assert now(handoff).pending_since == minute(15)


def test_closed_handoff_is_never_due(handoff: HandoffDetail) -> None:
    withdraw(handoff)

    assert run_clock(at=minute(600)).due == 0
    assert now(handoff).assessment_error is AssessmentError.CLOSED


def test_claimed_handoff_with_its_assessment_is_looked_at_once_and_left_alone(handoff: HandoffDetail) -> None:
    assess(stream()[0])
    claim(handoff, at_minute=20)

    assert run_clock(at=minute(30)).due == 1
    assert run_clock(at=minute(40)).due == 0


def test_second_run_beside_the_first_changes_nothing_twice(handoff: HandoffDetail, recorder: Recorder) -> None:
    beside: list[int] = []
    recorder.tamper("UpdateItem", meanwhile(lambda: beside.append(run(16))))

    assert (run(16), beside) == (0, [1])
    assert now(handoff).pending_since == minute(16)


def test_claim_that_comes_between_look_and_write_wins_and_is_looked_at_in_the_same_run(
    handoff: HandoffDetail, recorder: Recorder
) -> None:
    recorder.tamper("UpdateItem", meanwhile(lambda: claim(handoff, at_minute=16)))

    assert run(16) == 1
    claimed = now(handoff)
    assert claimed.claimed_by == SAM.person
    assert (claimed.pending_since, claimed.due_at) == (minute(16), minute(21))


def test_handoff_that_cannot_be_read_holds_no_other_up(handoff: HandoffDetail) -> None:
    other = escalated()
    HandoffRow(ACME, handoff.id).update([HandoffRow.status.remove()])

    assert run(16) == 1
    assert now(other).pending_since == minute(16)


def test_handoffs_left_over_are_due_at_the_next_run(handoff: HandoffDetail) -> None:
    assert run_clock(at=minute(16), is_time_left=lambda: False).done == {}
    assert run(17) == 1


def test_entry_of_the_agenda_whose_handoff_is_gone_does_no_harm(handoff: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("GetItem", meanwhile(HandoffRow(ACME, handoff.id).delete))

    assert run(16) == 0
    assert HandoffRow.count(ACME) == 0


def test_ready_assessment_is_left_alone(handoff: HandoffDetail) -> None:
    assess(stream()[0])
    version = now(handoff).version

    assert run(60) == 0
    assert now(handoff).version == version


def test_leased_assessment_is_left_to_its_run(handoff: HandoffDetail) -> None:
    die(handoff, at_minute=15)

    assert run(16) == 0
    assert now(handoff).due_at == minute(17)
    assert run(17) == 1


def test_second_run_waits_for_the_answer_to_the_first(handoff: HandoffDetail) -> None:
    run(16)

    assert run(17) == 0
    assert run(22) == 1


def test_answer_that_comes_after_the_clock_asked_again_still_counts(handoff: HandoffDetail) -> None:
    die(handoff, at_minute=11, lease_id="slow")
    run(16)

    assert assessments.store_unavailable(ACME, handoff.id, "slow", AssessmentError.TIMEOUT, minute(17))
    assert assess(stream()[-1], at_minute=18) is Assessing.NOT_NEEDED


def test_assessment_is_given_up_after_enough_dead_runs(handoff: HandoffDetail) -> None:
    for number in range(MOST_ATTEMPTS):
        die(handoff, at_minute=11 + 6 * number)

    assert run(60) == 1
    given_up = now(handoff)
    assert (given_up.assessment_status, given_up.assessment_error) == (
        AssessmentStatus.UNAVAILABLE,
        AssessmentError.GAVE_UP,
    )


def test_assessment_is_requested_again_before_it_is_given_up(handoff: HandoffDetail) -> None:
    for number in range(MOST_ATTEMPTS - 1):
        die(handoff, at_minute=11 + 6 * number)

    assert run(60) == 1


def test_answer_of_a_dead_run_is_asked_for_and_not_given_up(handoff: HandoffDetail) -> None:
    """The fifth run stored its answer, and died before it said so: the next one finds it."""
    for number in range(MOST_ATTEMPTS):
        die(handoff, at_minute=11 + 6 * number, lease_id=f"run-{number}")
    row = AssessmentPartRow(handoff_key(ACME, handoff.id), ASSESSMENT)
    row.update([AssessmentPartRow.assessment.set(to_document(an_assessment()))])

    assert run(60) == 1
    assert (now(handoff).assessment_status, now(handoff).pending_since) == (AssessmentStatus.PENDING, minute(60))


def test_assessment_asked_for_again_is_looked_at_in_time_after_a_claim(handoff: HandoffDetail) -> None:
    die(handoff, at_minute=11)
    assert assessments.store_unavailable(ACME, handoff.id, "died", AssessmentError.TIMEOUT, minute(12))
    claim(handoff, at_minute=12)
    run(1460)
    release(handoff, at_minute=1461)
    request_assessment(handoff.session_id, handoff.id, by=JANE, at=minute(1462))

    claim(handoff, at_minute=1462)

    assert now(handoff).due_at == minute(1462)


def test_one_run_looks_after_every_account_by_one_query_of_each_shard(
    handoff: HandoffDetail, recorder: Recorder
) -> None:
    escalated()
    recorder.exchanges.clear()

    assert run(60) == 2
    queried = [one.asked.get("IndexName") for one in recorder.exchanges if one.operation == "Query"]
    assert queried.count("agenda") == SHARDS


def test_run_with_nothing_due_is_one_query_of_each_shard(recorder: Recorder) -> None:
    assert run_clock(at=minute(60)) == (0, 0, {}, 0)
    assert recorder.operations == ["Query"] * SHARDS


def test_run_of_the_clock_notifies_nobody(handoff: HandoffDetail) -> None:
    run(16)

    assert now(handoff).version == handoff.version
