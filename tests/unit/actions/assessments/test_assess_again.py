"""A handoff that comes back to the queue with more than its assessment knows."""

import pytest

from chalicelib.actions.assessments.assess_handoff import Assessing
from chalicelib.actions.assessments.request_assessment import request_assessment
from chalicelib.domain.assessed_case import Newer
from chalicelib.domain.assessment import AssessmentError, AssessmentStatus, Verdict
from chalicelib.domain.handoff_change import HandoffChange
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.limits import Limits
from chalicelib.store import assessments, limits
from chalicelib.store.rows.accounts import SpentRow
from infra.local.rehearsal_model import RehearsalModel
from tests.support.builders import ACME, ALEX, SAM, minute
from tests.support.dynamodb.faults import as_sent, meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import (
    assess,
    claim,
    escalated,
    now,
    release,
    resolve,
    stream,
    try_step,
    undo,
    withdraw,
)
from tests.support.scenarios.store import everything
from tests.support.servers.rehearsal_model import a_fault

READY, UNAVAILABLE, PENDING = AssessmentStatus.READY, AssessmentStatus.UNAVAILABLE, AssessmentStatus.PENDING
FOUND = "Tested from another network"


@pytest.fixture
def handoff(ai: RehearsalModel) -> HandoffDetail:
    handoff = escalated()
    assert assess(stream()[-1]) is Assessing.READY
    return handoff


def come_back(handoff: HandoffDetail, epoch: int = 3, at_minute: int = 22, note: str = "") -> None:
    """Sam picks it up, tries a step and puts it back."""
    claim(handoff, SAM)
    try_step(handoff.session_id, FOUND, SAM, epoch, at_minute=at_minute)
    release(handoff, note=note)


def test_return_after_a_step_asks_for_the_assessment_again(handoff: HandoffDetail, ai: RehearsalModel) -> None:
    come_back(handoff)

    assert assess(stream()[-1], at_minute=26) is Assessing.ASKED_AGAIN
    assert assess(stream()[-1], at_minute=27) is Assessing.READY

    assessed = now(handoff)
    assert assessed.assessment is not None
    assert assessed.assessment.seen == assessed.seen_now
    assert (assessed.newer_than_assessment, assessed.assessment_status) == (None, READY)
    assert [FOUND in request.asked.last_text for request in ai.rehearsal.received] == [False, True]


def test_earlier_assessment_stays_readable_until_the_next_is_there(handoff: HandoffDetail) -> None:
    first = now(handoff).assessment
    come_back(handoff, note="Needs the network team.")

    assess(stream()[-1], at_minute=26)

    pending = now(handoff)
    assert (pending.assessment_status, pending.pending_since, pending.assessment) == (PENDING, minute(26), first)
    assert pending.newer_than_assessment == Newer(steps=1, notes=1, corrections=0)
    assert (pending.change, pending.due_at) == (HandoffChange.ASSESSMENT_RENEWED, minute(26))


def test_claim_right_after_a_round_began_is_looked_at_in_time_for_the_assessment(handoff: HandoffDetail) -> None:
    come_back(handoff)
    planned_before = now(handoff).look_s

    assess(stream()[-1], at_minute=26)
    claim(handoff, ALEX, at_minute=27)

    assert (planned_before, now(handoff).look_s) == (60 * 60, 0)
    assert now(handoff).due_at == minute(27)


@pytest.mark.parametrize("fault", ["refusal", "529"])
def test_earlier_assessment_stays_when_the_next_cannot_be_had(
    handoff: HandoffDetail, ai: RehearsalModel, fault: str
) -> None:
    first = now(handoff).assessment
    come_back(handoff)
    ai.rehearsal.faults.switch_on(a_fault(fault))

    assess(stream()[-1], at_minute=26)
    assert assess(stream()[-1], at_minute=27) is Assessing.UNAVAILABLE

    assert (now(handoff).assessment_status, now(handoff).assessment) == (UNAVAILABLE, first)


def test_return_that_comes_twice_is_paid_for_once(handoff: HandoffDetail, ai: RehearsalModel) -> None:
    come_back(handoff)
    returned = stream()[-1]
    assess(returned, at_minute=26)
    asked = stream()[-1]
    assess(asked, at_minute=27)
    claim(handoff, ALEX, at_minute=28)
    try_step(handoff.session_id, "Restarted the router", ALEX, 5, at_minute=29)
    before = everything()

    outcomes = [assess(record, at_minute=30) for record in (returned, asked)]

    assert outcomes == [Assessing.NOT_NEEDED] * 2
    assert everything() == before
    assert [row.calls for row in SpentRow.query(ACME)] == [2]


def test_return_without_anything_new_asks_nothing(handoff: HandoffDetail, ai: RehearsalModel) -> None:
    claim(handoff, SAM)
    release(handoff, note="")

    assert assess(stream()[-1], at_minute=26) is Assessing.NOT_NEEDED
    assert len(ai.rehearsal.received) == 1


def test_undone_claim_asks_nothing(handoff: HandoffDetail) -> None:
    claim(handoff, SAM)
    undo(handoff)

    assert assess(stream()[-1], at_minute=26) is Assessing.NOT_NEEDED


def test_closed_handoff_asks_nothing(handoff: HandoffDetail, ai: RehearsalModel) -> None:
    come_back(handoff)
    returned = stream()[-1]
    withdraw(handoff)

    assert assess(returned, at_minute=26) is Assessing.NOT_NEEDED
    assert len(ai.rehearsal.received) == 1


def test_round_over_the_accounts_budget_keeps_the_earlier_assessment(
    handoff: HandoffDetail, ai: RehearsalModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = now(handoff).assessment
    come_back(handoff)
    monkeypatch.setitem(limits._remembered, ACME, (float("inf"), Limits(ai_calls_per_day=1)))

    assess(stream()[-1], at_minute=26)
    assert assess(stream()[-1], at_minute=27) is Assessing.UNAVAILABLE

    assert (now(handoff).assessment_error, now(handoff).assessment) == (AssessmentError.BUDGET, first)
    assert len(ai.rehearsal.received) == 1


def test_verdict_is_given_on_an_earlier_assessment(handoff: HandoffDetail) -> None:
    come_back(handoff)
    assess(stream()[-1], at_minute=26)
    claim(handoff, ALEX, at_minute=28)

    resolve(handoff.session_id, ALEX, epoch=5, verdict=Verdict.PARTLY)

    closed = now(handoff)
    assert (closed.verdict, closed.assessment_error) == (Verdict.PARTLY, AssessmentError.CLOSED)
    assert closed.assessment is not None


def test_run_of_an_older_round_is_too_late(ai: RehearsalModel, recorder: Recorder) -> None:
    """It waits for the AI while the case comes back; then its answer would hide what was found since."""
    handoff = escalated()

    def come_back_meanwhile() -> None:
        come_back(handoff)
        assert assess(stream()[-1], at_minute=26) is Assessing.ASKED_AGAIN

    recorder.tamper("UpdateItem", as_sent, meanwhile(come_back_meanwhile))

    assert assess(stream()[0]) is Assessing.TOO_LATE
    assert (now(handoff).assessment_status, now(handoff).assessment) == (PENDING, None)
    assert assess(stream()[-1], at_minute=27) is Assessing.READY
    assert now(handoff).newer_than_assessment is None


def test_run_that_read_an_older_round_takes_no_lease(ai: RehearsalModel, recorder: Recorder) -> None:
    handoff = escalated()

    def come_back_meanwhile() -> None:
        come_back(handoff)
        assert assess(stream()[-1], at_minute=26) is Assessing.ASKED_AGAIN

    recorder.tamper("UpdateItem", meanwhile(come_back_meanwhile))

    assert assess(stream()[0]) is Assessing.NOT_NEEDED
    assert not ai.rehearsal.received


def test_answer_of_an_older_round_is_not_told_as_that_of_a_newer_one(ai: RehearsalModel, recorder: Recorder) -> None:
    """The answer is stored, and the case comes back before the row says so."""
    handoff = escalated()

    def come_back_meanwhile() -> None:
        come_back(handoff)
        assert assess(stream()[-1], at_minute=26) is Assessing.ASKED_AGAIN

    recorder.tamper("UpdateItem", as_sent, as_sent, as_sent, meanwhile(come_back_meanwhile))

    assert assess(stream()[0]) is Assessing.TOO_LATE
    assert now(handoff).assessment_status is PENDING
    assert assess(stream()[-1], at_minute=27) is Assessing.READY
    assert [FOUND in request.asked.last_text for request in ai.rehearsal.received] == [False, True]


def test_round_that_failed_is_not_begun_again_by_the_same_steps(handoff: HandoffDetail, ai: RehearsalModel) -> None:
    come_back(handoff)
    ai.rehearsal.faults.switch_on(a_fault("refusal", count=1))
    assess(stream()[-1], at_minute=26)
    assess(stream()[-1], at_minute=27)
    claim(handoff, ALEX, at_minute=28)
    release(handoff, ALEX, note="", at_minute=29)

    assert assess(stream()[-1], at_minute=30) is Assessing.NOT_NEEDED


def test_failed_round_can_be_asked_for_again(handoff: HandoffDetail, ai: RehearsalModel) -> None:
    come_back(handoff)
    ai.rehearsal.faults.switch_on(a_fault("refusal", count=1))
    assess(stream()[-1], at_minute=26)
    assess(stream()[-1], at_minute=27)

    request_assessment(handoff.session_id, handoff.id, by=SAM, at=minute(28))
    assert assess(stream()[-1], at_minute=29) is Assessing.READY

    assert now(handoff).newer_than_assessment is None


def test_round_that_no_run_answered_is_asked_for_again_by_the_clock(handoff: HandoffDetail) -> None:
    come_back(handoff)
    assess(stream()[-1], at_minute=26)
    pending = now(handoff)

    assert assessments.ask_overdue_again(pending, pending, minute(32))
    assert assess(stream()[-1], at_minute=33) is Assessing.READY


def test_repeated_release_succeeds_after_the_assessment_was_asked_for_again(handoff: HandoffDetail) -> None:
    come_back(handoff)
    assess(stream()[-1], at_minute=26)

    assert release(handoff, note="") == now(handoff).receipt
