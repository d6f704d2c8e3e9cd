import pytest

from chalicelib.domain.errors import (
    AlreadyClaimed,
    Forbidden,
    InvalidState,
    NotFound,
    OwnHandoff,
    StaleEpoch,
)
from chalicelib.domain.handoff import HandoffStatus
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.people import Caller
from chalicelib.domain.session import SessionStatus
from tests.support.builders import ALEX, JANE, JOE, OLGA, SAM, VIC, a_caller, minute
from tests.support.dynamodb.faults import cancel, lose_answer, meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import claim, escalated, hand_off, now, release, resolve, session_of, withdraw
from tests.support.scenarios.store import everything

JANE_AS_SENIOR = a_caller("Jane", SAM.role)


@pytest.fixture
def handoff(tables: None) -> HandoffDetail:
    return escalated()


def test_winner_holds_the_session_and_has_a_receipt(handoff: HandoffDetail) -> None:
    receipt = claim(handoff, SAM)

    session = session_of(handoff)
    assert (session.holder, session.escalated_to, session.status) == (SAM.person, SAM.person, SessionStatus.ACTIVE)
    assert receipt == now(handoff).receipt
    assert (receipt.claimed_by, receipt.claimed_at) == (SAM.person, minute(20))


@pytest.mark.parametrize("by", [ALEX, OLGA])
def test_second_claim_names_the_winner_and_the_time(handoff: HandoffDetail, by: Caller) -> None:
    claim(handoff, SAM)

    with pytest.raises(AlreadyClaimed) as refusal:
        claim(handoff, by, at_minute=21)

    assert (refusal.value.claimed_by, refusal.value.claimed_at) == (SAM.person, minute(20))
    assert session_of(handoff).holder == SAM.person


def test_claim_overtaken_before_its_write_names_the_winner(handoff: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", meanwhile(lambda: claim(handoff, ALEX)))

    with pytest.raises(AlreadyClaimed) as refusal:
        claim(handoff, SAM, at_minute=21)

    assert refusal.value.claimed_by == ALEX.person


def test_claim_that_meets_the_winners_transaction_names_the_winner(handoff: HandoffDetail, recorder: Recorder) -> None:
    """DynamoDB answers so when the winner's change has reached the session and is about to reach the handoff."""
    claim(handoff, ALEX)
    recorder.tamper("TransactWriteItems", cancel("TransactionConflict", "ConditionalCheckFailed"))

    with pytest.raises(AlreadyClaimed) as refusal:
        claim(handoff, SAM, at_minute=21)

    assert refusal.value.claimed_by == ALEX.person


def test_claim_that_meets_the_winners_transaction_reads_before_it_retries(
    handoff: HandoffDetail, recorder: Recorder
) -> None:
    claim(handoff, ALEX)
    recorder.exchanges.clear()
    recorder.tamper("TransactWriteItems", cancel("TransactionConflict", "None"))

    with pytest.raises(AlreadyClaimed):
        claim(handoff, SAM, at_minute=21)

    assert recorder.operations == ["TransactWriteItems", "GetItem"]


def test_claim_succeeds_after_a_conflict_that_changed_nothing(handoff: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", cancel("TransactionConflict", "None"))

    assert claim(handoff, SAM) == now(handoff).receipt


def test_repeat_after_a_lost_answer_gives_the_same_receipt(handoff: HandoffDetail) -> None:
    first = claim(handoff, SAM)

    assert claim(handoff, SAM, at_minute=21) == first
    assert (session_of(handoff).epoch, now(handoff).version) == (3, 2)


def test_answer_lost_between_us_and_dynamodb_is_one_claim(handoff: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", lose_answer)

    receipt = claim(handoff, SAM)

    assert receipt == now(handoff).receipt
    assert (session_of(handoff).epoch, now(handoff).version) == (3, 2)


def test_sender_is_refused_whatever_their_role(handoff: HandoffDetail) -> None:
    for by in (JANE, JANE_AS_SENIOR):
        with pytest.raises(OwnHandoff):
            claim(handoff, by)


def test_sender_is_refused_after_somebody_else_won_too(handoff: HandoffDetail) -> None:
    claim(handoff, SAM)

    with pytest.raises(OwnHandoff):
        claim(handoff, JANE_AS_SENIOR)


def test_engineer_is_refused(handoff: HandoffDetail) -> None:
    with pytest.raises(Forbidden):
        claim(handoff, JOE)


@pytest.mark.parametrize("by", [JANE, JOE, SAM])
def test_parked_session_can_be_resumed_by_any_engineer(tables: None, by: Caller) -> None:
    handoff = escalated(intent="park")

    claim(handoff, by)

    assert session_of(handoff).holder == by.person


def test_viewer_resumes_nothing(tables: None) -> None:
    parked = escalated(intent="park")
    before = everything()

    with pytest.raises(Forbidden):
        claim(parked, by=VIC)

    assert everything() == before


def test_parked_session_is_resumed_once(tables: None) -> None:
    handoff = escalated(intent="park")
    claim(handoff, JANE)

    with pytest.raises(AlreadyClaimed):
        claim(handoff, JOE)


def test_withdrawn_handoff_cannot_be_claimed(handoff: HandoffDetail) -> None:
    withdraw(handoff)

    with pytest.raises(InvalidState) as refusal:
        claim(handoff, SAM)

    assert refusal.value.status == HandoffStatus.WITHDRAWN


def test_passed_on_handoff_cannot_be_claimed(handoff: HandoffDetail) -> None:
    claim(handoff, SAM)
    second = hand_off(handoff.session_id, by=SAM)

    with pytest.raises(InvalidState):
        claim(handoff, ALEX)
    assert claim(second, ALEX).claimed_by == ALEX.person


def test_resolved_handoff_cannot_be_claimed(handoff: HandoffDetail) -> None:
    claim(handoff, SAM)
    resolve(handoff.session_id)

    with pytest.raises(InvalidState):
        claim(handoff, ALEX)


def test_released_handoff_can_be_claimed_again_by_anyone(handoff: HandoffDetail) -> None:
    claim(handoff, SAM)
    release(handoff)
    claim(handoff, SAM, at_minute=30)
    release(handoff)

    assert claim(handoff, ALEX, at_minute=40).claimed_by == ALEX.person
    assert session_of(handoff).epoch == now(handoff).claim_epoch == 7


def test_claim_at_the_epoch_shown_wins(handoff: HandoffDetail) -> None:
    receipt = claim(handoff, SAM, epoch=2)

    assert receipt == now(handoff).receipt
    assert now(handoff).claim_epoch == session_of(handoff).epoch == 3


@pytest.mark.parametrize("epoch", [1, 3])
def test_claim_at_another_epoch_is_refused_and_changes_nothing(handoff: HandoffDetail, epoch: int) -> None:
    before = everything()

    with pytest.raises(StaleEpoch) as refusal:
        claim(handoff, SAM, epoch=epoch)

    assert refusal.value.current_epoch == 2
    assert everything() == before


def test_repeat_of_a_claim_at_its_epoch_gives_the_same_receipt(handoff: HandoffDetail) -> None:
    first = claim(handoff, SAM, epoch=2)

    assert claim(handoff, SAM, at_minute=21, epoch=2) == first
    assert (session_of(handoff).epoch, now(handoff).version) == (3, 2)


def test_lost_answer_of_a_claim_at_its_epoch_is_one_claim(handoff: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", lose_answer)

    receipt = claim(handoff, SAM, epoch=2)

    assert receipt == now(handoff).receipt
    assert (session_of(handoff).epoch, now(handoff).version) == (3, 2)


def test_late_repeat_of_a_claim_that_was_released_claims_nothing(handoff: HandoffDetail) -> None:
    claim(handoff, SAM, epoch=2)
    release(handoff)
    before = everything()

    with pytest.raises(StaleEpoch) as refusal:
        claim(handoff, SAM, at_minute=30, epoch=2)

    assert refusal.value.current_epoch == 4
    assert everything() == before


def test_late_repeat_of_a_claim_does_not_pass_for_a_later_one(handoff: HandoffDetail) -> None:
    claim(handoff, SAM, epoch=2)
    release(handoff)
    claim(handoff, SAM, at_minute=30, epoch=4)

    with pytest.raises(StaleEpoch) as refusal:
        claim(handoff, SAM, at_minute=31, epoch=2)

    assert refusal.value.current_epoch == 5


def test_late_repeat_of_a_claim_is_told_who_has_it_now(handoff: HandoffDetail) -> None:
    claim(handoff, SAM, epoch=2)
    release(handoff)
    claim(handoff, ALEX, at_minute=30, epoch=4)

    with pytest.raises(AlreadyClaimed) as refusal:
        claim(handoff, SAM, at_minute=31, epoch=2)

    assert refusal.value.claimed_by == ALEX.person


def test_handoff_is_not_claimed_through_another_session(handoff: HandoffDetail) -> None:
    other = escalated()

    with pytest.raises(NotFound):
        claim(handoff.model_copy(update={"session_id": other.session_id}), SAM)

    assert now(handoff).status is now(other).status is HandoffStatus.UNCLAIMED
