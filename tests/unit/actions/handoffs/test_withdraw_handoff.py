import pytest

from chalicelib.actions.assessments.request_assessment import request_assessment
from chalicelib.domain.errors import AlreadyClaimed, Forbidden, InvalidState
from chalicelib.domain.handoff import HandoffStatus
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.people import Caller
from chalicelib.domain.session import SessionStatus
from tests.support.builders import ALEX, JANE, JOE, SAM, minute
from tests.support.dynamodb.faults import lose_answer, meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import claim, escalated, hand_off, now, release, resolve, session_of, withdraw


@pytest.fixture
def handoff(tables: None) -> HandoffDetail:
    return escalated()


def test_sender_holds_the_session_again(handoff: HandoffDetail) -> None:
    receipt = withdraw(handoff)

    session = session_of(handoff)
    assert (session.status, session.holder, session.open_handoff_id) == (SessionStatus.ACTIVE, JANE.person, None)
    assert receipt == now(handoff).receipt
    assert receipt.status is HandoffStatus.WITHDRAWN


def test_withdrawn_session_can_be_handed_off_again(handoff: HandoffDetail) -> None:
    withdraw(handoff)

    second = hand_off(handoff.session_id)

    assert claim(second, SAM).handoff_id == second.id


def test_repeat_after_a_lost_answer_gives_the_same_receipt(handoff: HandoffDetail) -> None:
    first = withdraw(handoff)

    assert withdraw(handoff) == first
    assert (session_of(handoff).epoch, now(handoff).version) == (3, 2)


def test_repeat_after_the_assessment_was_asked_for_again_gives_the_same_receipt(handoff: HandoffDetail) -> None:
    first = withdraw(handoff)
    request_assessment(handoff.session_id, handoff.id, by=JOE, at=minute(5))

    assert withdraw(handoff) == first
    assert now(handoff).actor == JOE.person


def test_answer_lost_between_us_and_dynamodb_is_one_withdrawal(handoff: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", lose_answer)

    assert withdraw(handoff) == now(handoff).receipt
    assert session_of(handoff).epoch == 3


def test_repeat_after_a_second_handoff_tells_of_the_first(handoff: HandoffDetail) -> None:
    first = withdraw(handoff)
    hand_off(handoff.session_id)

    assert withdraw(handoff) == first
    assert session_of(handoff).status is SessionStatus.ESCALATED


def test_withdrawal_overtaken_by_a_claim_names_the_claimer(handoff: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", meanwhile(lambda: claim(handoff, SAM)))

    with pytest.raises(AlreadyClaimed) as refusal:
        withdraw(handoff)

    assert refusal.value.claimed_by == SAM.person


def test_owner_who_did_not_hand_it_off_is_told_who_has_claimed_it(handoff: HandoffDetail) -> None:
    claim(handoff, SAM)
    passed_on = hand_off(handoff.session_id, by=SAM)
    claim(passed_on, ALEX)

    with pytest.raises(AlreadyClaimed) as refusal:
        withdraw(passed_on, JANE)

    assert refusal.value.claimed_by == ALEX.person


def test_released_handoff_can_be_withdrawn(handoff: HandoffDetail) -> None:
    claim(handoff, SAM)
    release(handoff)

    withdraw(handoff)

    assert session_of(handoff).holder == JANE.person


@pytest.mark.parametrize("by", [JOE, SAM], ids=lambda by: by.name)
def test_withdrawal_by_another_person_is_forbidden(handoff: HandoffDetail, by: Caller) -> None:
    with pytest.raises(Forbidden):
        withdraw(handoff, by)


def test_resolved_handoff_cannot_be_withdrawn(handoff: HandoffDetail) -> None:
    claim(handoff, SAM)
    resolve(handoff.session_id)

    with pytest.raises(InvalidState):
        withdraw(handoff)
