import pytest
from pynamodb.exceptions import UpdateError

from chalicelib import log
from chalicelib.actions.assessments.assess_handoff import Assessing
from chalicelib.actions.handoffs.read_handoff import read_package
from chalicelib.domain.assessment import AssessmentError, AssessmentStatus
from chalicelib.domain.handoff import HandoffStatus
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.limits import Limits
from chalicelib.store import assessments, limits
from chalicelib.store.rows.accounts import SpentRow
from chalicelib.store.rows.handoffs import HandoffRow
from infra.local.rehearsal_model import RehearsalModel
from tests.support.builders import ACME, SAM, minute
from tests.support.dynamodb.faults import as_sent, meanwhile, refuse
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import (
    assess,
    claim,
    escalated,
    hand_off,
    now,
    release,
    session_of,
    stream,
    withdraw,
)
from tests.support.scenarios.store import everything
from tests.support.servers.rehearsal_model import a_fault

READY, UNAVAILABLE, PENDING = AssessmentStatus.READY, AssessmentStatus.UNAVAILABLE, AssessmentStatus.PENDING


@pytest.fixture
def handoff(ai: RehearsalModel) -> HandoffDetail:
    return escalated()


def test_new_handoff_is_assessed(handoff: HandoffDetail, ai: RehearsalModel) -> None:
    assert assess(stream()[0]) is Assessing.READY

    assessed = now(handoff)
    assert (assessed.assessment_status, assessed.assessment_error, assessed.updated_at) == (READY, None, minute(11))
    assert assessed.assessment is not None
    assert len(ai.rehearsal.received) == 1


def test_package_is_improved_by_the_same_call(handoff: HandoffDetail) -> None:
    assess(stream()[0])

    package = read_package(session_of(handoff))
    assert package is not None
    assert (package.handoff_id, package.is_enriched, package.reason) == (handoff.id, True, handoff.engineer_notes)


def test_evidence_points_at_steps_of_the_snapshot(handoff: HandoffDetail) -> None:
    assess(stream()[0])

    advice = now(handoff).assessment
    assert advice is not None
    pointed_at = {seq for step in advice.suggested_steps for seq in step.evidence}
    assert pointed_at <= handoff.snapshot.step_seqs


@pytest.mark.parametrize("kind", ["refusal", "cut_off", "schema_violation", "529", "401"])
def test_failure_of_the_ai_is_stored_with_its_reason(handoff: HandoffDetail, ai: RehearsalModel, kind: str) -> None:
    reasons = {
        "refusal": AssessmentError.REFUSED,
        "cut_off": AssessmentError.CUT_OFF,
        "schema_violation": AssessmentError.INVALID_ANSWER,
        "529": AssessmentError.OVERLOADED,
        "401": AssessmentError.NOT_CONFIGURED,
    }
    ai.rehearsal.faults.switch_on(a_fault(kind))

    assert assess(stream()[0]) is Assessing.UNAVAILABLE

    failed = now(handoff)
    assert (failed.assessment_status, failed.assessment_error, failed.assessment) == (UNAVAILABLE, reasons[kind], None)
    package = read_package(session_of(handoff))
    assert package == handoff.package


def test_change_that_requests_nothing_makes_no_assessment(handoff: HandoffDetail, ai: RehearsalModel) -> None:
    claim(handoff, SAM)
    release(handoff)
    withdraw(handoff)

    outcomes = [assess(change) for change in stream()[1:]]

    assert outcomes == [Assessing.NOT_NEEDED] * 3
    assert not ai.rehearsal.received


def test_change_by_a_run_requests_no_assessment(handoff: HandoffDetail) -> None:
    assess(stream()[0])

    assert [assess(change, at_minute=30) for change in stream()[1:]] == [Assessing.NOT_NEEDED]


def test_record_that_comes_twice_is_assessed_once(handoff: HandoffDetail, ai: RehearsalModel) -> None:
    assess(stream()[0])
    before = everything()

    assert assess(stream()[0], at_minute=30) is Assessing.NOT_NEEDED
    assert everything() == before
    assert len(ai.rehearsal.received) == 1


def test_second_run_leaves_it_to_the_one_at_work(
    handoff: HandoffDetail, ai: RehearsalModel, recorder: Recorder
) -> None:
    second: list[Assessing] = []
    recorder.tamper("UpdateItem", as_sent, meanwhile(lambda: second.append(assess(stream()[0]))))

    assert assess(stream()[0]) is Assessing.READY
    assert second == [Assessing.NOT_NEEDED]
    assert len(ai.rehearsal.received) == 1


def test_late_run_overwrites_nothing(handoff: HandoffDetail, recorder: Recorder) -> None:
    """Its lease ran out while it waited for the AI, and a second run has been faster."""
    in_time: list[HandoffDetail] = []

    def second_run() -> None:
        assert assess(stream()[0], at_minute=14) is Assessing.READY
        in_time.append(now(handoff))

    recorder.tamper("UpdateItem", as_sent, meanwhile(second_run))

    assert assess(stream()[0], at_minute=11, lease_s=60) is Assessing.TOO_LATE
    assert [now(handoff)] == in_time


def test_late_failure_overwrites_nothing(handoff: HandoffDetail, ai: RehearsalModel, recorder: Recorder) -> None:
    ai.rehearsal.faults.switch_on(a_fault("refusal", count=1))

    def second_run() -> None:
        assert assess(stream()[0], at_minute=14) is Assessing.READY

    recorder.tamper("TransactWriteItems", meanwhile(second_run))

    assert assess(stream()[0], at_minute=11, lease_s=60) is Assessing.TOO_LATE
    assert now(handoff).assessment_status is READY


def test_answer_for_a_handoff_that_was_passed_on_meanwhile_is_too_late(
    handoff: HandoffDetail, recorder: Recorder
) -> None:
    claim(handoff, SAM)
    passed_on: list[HandoffDetail] = []
    recorder.tamper("UpdateItem", as_sent, meanwhile(lambda: passed_on.append(hand_off(handoff.session_id, by=SAM))))

    assert assess(stream()[0]) is Assessing.TOO_LATE

    (second,) = passed_on
    assert now(handoff).assessment_error is AssessmentError.CLOSED
    assert read_package(session_of(handoff)) == second.package


def test_claim_that_slips_in_is_not_undone(handoff: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("UpdateItem", as_sent, as_sent, meanwhile(lambda: claim(handoff, SAM)))

    assess(stream()[0])

    assert (now(handoff).status, now(handoff).claimed_by) == (HandoffStatus.CLAIMED, SAM.person)
    assert (session_of(handoff).holder, session_of(handoff).epoch) == (SAM.person, 3)
    assert now(handoff).assessment_status is READY


def test_handoff_that_was_withdrawn_gets_no_assessment_any_more(handoff: HandoffDetail, ai: RehearsalModel) -> None:
    withdraw(handoff)

    assert assess(stream()[0]) is Assessing.NOT_NEEDED
    assert now(handoff).assessment_error is AssessmentError.CLOSED
    assert not ai.rehearsal.received


def test_answer_that_a_dead_run_stored_is_found_and_not_paid_for_again(
    handoff: HandoffDetail, ai: RehearsalModel, recorder: Recorder
) -> None:
    recorder.tamper("UpdateItem", as_sent, as_sent, as_sent, refuse("AccessDeniedException"))
    with pytest.raises(UpdateError):
        assess(stream()[0])
    assert now(handoff).assessment_status is AssessmentStatus.PENDING

    assert assess(stream()[0], at_minute=30) is Assessing.READY

    assert now(handoff).assessment is not None
    assert len(ai.rehearsal.received) == 1


def test_run_that_lost_its_lease_is_counted_as_too_late(
    handoff: HandoffDetail, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[dict[str, str]] = []
    monkeypatch.setattr(log, "count", lambda _name, **dimensions: counted.append(dimensions))
    recorder.tamper("UpdateItem", as_sent, meanwhile(lambda: assess(stream()[0], at_minute=14)))

    assess(stream()[0], at_minute=11, lease_s=60)

    assert counted == [{"Outcome": "ready"}, {"Outcome": "too_late"}]


def test_assessment_of_what_is_gone_creates_nothing(handoff: HandoffDetail) -> None:
    record = stream()[0]
    HandoffRow.get(ACME, handoff.id).delete()

    assert assess(record) is Assessing.NOT_NEEDED
    assert everything()[1] == []


def test_lease_outlives_a_run_that_died(handoff: HandoffDetail) -> None:
    assert assessments.take_lease(ACME, handoff.id, "died", minute(11), minute(13))

    assert assess(stream()[0], at_minute=12) is Assessing.NOT_NEEDED
    assert now(handoff).assessment_status is PENDING
    assert assess(stream()[0], at_minute=13) is Assessing.READY


def test_assessment_over_the_accounts_budget_is_unavailable_and_asks_nobody(
    handoff: HandoffDetail, ai: RehearsalModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(limits._remembered, ACME, (float("inf"), Limits(ai_calls_per_day=0)))

    assert assess(stream()[0]) is Assessing.UNAVAILABLE

    assessed = now(handoff)
    assert (assessed.assessment_status, assessed.assessment_error) == (UNAVAILABLE, AssessmentError.BUDGET)
    assert not ai.rehearsal.received


def test_assessment_is_counted_on_the_day_it_is_asked_for(handoff: HandoffDetail) -> None:
    assess(stream()[0])

    assert [(row.item, row.calls) for row in SpentRow.query(ACME)] == [("spent#2026-11-23", 1)]
