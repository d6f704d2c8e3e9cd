import pytest

from chalicelib.actions.assessments.assess_handoff import Assessing
from chalicelib.actions.assessments.request_assessment import request_assessment
from chalicelib.domain.assessment import AssessmentError, AssessmentStatus
from chalicelib.domain.errors import InvalidState, NotFound
from chalicelib.domain.handoff_detail import HandoffDetail
from infra.local.rehearsal_model import RehearsalModel
from tests.support.builders import HANK, JANE, SAM, minute
from tests.support.dynamodb.faults import lose_answer, meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import assess, claim, escalated, now, resolve, stream
from tests.support.scenarios.store import everything
from tests.support.servers.rehearsal_model import a_fault


@pytest.fixture
def handoff(ai: RehearsalModel) -> HandoffDetail:
    """A handoff whose assessment could not be had."""
    handoff = escalated()
    ai.rehearsal.faults.switch_on(a_fault("refusal", count=1))
    assert assess(stream()[0]) is Assessing.UNAVAILABLE
    return handoff


def ask(handoff: HandoffDetail, at_minute: int = 30) -> HandoffDetail:
    return request_assessment(handoff.session_id, handoff.id, by=JANE, at=minute(at_minute))


def test_unavailable_assessment_is_pending_again(handoff: HandoffDetail) -> None:
    asked = ask(handoff)

    assert asked == now(handoff)
    assert (asked.assessment_status, asked.assessment_error) == (AssessmentStatus.PENDING, None)
    assert (asked.pending_since, asked.assessment_attempts, asked.actor) == (minute(30), 0, JANE.person)


def test_stream_asks_the_ai_again(handoff: HandoffDetail) -> None:
    ask(handoff)

    assert assess(stream()[-1], at_minute=31) is Assessing.READY
    assert now(handoff).assessment_error is None


def test_assessment_can_be_requested_in_the_millisecond_of_its_failure(handoff: HandoffDetail) -> None:
    ask(handoff, at_minute=10)

    assert assess(stream()[-1], at_minute=31) is Assessing.READY


def test_request_for_a_pending_assessment_changes_nothing(handoff: HandoffDetail) -> None:
    first = ask(handoff)

    assert ask(handoff, at_minute=31) == first


def test_request_for_a_ready_assessment_is_refused(handoff: HandoffDetail) -> None:
    ask(handoff)
    assess(stream()[-1], at_minute=31)
    before = everything()

    with pytest.raises(InvalidState) as refusal:
        ask(handoff, at_minute=32)

    assert refusal.value.status == AssessmentStatus.READY
    assert everything() == before


def test_concurrent_requests_for_an_assessment_count_once(handoff: HandoffDetail, recorder: Recorder) -> None:
    first: list[HandoffDetail] = []
    recorder.tamper("TransactWriteItems", meanwhile(lambda: first.append(ask(handoff, at_minute=30))))

    assert [ask(handoff, at_minute=31)] == first


def test_answer_lost_between_us_and_dynamodb_asks_once(handoff: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", lose_answer)

    assert ask(handoff) == now(handoff)
    assert now(handoff).version == 3


def test_resolved_handoff_can_be_asked_about_too(handoff: HandoffDetail) -> None:
    claim(handoff, SAM)
    resolve(handoff.session_id)

    assert ask(handoff).assessment_status is AssessmentStatus.PENDING


@pytest.mark.parametrize("names", [{"id": "absent"}, {"session_id": "absent"}], ids=str)
def test_absent_handoff_is_not_found(handoff: HandoffDetail, names: dict[str, str]) -> None:
    with pytest.raises(NotFound):
        ask(handoff.model_copy(update=names))


def test_another_accounts_handoff_is_not_there(handoff: HandoffDetail) -> None:
    with pytest.raises(NotFound):
        request_assessment(handoff.session_id, handoff.id, by=HANK, at=minute(30))

    assert now(handoff).assessment_error is AssessmentError.REFUSED
