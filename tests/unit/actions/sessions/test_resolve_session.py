import json

import pytest

from chalicelib.actions.assessments.assess_handoff import Assessing
from chalicelib.actions.handoffs.read_handoff import read_package
from chalicelib.actions.retry_stale import ATTEMPTS
from chalicelib.adapters.ai.claude import ASSESS_PROMPT
from chalicelib.domain.assessment import AssessmentError, AssessmentStatus, Verdict
from chalicelib.domain.audiences import audiences_of
from chalicelib.domain.errors import Forbidden, InvalidRequest, InvalidState, NotFound, StaleEpoch, Unavailable
from chalicelib.domain.events import EventType, events_between
from chalicelib.domain.handoff import HandoffStatus
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.people import Caller
from chalicelib.domain.session import SessionStatus
from chalicelib.store.handoff_rows import handoff_in
from tests.support.builders import ALEX, GINA, JANE, JOE, SAM, minute
from tests.support.dynamodb.faults import cancel, lose_answer, meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import (
    FIXED,
    assess,
    escalated,
    hand_off,
    now,
    open_case,
    resolve,
    session_of,
    stream,
    try_step,
    withdraw,
)
from tests.support.scenarios.store import everything

pytestmark = pytest.mark.usefixtures("ai")


def test_session_and_handoff_are_closed_together(handoff: HandoffDetail) -> None:
    resolved = resolve(handoff.session_id)

    assert resolved == session_of(handoff)
    assert (resolved.status, resolved.resolution, resolved.resolved_at) == (SessionStatus.RESOLVED, FIXED, minute(40))
    assert (resolved.open_handoff_id, now(handoff).status) == (None, HandoffStatus.RESOLVED)


def test_session_that_was_never_handed_off_can_be_resolved(tables: None) -> None:
    session = open_case()

    assert resolve(session.id, by=JANE, epoch=1).status is SessionStatus.RESOLVED


def test_owner_is_told_when_a_holder_who_took_a_handoff_back_resolves_it(handoff: HandoffDetail) -> None:
    again = hand_off(handoff.session_id, by=SAM, at_minute=30)
    withdraw(again, SAM)

    resolve(handoff.session_id, epoch=session_of(handoff).epoch)

    old, new = stream()[-1]
    assert old
    [event] = events_between(handoff_in(old), after := handoff_in(new))
    told = {audience.engineer_id for audience in audiences_of(event, after)} - {None}
    assert (event.type, event.handoff_id, told) == (EventType.RESOLVED, again.id, {JANE.id})


def test_owner_who_took_the_handoff_back_is_told_nothing_of_their_own_resolution(tables: None) -> None:
    own = escalated()
    withdraw(own)
    before = len(stream())

    resolve(own.session_id, by=JANE)

    assert len(stream()) == before


def test_verdicts_are_counted_by_the_prompt_that_gave_the_advice(
    handoff: HandoffDetail, capsys: pytest.CaptureFixture[str]
) -> None:
    assess(stream()[0])
    capsys.readouterr()

    resolve(handoff.session_id, verdict=Verdict.PARTLY)

    (counted,) = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "SessionsResolved" in line]
    assert (counted["Verdict"], counted["Prompt"]) == ("partly", ASSESS_PROMPT)


@pytest.mark.parametrize(("given", "kept"), [(Verdict.WRONG, Verdict.WRONG), (None, Verdict.UNKNOWN)])
def test_verdict_on_the_advice_is_kept(handoff: HandoffDetail, given: Verdict | None, kept: Verdict) -> None:
    assess(stream()[0])

    resolve(handoff.session_id, verdict=given)

    assert now(handoff).verdict is kept


def test_advice_that_is_not_there_cannot_be_judged(handoff: HandoffDetail) -> None:
    before = everything()

    with pytest.raises(InvalidRequest) as refusal:
        resolve(handoff.session_id, verdict=Verdict.RIGHT)

    assert refusal.value.pointer == "/assessment_verdict"
    assert everything() == before


def test_advice_that_arrives_meanwhile_is_not_lost_and_counts_as_not_judged(
    handoff: HandoffDetail, recorder: Recorder
) -> None:
    recorder.tamper("TransactWriteItems", meanwhile(lambda: assess(stream()[0])))

    resolve(handoff.session_id)

    assert (now(handoff).status, now(handoff).verdict) == (HandoffStatus.RESOLVED, Verdict.UNKNOWN)
    assert now(handoff).assessment_status is AssessmentStatus.READY
    package = read_package(session_of(handoff))
    assert package is not None
    assert package.is_enriched


def test_advice_that_is_pending_ends_with_the_handoff(handoff: HandoffDetail) -> None:
    resolve(handoff.session_id)

    assert assess(stream()[0]) is Assessing.NOT_NEEDED

    assert now(handoff).assessment_error is AssessmentError.CLOSED
    assert (now(handoff).status, now(handoff).verdict) == (HandoffStatus.RESOLVED, None)
    assert session_of(handoff).status is SessionStatus.RESOLVED


def test_step_that_slips_in_is_not_lost(handoff: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", meanwhile(lambda: try_step(handoff.session_id, by=SAM, epoch=3)))

    resolve(handoff.session_id)

    assert session_of(handoff).step_count == 2


def test_repeat_after_a_lost_answer_gives_the_same_answer(handoff: HandoffDetail) -> None:
    first = resolve(handoff.session_id)

    assert resolve(handoff.session_id) == first
    assert now(handoff).version == 3


def test_answer_lost_between_us_and_dynamodb_is_one_resolution(handoff: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", lose_answer)

    assert resolve(handoff.session_id) == session_of(handoff)
    assert now(handoff).version == 3


@pytest.mark.parametrize(("words", "epoch"), [("Another fix.", 3), (FIXED, 2)])
def test_resolving_again_otherwise_is_refused(handoff: HandoffDetail, words: str, epoch: int) -> None:
    resolve(handoff.session_id)

    with pytest.raises((InvalidState, StaleEpoch)):
        resolve(handoff.session_id, resolution=words, epoch=epoch)

    assert session_of(handoff).resolution == FIXED


def test_stale_epoch_is_refused_with_the_current_one(handoff: HandoffDetail) -> None:
    with pytest.raises(StaleEpoch) as refusal:
        resolve(handoff.session_id, epoch=2)

    assert refusal.value.current_epoch == 3


@pytest.mark.parametrize(("by", "refusal"), [(JANE, Forbidden), (JOE, NotFound), (ALEX, NotFound), (GINA, NotFound)])
def test_session_is_resolved_by_its_holder_only(handoff: HandoffDetail, by: Caller, refusal: type[Exception]) -> None:
    before = everything()

    with pytest.raises(refusal):
        resolve(handoff.session_id, by=by)

    assert everything() == before


def test_session_that_waits_cannot_be_resolved(tables: None) -> None:
    handoff = escalated()

    with pytest.raises(InvalidState):
        resolve(handoff.session_id, by=JANE, epoch=2)


def test_handoff_that_slips_in_wins(handoff: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", meanwhile(lambda: hand_off(handoff.session_id, by=SAM)))

    with pytest.raises(StaleEpoch):
        resolve(handoff.session_id)

    assert session_of(handoff).status is SessionStatus.ESCALATED


def test_session_that_keeps_changing_is_unavailable(handoff: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", *[cancel("None", "None", "ConditionalCheckFailed")] * ATTEMPTS)

    with pytest.raises(Unavailable):
        resolve(handoff.session_id)
