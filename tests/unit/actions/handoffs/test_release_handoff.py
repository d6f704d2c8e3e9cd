import pytest

from chalicelib.actions.assessments.request_assessment import request_assessment
from chalicelib.actions.retry_stale import ATTEMPTS
from chalicelib.domain.errors import DomainError, Forbidden, InvalidState, NotFound, Unavailable
from chalicelib.domain.handoff import HandoffStatus
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.people import Caller
from chalicelib.domain.session import SessionStatus
from infra.local.rehearsal_model import RehearsalModel
from tests.support.actions_scenarios import (
    assess,
    claim,
    escalated,
    hand_off,
    now,
    release,
    resolve,
    session_of,
    stream,
)
from tests.support.builders import ALEX, HANK, JANE, SAM, minute
from tests.support.dynamodb.recorder import Recorder, cancel, lose_answer, meanwhile
from tests.support.servers.rehearsal_model import a_fault
from tests.support.store_scenarios import everything

pytestmark = pytest.mark.usefixtures("ai")

ABSENT = "019ab000-0000-7000-8000-0000000000ff"


@pytest.fixture
def handoff(tables: None) -> HandoffDetail:
    handoff = escalated()
    claim(handoff, SAM)
    return handoff


def test_the_session_waits_for_somebody_else_with_a_note(handoff: HandoffDetail) -> None:
    receipt = release(handoff)

    session = session_of(handoff)
    assert (session.status, session.holder, session.open_handoff_id) == (SessionStatus.ESCALATED, None, handoff.id)
    assert now(handoff).release_note == "Needs the network team."
    assert receipt == now(handoff).receipt
    assert (receipt.status, receipt.claimed_by) == (HandoffStatus.UNCLAIMED, None)


@pytest.mark.parametrize("note", ["Needs the network team.", ""])
def test_a_repeat_after_a_lost_answer_gives_the_same_receipt(handoff: HandoffDetail, note: str) -> None:
    first = release(handoff, note=note)

    assert release(handoff, note=note) == first
    assert (session_of(handoff).epoch, now(handoff).version) == (4, 3)


def test_whoever_asks_for_the_assessment_afterwards_is_not_taken_for_whoever_released(
    handoff: HandoffDetail, ai: RehearsalModel
) -> None:
    ai.rehearsal.faults.switch_on(a_fault("refusal"))
    assess(stream()[0])
    first = release(handoff)
    request_assessment(handoff.session_id, handoff.id, by=JANE, at=minute(30))

    assert release(handoff, SAM) == first
    with pytest.raises(InvalidState):
        release(handoff, JANE)


def test_an_answer_lost_between_us_and_dynamodb_is_one_release(handoff: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", lose_answer)

    assert release(handoff) == now(handoff).receipt
    assert session_of(handoff).epoch == 4


def test_an_assessment_that_arrives_meanwhile_holds_nothing_up(handoff: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", meanwhile(lambda: assess(stream()[0])))

    release(handoff)

    assert now(handoff).assessment is not None
    assert now(handoff).status is HandoffStatus.UNCLAIMED


def test_whoever_does_not_hold_it_may_not_release_it(handoff: HandoffDetail) -> None:
    for by in (JANE, ALEX):
        with pytest.raises(Forbidden):
            release(handoff, by)


def test_a_repeat_after_another_claim_is_refused(handoff: HandoffDetail) -> None:
    release(handoff)
    claim(handoff, ALEX)

    with pytest.raises(Forbidden):
        release(handoff, SAM)

    assert session_of(handoff).holder == ALEX.person


def test_what_was_never_claimed_cannot_be_released(tables: None) -> None:
    with pytest.raises(InvalidState):
        release(escalated())


def test_what_was_passed_on_cannot_be_released(handoff: HandoffDetail) -> None:
    hand_off(handoff.session_id, by=SAM)

    with pytest.raises(InvalidState):
        release(handoff)


def test_a_resolution_that_slips_in_wins(handoff: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", meanwhile(lambda: resolve(handoff.session_id)))

    with pytest.raises(InvalidState):
        release(handoff)

    assert session_of(handoff).status is SessionStatus.RESOLVED


def test_a_handoff_that_keeps_changing_is_unavailable(handoff: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", *[cancel("None", "None", "ConditionalCheckFailed")] * ATTEMPTS)

    with pytest.raises(Unavailable):
        release(handoff)


@pytest.mark.parametrize(
    ("names", "by"),
    [({"id": ABSENT}, SAM), ({"session_id": ABSENT}, SAM), ({}, HANK)],
    ids=["id", "session", "account"],
)
def test_what_is_not_there_under_these_names_is_not_found(
    handoff: HandoffDetail, names: dict[str, str], by: Caller
) -> None:
    before = everything()

    with pytest.raises(NotFound):
        release(handoff.model_copy(update=names), by)

    assert everything() == before


@pytest.mark.parametrize("by", [JANE, ALEX, HANK], ids=lambda by: by.name)
def test_a_refused_release_changes_nothing(handoff: HandoffDetail, by: Caller) -> None:
    before = everything()

    with pytest.raises(DomainError):
        release(handoff, by)

    assert everything() == before
