"""Leases on an assessment, and its outcome."""

import pytest

from chalicelib.domain.assessment import AssessmentError, AssessmentStatus
from chalicelib.domain.escalation_package import PackageImprovement
from chalicelib.domain.handoff import Handoff
from chalicelib.store import assessments, handoff_creation, handoff_transitions
from chalicelib.store.rows import HandoffRow
from tests.support.builders import (
    ACME,
    GLOBEX,
    HANDOFF_ID,
    JANE,
    SAM,
    SESSION_ID,
    a_handoff,
    a_package,
    an_assessment,
    minute,
)
from tests.support.dynamodb.recorder import Recorder, lose_answer
from tests.support.store_scenarios import everything, handed_off, handoff_now, session_now

pytestmark = pytest.mark.usefixtures("tables")

SECOND_ID = "019ab000-0000-7000-8000-00000000000b"
BETTER = PackageImprovement(summary="In short.", likely_cause="The record", recommended_next_steps=("Check it",))


def lease(lease_id: str = "first", now: int = 11, until: int = 16) -> Handoff | None:
    return assessments.take_lease(ACME, HANDOFF_ID, lease_id, minute(now), minute(until))


def store_ready(handoff: Handoff, lease_id: str = "first", cause: str = "A stale record") -> bool:
    package = handoff.package.enriched(BETTER)
    advice = an_assessment(likely_cause=cause)
    return assessments.store_ready(handoff, lease_id, advice, package, minute(12))


def store_unavailable(lease_id: str = "first") -> bool:
    return assessments.store_unavailable(ACME, HANDOFF_ID, lease_id, AssessmentError.TIMEOUT, minute(12))


def row() -> HandoffRow:
    return HandoffRow.get(ACME, HANDOFF_ID)


def test_a_lease_is_taken_and_the_run_counted() -> None:
    handoff = handed_off()

    leased = lease()

    assert leased == handoff.model_copy(update={"assessment_attempts": 1})
    assert leased == handoff_now()


def test_a_lease_is_no_change_that_anybody_hears_of() -> None:
    handed_off()

    lease()

    assert handoff_now().version == 1


def test_a_second_run_gets_no_lease_while_the_first_holds_it() -> None:
    handed_off()
    lease("first")
    before = everything()

    assert lease("second", now=15) is None
    assert everything() == before


def test_a_lease_that_ran_out_is_free() -> None:
    handed_off()
    lease("first", until=16)

    leased = lease("second", now=16, until=20)

    assert leased is not None
    assert leased.assessment_attempts == 2


def test_a_lease_whose_answer_was_lost_is_still_the_runs_own(recorder: Recorder) -> None:
    handed_off()
    recorder.tamper("UpdateItem", lose_answer)

    assert lease("first") is not None
    assert recorder.operations[-1] == "UpdateItem"


@pytest.mark.parametrize(("account_id", "handoff_id"), [(ACME, "absent"), (GLOBEX, HANDOFF_ID)])
def test_nothing_is_ever_written_where_there_is_no_handoff(account_id: str, handoff_id: str) -> None:
    handoff = handed_off()
    before = everything()
    absent = handoff.model_copy(update={"account_id": account_id, "id": handoff_id})

    assert assessments.take_lease(account_id, handoff_id, "first", minute(11), minute(16)) is None
    assert not store_ready(absent)
    assert not assessments.store_unavailable(account_id, handoff_id, "first", AssessmentError.TIMEOUT, minute(12))
    assert not assessments.give_up(account_id, handoff_id, 0, minute(30))
    assert not assessments.ask_overdue_again(account_id, handoff_id, minute(25), minute(30))
    assert assessments.ask_again(absent, JANE.person, minute(30)) is None
    assert everything() == before
    assert HandoffRow.count(GLOBEX) == 0


@pytest.mark.parametrize("outcome", ["ready", "unavailable"])
def test_a_finished_assessment_gives_no_lease(outcome: str) -> None:
    handoff = handed_off()
    lease()
    assert store_ready(handoff) if outcome == "ready" else store_unavailable()

    assert lease("second", now=30) is None


def test_what_is_ready_is_stored_with_the_package_it_improves() -> None:
    handed_off()
    leased = lease()
    assert leased is not None

    assert store_ready(leased)

    done = {
        "assessment_status": AssessmentStatus.READY,
        "assessment": an_assessment(likely_cause="A stale record"),
        "pending_since": None,
        "version": 2,
        "updated_at": minute(12),
    }
    assert handoff_now() == leased.model_copy(update=done)
    assert session_now().escalation_package == leased.package.enriched(BETTER)


def test_what_is_ready_leaves_the_session_as_new_as_it_was() -> None:
    handed_off()
    before = session_now()
    leased = lease()
    assert leased is not None

    store_ready(leased)

    assert session_now() == before.model_copy(update={"escalation_package": leased.package.enriched(BETTER)})


def test_what_is_settled_holds_no_lease() -> None:
    handed_off()
    lease()

    store_unavailable()

    assert row().serialize().keys().isdisjoint({"lease_id", "lease_until", "pending_key", "pending_since"})


def test_a_package_that_names_another_handoff_is_left_alone() -> None:
    handed_off()
    leased = lease()
    handoff_transitions.mark_claimed(SESSION_ID, HANDOFF_ID, SAM, minute(20))
    handed_on = a_handoff(id=SECOND_ID, sender=SAM.person, claim_epoch=4)
    handoff_creation.open_handoff(session_now(), handed_on, a_package(handoff_id=SECOND_ID), None)
    assert leased is not None

    assert store_ready(leased)

    assert session_now().escalation_package == a_package(handoff_id=SECOND_ID)
    assert handoff_now().assessment_status is AssessmentStatus.READY


def test_a_run_that_lost_its_lease_to_another_writes_nothing() -> None:
    handed_off()
    late = lease("first", until=16)
    lease("second", now=17, until=22)
    before = everything()
    assert late is not None

    assert not store_ready(late, "first")
    assert not store_unavailable("first")
    assert everything() == before


def test_a_late_run_overwrites_no_finished_assessment() -> None:
    handed_off()
    late = lease("first", until=16)
    in_time = lease("second", now=17, until=22)
    assert late is not None
    assert in_time is not None
    store_ready(in_time, "second", cause="In time")
    before = everything()

    assert not store_ready(late, "first", cause="Too late")
    assert not store_unavailable("first")
    assert everything() == before


def test_a_run_that_was_given_up_does_not_write_over_a_new_one() -> None:
    handed_off()
    late = lease("first", until=16)
    assert late is not None
    assessments.give_up(ACME, HANDOFF_ID, 1, minute(17))
    assessments.ask_again(handoff_now(), JANE.person, minute(18))

    assert not store_ready(late, "first")
    assert handoff_now().assessment_status is AssessmentStatus.PENDING


def test_an_assessment_that_came_whose_answer_was_lost_is_stored_once(recorder: Recorder) -> None:
    handed_off()
    leased = lease()
    assert leased is not None
    recorder.tamper("TransactWriteItems", lose_answer)

    store_ready(leased)

    assert (handoff_now().assessment_status, handoff_now().version) == (AssessmentStatus.READY, 2)


def test_why_there_is_no_assessment_is_stored() -> None:
    handed_off()
    leased = lease()
    assert leased is not None

    assert store_unavailable()

    failed = {
        "assessment_status": AssessmentStatus.UNAVAILABLE,
        "assessment_error": AssessmentError.TIMEOUT,
        "pending_since": None,
        "version": 2,
        "updated_at": minute(12),
    }
    assert handoff_now() == leased.model_copy(update=failed)
