"""Asking for an assessment again, and giving it up."""

import pytest

from chalicelib.domain.assessment import AssessmentError, AssessmentStatus
from chalicelib.store import assessments
from chalicelib.store.rows import HandoffRow
from tests.support.builders import ACME, HANDOFF_ID, SAM, a_handoff, minute
from tests.support.store_scenarios import assessed, everything, handed_off, handoff_now

pytestmark = pytest.mark.usefixtures("tables")


def lease(lease_id: str = "first", now: int = 11, until: int = 16) -> None:
    assessments.take_lease(ACME, HANDOFF_ID, lease_id, minute(now), minute(until))


def failed() -> None:
    handed_off()
    lease()
    assessments.store_unavailable(ACME, HANDOFF_ID, "first", AssessmentError.TIMEOUT, minute(12))


def test_an_unavailable_assessment_is_asked_for_again() -> None:
    failed()

    asked = assessments.ask_again(handoff_now(), SAM.person, minute(30))

    assert asked == handoff_now()
    assert (asked.assessment_status, asked.assessment_error) == (AssessmentStatus.PENDING, None)
    assert (asked.pending_since, asked.assessment_attempts) == (minute(30), 0)
    assert (asked.actor, asked.version, asked.updated_at) == (SAM.person, 3, minute(30))


@pytest.mark.parametrize("is_ready", [True, False])
def test_only_what_is_unavailable_is_asked_for_again(is_ready: bool) -> None:  # noqa: FBT001  pytest gives it by name
    handed_off()
    if is_ready:
        assessed()
    before = everything()

    assert assessments.ask_again(handoff_now(), SAM.person, minute(30)) is None
    assert everything() == before


def test_what_is_overdue_and_nobodys_is_asked_for_again() -> None:
    handed_off()
    lease(until=16)

    assert assessments.ask_overdue_again(ACME, HANDOFF_ID, minute(25), minute(30))

    assert handoff_now().pending_since == minute(30)
    assert handoff_now().newly_asks_for_assessment(a_handoff())
    assert HandoffRow.get(ACME, HANDOFF_ID).lease_until is None


@pytest.mark.parametrize(("until", "asked_before"), [(31, 25), (16, 10)])
def test_what_a_run_holds_or_is_not_overdue_is_left_alone(until: int, asked_before: int) -> None:
    handed_off()
    lease(until=until)
    before = everything()

    assert not assessments.ask_overdue_again(ACME, HANDOFF_ID, minute(asked_before), minute(30))
    assert everything() == before


def test_after_enough_runs_it_is_given_up() -> None:
    handed_off()
    lease("first")
    lease("second", now=17, until=22)

    assert assessments.give_up(ACME, HANDOFF_ID, 2, minute(30))

    assert handoff_now().assessment_error is AssessmentError.GAVE_UP


@pytest.mark.parametrize(("attempts", "now"), [(2, 30), (1, 15)])
def test_what_was_tried_too_rarely_or_a_run_holds_is_not_given_up(attempts: int, now: int) -> None:
    handed_off()
    lease()
    before = everything()

    assert not assessments.give_up(ACME, HANDOFF_ID, attempts, minute(now))
    assert everything() == before


def test_a_finished_assessment_is_neither_given_up_nor_asked_for_by_the_clock() -> None:
    handed_off()
    assessed()
    before = everything()

    assert not assessments.give_up(ACME, HANDOFF_ID, 0, minute(60))
    assert not assessments.ask_overdue_again(ACME, HANDOFF_ID, minute(55), minute(60))
    assert everything() == before
