"""Leases on an assessment, and its outcome."""

import pytest

from chalicelib.domain.assessment import AssessmentError, AssessmentStatus
from chalicelib.domain.handoff_change import HandoffChange
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.store import assessments, handoff_transitions, handoffs
from chalicelib.store.handoff_rows import Parts
from chalicelib.store.rows.handoffs import HandoffRow
from tests.support.assessments import an_assessment
from tests.support.builders import ACME, GLOBEX, HANDOFF_ID, JANE, SAM, SESSION_ID, minute
from tests.support.dynamodb.faults import lose_answer, meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.store import BETTER, everything, handed_off, handoff_now, passed_on, session_now

pytestmark = pytest.mark.usefixtures("tables")

SECOND_ID = "019ab000-0000-7000-8000-00000000000b"


def lease(lease_id: str = "first", now: int = 11, until: int = 16) -> HandoffDetail | None:
    leased = assessments.take_lease(ACME, HANDOFF_ID, lease_id, minute(now), minute(until))
    return leased.handoff if leased else None


def store_ready(handoff: HandoffDetail, lease_id: str = "first", cause: str = "A stale record") -> bool:
    advice = an_assessment(likely_cause=cause)
    return assessments.store_ready(handoff, lease_id, advice, BETTER, minute(12))


def store_unavailable(lease_id: str = "first") -> bool:
    return assessments.store_unavailable(ACME, HANDOFF_ID, lease_id, AssessmentError.TIMEOUT, minute(12))


def parts_now() -> Parts:
    return handoffs.read_parts(ACME, HANDOFF_ID)


def test_lease_is_taken_and_the_run_counted() -> None:
    handoff = handed_off()

    leased = lease()

    assert leased == handoff.model_copy(update={"assessment_attempts": 1})
    assert leased == handoff_now()


def test_lease_is_no_change_that_anybody_hears_of() -> None:
    handed_off()

    lease()

    assert handoff_now().version == 1


def test_second_run_gets_no_lease_while_the_first_holds_it() -> None:
    handed_off()
    lease("first")
    before = everything()

    assert lease("second", now=15) is None
    assert everything() == before


def test_lease_that_ran_out_is_free() -> None:
    handed_off()
    lease("first", until=16)

    leased = lease("second", now=16, until=20)

    assert leased is not None
    assert leased.assessment_attempts == 2


def test_lease_whose_answer_was_lost_is_still_the_runs_own(recorder: Recorder) -> None:
    handed_off()
    recorder.tamper("UpdateItem", lose_answer)

    assert lease("first") is not None
    assert recorder.operations[-1] == "UpdateItem"


@pytest.mark.parametrize(("account_id", "handoff_id"), [(ACME, "absent"), (GLOBEX, HANDOFF_ID)])
def test_assessment_of_an_absent_handoff_writes_nothing(account_id: str, handoff_id: str) -> None:
    handoff = handed_off()
    before = everything()
    absent = handoff.model_copy(update={"account_id": account_id, "id": handoff_id})

    assert assessments.take_lease(account_id, handoff_id, "first", minute(11), minute(16)) is None
    assert not store_ready(absent)
    assert not assessments.store_unavailable(account_id, handoff_id, "first", AssessmentError.TIMEOUT, minute(12))
    assert not assessments.give_up(absent, absent, 0, minute(30))
    assert not assessments.ask_overdue_again(absent, absent, minute(30))
    assert assessments.ask_again(absent, JANE.person, minute(30)) is None
    assert everything() == before
    assert HandoffRow.count(GLOBEX) == 0


@pytest.mark.parametrize("outcome", ["ready", "unavailable"])
def test_finished_assessment_gives_no_lease(outcome: str) -> None:
    handoff = handed_off()
    lease()
    assert store_ready(handoff) if outcome == "ready" else store_unavailable()

    assert lease("second", now=30) is None


def test_ready_assessment_is_stored_with_the_package_it_improves() -> None:
    handed_off()
    leased = lease()
    assert leased is not None

    assert store_ready(leased)

    done = {
        "assessment_status": AssessmentStatus.READY,
        "assessment": an_assessment(likely_cause="A stale record"),
        "improvement": BETTER,
        "prompt_version": an_assessment().prompt_version,
        "change": HandoffChange.ASSESSMENT_SETTLED,
        "pending_since": None,
        "version": 2,
        "updated_at": minute(12),
    }
    assert handoff_now() == leased.model_copy(update=done)
    assert handoff_now().package == leased.package.enriched(BETTER)


def test_ready_assessment_does_not_update_the_session() -> None:
    handed_off()
    before = session_now()
    leased = lease()
    assert leased is not None

    store_ready(leased)

    assert session_now() == before


def test_settled_assessment_holds_no_lease() -> None:
    handed_off()
    lease()

    store_unavailable()

    part = parts_now().assessment
    assert part is not None
    assert part.lease_id is None
    assert part.lease_until is None
    assert handoff_now().pending_since is None


def test_answer_for_a_handoff_that_was_passed_on_changes_no_package() -> None:
    handed_off()
    leased = lease()
    handoff_transitions.mark_claimed(SESSION_ID, HANDOFF_ID, SAM, minute(20))
    passed_on(SECOND_ID)
    assert leased is not None

    assert not store_ready(leased)

    newest = handoff_now(session_now().newest_handoff_id or "")
    assert (newest.id, newest.package.is_enriched) == (SECOND_ID, False)
    assert handoff_now().assessment_error is AssessmentError.CLOSED


def test_run_that_lost_its_lease_to_another_writes_nothing() -> None:
    handed_off()
    late = lease("first", until=16)
    lease("second", now=17, until=22)
    before = everything()
    assert late is not None

    assert not store_ready(late, "first")
    assert not store_unavailable("first")
    assert everything() == before


def test_late_run_overwrites_no_finished_assessment() -> None:
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


def test_run_that_was_given_up_does_not_write_over_a_new_one() -> None:
    handed_off()
    late = lease("first", until=16)
    assert late is not None
    assert assessments.give_up(handoff_now(), handoff_now(), 1, minute(17))
    assessments.ask_again(handoff_now(), JANE.person, minute(18))

    assert not store_ready(late, "first")
    assert handoff_now().assessment_status is AssessmentStatus.PENDING


def test_assessment_that_came_whose_answer_was_lost_is_stored_once(recorder: Recorder) -> None:
    handed_off()
    leased = lease()
    assert leased is not None
    recorder.tamper("UpdateItem", lose_answer, lose_answer)

    assert store_ready(leased)

    assert (handoff_now().assessment_status, handoff_now().version) == (AssessmentStatus.READY, 2)


def test_why_there_is_no_assessment_is_stored() -> None:
    handed_off()
    leased = lease()
    assert leased is not None

    assert store_unavailable()

    failed = {
        "assessment_status": AssessmentStatus.UNAVAILABLE,
        "assessment_error": AssessmentError.TIMEOUT,
        "change": HandoffChange.ASSESSMENT_SETTLED,
        "pending_since": None,
        "version": 2,
        "updated_at": minute(12),
    }
    assert handoff_now() == leased.model_copy(update=failed)


def test_answer_whose_run_died_before_it_could_say_so_is_found() -> None:
    handed_off()
    leased = lease()
    assert leased is not None
    with pytest.MonkeyPatch.context() as dying:
        dying.setattr(assessments, "mark_ready", lambda *_: False)
        store_ready(leased)
    assert handoff_now().assessment_status is AssessmentStatus.PENDING

    found = assessments.take_lease(ACME, HANDOFF_ID, "second", minute(20), minute(25))

    assert found is not None
    assert found.stored_prompt == an_assessment().prompt_version
    assert assessments.mark_ready(found.handoff, found.stored_prompt, minute(20))
    assert handoff_now().assessment == an_assessment(likely_cause="A stale record")


def test_request_that_ended_gives_no_lease_to_a_run_that_read_before_the_end(recorder: Recorder) -> None:
    handed_off()
    lease("first")
    recorder.tamper("UpdateItem", meanwhile(lambda: store_unavailable("first")))

    assert lease("late", now=15) is None
    assert handoff_now().assessment_attempts == 1


def test_handoff_that_was_closed_takes_no_answer() -> None:
    handed_off()
    leased = lease()
    handoff_transitions.mark_withdrawn(SESSION_ID, HANDOFF_ID, JANE, minute(11))
    assert leased is not None

    assert not store_ready(leased)

    assert handoff_now().assessment_error is AssessmentError.CLOSED
    assert handoff_now().assessment is None
