"""Asking for an assessment again, and giving it up."""

import pytest

from chalicelib.domain.assessment import AssessmentError, AssessmentStatus
from chalicelib.store import assessments
from tests.support.builders import ACME, HANDOFF_ID, SAM, a_handoff, minute
from tests.support.scenarios.store import assessed, everything, handed_off, handoff_now, row_now, write_handoff

pytestmark = pytest.mark.usefixtures("tables")


def lease(lease_id: str = "first", now: int = 11, until: int = 16) -> None:
    assessments.take_lease(ACME, HANDOFF_ID, lease_id, minute(now), minute(until))


def failed() -> None:
    handed_off()
    lease()
    assessments.store_unavailable(ACME, HANDOFF_ID, "first", AssessmentError.TIMEOUT, minute(12))


def test_unavailable_assessment_is_asked_for_again() -> None:
    failed()

    asked = assessments.ask_again(handoff_now(), SAM.person, minute(30))

    assert asked == handoff_now()
    assert (asked.assessment_status, asked.assessment_error) == (AssessmentStatus.PENDING, None)
    assert (asked.pending_since, asked.assessment_attempts) == (minute(30), 0)
    assert (asked.actor, asked.version, asked.updated_at) == (SAM.person, 3, minute(30))


@pytest.mark.parametrize("is_ready", [True, False])
def test_pending_or_ready_assessment_is_not_requested_again(is_ready: bool) -> None:  # noqa: FBT001  pytest gives it by name
    handed_off()
    if is_ready:
        assessed()
    before = everything()

    assert assessments.ask_again(handoff_now(), SAM.person, minute(30)) is None
    assert everything() == before


def test_overdue_assessment_without_a_lease_is_requested_again() -> None:
    handed_off()
    lease(until=16)

    assert assessments.ask_overdue_again(row_now(), row_now().model_copy(update={"due_at": minute(35)}), minute(30))

    assert handoff_now().pending_since == minute(30)
    assert handoff_now().newly_asks_for_assessment(a_handoff())
    assert handoff_now().due_at == minute(35)


@pytest.mark.parametrize("meanwhile", [{"due_at": 1}, {"claim_epoch": 9}, {"assessment_outcome": "timeout"}], ids=str)
def test_handoff_that_is_another_than_the_clock_saw_is_left_alone(meanwhile: dict[str, object]) -> None:
    handed_off()
    lease()
    seen = row_now()
    write_handoff(**meanwhile)
    before = everything()

    assert not assessments.ask_overdue_again(seen, seen, minute(30))
    assert not assessments.give_up(seen, seen, 1, minute(30))
    assert everything() == before


def test_assessment_is_given_up_after_enough_runs() -> None:
    handed_off()
    lease("first")
    lease("second", now=17, until=22)

    assert assessments.give_up(row_now(), row_now(), 2, minute(30))

    assert handoff_now().assessment_error is AssessmentError.GAVE_UP


@pytest.mark.parametrize(("attempts", "now"), [(2, 30), (1, 15)])
def test_assessment_with_a_lease_or_few_attempts_is_not_given_up(attempts: int, now: int) -> None:
    handed_off()
    lease()
    before = everything()

    assert not assessments.give_up(row_now(), row_now(), attempts, minute(now))
    assert everything() == before


def test_finished_assessment_is_neither_given_up_nor_asked_for_by_the_clock() -> None:
    handed_off()
    assessed()
    before = everything()

    assert not assessments.give_up(row_now(), row_now(), 0, minute(60))
    assert not assessments.ask_overdue_again(row_now(), row_now(), minute(60))
    assert everything() == before
