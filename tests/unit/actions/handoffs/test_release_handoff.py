import pytest

from chalicelib.actions.assessments.request_assessment import request_assessment
from chalicelib.actions.retry_stale import ATTEMPTS
from chalicelib.domain.errors import Forbidden, InvalidState, Unavailable
from chalicelib.domain.handoff import HandoffStatus
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.session import SessionStatus
from infra.local.rehearsal_model import RehearsalModel
from tests.support.builders import ALEX, JANE, SAM, minute
from tests.support.dynamodb.faults import cancel, lose_answer, meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import (
    assess,
    claim,
    escalated,
    hand_off,
    now,
    release,
    resolve,
    session_of,
    stream,
    try_step,
)
from tests.support.servers.rehearsal_model import a_fault

pytestmark = pytest.mark.usefixtures("ai")


def test_session_waits_for_somebody_else_with_a_note(handoff: HandoffDetail) -> None:
    receipt = release(handoff)

    session = session_of(handoff)
    assert (session.status, session.holder, session.open_handoff_id) == (SessionStatus.ESCALATED, None, handoff.id)
    assert now(handoff).release_note == "Needs the network team."
    assert receipt == now(handoff).receipt
    assert (receipt.status, receipt.claimed_by) == (HandoffStatus.UNCLAIMED, None)


def test_steps_of_the_releaser_are_read_with_the_handoff_and_assessed(
    handoff: HandoffDetail, ai: RehearsalModel
) -> None:
    try_step(handoff.session_id, "Rolled the firmware back", by=SAM, epoch=3)
    release(handoff)

    assess(stream()[0])

    assert [step.action for step in now(handoff).since.steps] == ["Rolled the firmware back"]
    assert [step.action for step in now(handoff).snapshot.steps] != ["Rolled the firmware back"]
    assert "Rolled the firmware back" in ai.rehearsal.received[-1].asked.last_text


@pytest.mark.parametrize("note", ["Needs the network team.", ""])
def test_repeat_after_a_lost_answer_gives_the_same_receipt(handoff: HandoffDetail, note: str) -> None:
    first = release(handoff, note=note)

    assert release(handoff, note=note) == first
    assert (session_of(handoff).epoch, now(handoff).version) == (4, 3)


def test_releaser_is_not_confused_with_a_later_requester_of_the_assessment(
    handoff: HandoffDetail, ai: RehearsalModel
) -> None:
    ai.rehearsal.faults.switch_on(a_fault("refusal"))
    assess(stream()[0])
    first = release(handoff)
    request_assessment(handoff.session_id, handoff.id, by=JANE, at=minute(30))

    assert release(handoff, SAM) == first
    with pytest.raises(InvalidState):
        release(handoff, JANE)


def test_answer_lost_between_us_and_dynamodb_is_one_release(handoff: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", lose_answer)

    assert release(handoff) == now(handoff).receipt
    assert session_of(handoff).epoch == 4


def test_assessment_that_arrives_meanwhile_holds_nothing_up(handoff: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", meanwhile(lambda: assess(stream()[0])))

    release(handoff)

    assert now(handoff).assessment is not None
    assert now(handoff).status is HandoffStatus.UNCLAIMED


def test_release_by_another_person_is_forbidden(handoff: HandoffDetail) -> None:
    for by in (JANE, ALEX):
        with pytest.raises(Forbidden):
            release(handoff, by)


def test_repeat_after_another_claim_is_refused(handoff: HandoffDetail) -> None:
    release(handoff)
    claim(handoff, ALEX)

    with pytest.raises(Forbidden):
        release(handoff, SAM)

    assert session_of(handoff).holder == ALEX.person


def test_unclaimed_handoff_cannot_be_released(tables: None) -> None:
    with pytest.raises(InvalidState):
        release(escalated())


def test_passed_on_handoff_cannot_be_released(handoff: HandoffDetail) -> None:
    hand_off(handoff.session_id, by=SAM)

    with pytest.raises(InvalidState):
        release(handoff)


def test_resolution_that_slips_in_wins(handoff: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", meanwhile(lambda: resolve(handoff.session_id)))

    with pytest.raises(InvalidState):
        release(handoff)

    assert session_of(handoff).status is SessionStatus.RESOLVED


def test_handoff_that_keeps_changing_is_unavailable(handoff: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", *[cancel("None", "None", "ConditionalCheckFailed")] * ATTEMPTS)

    with pytest.raises(Unavailable):
        release(handoff)
