from itertools import product

import pytest

from chalicelib.domain.assessment import AssessmentStatus, Verdict
from chalicelib.domain.errors import InvalidRequest, InvalidState
from tests.support.builders import a_claimed_handoff, a_handoff, minute

NOT_READY = [AssessmentStatus.PENDING, AssessmentStatus.UNAVAILABLE]


def test_unavailable_assessment_may_be_asked_for_again() -> None:
    a_handoff(assessment_status=AssessmentStatus.UNAVAILABLE).require_assessment_missing()


@pytest.mark.parametrize("status", [AssessmentStatus.PENDING, AssessmentStatus.READY])
def test_assessment_on_its_way_or_there_is_not_asked_for_again(status: AssessmentStatus) -> None:
    with pytest.raises(InvalidState, match=f"The assessment is {status.value};") as refused:
        a_handoff(assessment_status=status).require_assessment_missing()

    assert refused.value.status == status.value


@pytest.mark.parametrize("verdict", Verdict)
def test_verdict_on_a_ready_assessment_is_kept(verdict: Verdict) -> None:
    assert a_handoff(assessment_status=AssessmentStatus.READY).judged(verdict) is verdict


def test_ready_assessment_that_nobody_judged_is_of_unknown_worth() -> None:
    assert a_handoff(assessment_status=AssessmentStatus.READY).judged(None) is Verdict.UNKNOWN


@pytest.mark.parametrize(("status", "verdict"), [*product(NOT_READY, [None, Verdict.UNKNOWN])])
def test_assessment_that_is_not_there_has_no_verdict(status: AssessmentStatus, verdict: Verdict | None) -> None:
    assert a_handoff(assessment_status=status).judged(verdict) is None


@pytest.mark.parametrize(("status", "verdict"), [*product(NOT_READY, [Verdict.RIGHT, Verdict.PARTLY, Verdict.WRONG])])
def test_assessment_that_is_not_there_cannot_be_judged(status: AssessmentStatus, verdict: Verdict) -> None:
    with pytest.raises(InvalidRequest, match=f"it is {status.value}") as refused:
        a_handoff(assessment_status=status).judged(verdict)

    assert refused.value.pointer == "/assessment_verdict"


def test_new_handoff_asks_for_its_assessment() -> None:
    assert a_handoff().newly_asks_for_assessment(None)


def test_request_after_an_unavailable_assessment_asks_for_a_new_one() -> None:
    unavailable = a_handoff(assessment_status=AssessmentStatus.UNAVAILABLE, pending_since=None)

    assert a_handoff(pending_since=minute(30)).newly_asks_for_assessment(unavailable)


def test_clock_asks_again_for_one_that_stays_pending() -> None:
    assert a_handoff(pending_since=minute(30)).newly_asks_for_assessment(a_handoff(pending_since=minute(10)))


def test_claim_while_the_ai_works_asks_for_nothing() -> None:
    assert not a_claimed_handoff().newly_asks_for_assessment(a_handoff())


@pytest.mark.parametrize("status", [AssessmentStatus.READY, AssessmentStatus.UNAVAILABLE])
def test_finished_assessment_asks_for_nothing(status: AssessmentStatus) -> None:
    assert not a_handoff(assessment_status=status, pending_since=None).newly_asks_for_assessment(a_handoff())
