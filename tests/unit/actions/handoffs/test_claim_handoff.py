import pytest

from chalicelib.domain.errors import AlreadyClaimed, DomainError, Forbidden, InvalidState, NotFound, OwnHandoff
from chalicelib.domain.handoff import HandoffStatus
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.people import Caller
from chalicelib.domain.session import SessionStatus
from tests.support.actions_scenarios import claim, escalated, hand_off, now, release, resolve, session_of, withdraw
from tests.support.builders import ALEX, HANK, JANE, JOE, OLGA, SAM, VIC, a_caller, minute
from tests.support.dynamodb.recorder import Recorder, cancel, lose_answer, meanwhile
from tests.support.store_scenarios import everything

JANE_AS_SENIOR = a_caller("Jane", SAM.role)
ABSENT = "019ab000-0000-7000-8000-0000000000ff"


@pytest.fixture
def handoff(tables: None) -> HandoffDetail:
    return escalated()


def test_the_winner_holds_the_session_and_has_a_receipt(handoff: HandoffDetail) -> None:
    receipt = claim(handoff, SAM)

    session = session_of(handoff)
    assert (session.holder, session.escalated_to, session.status) == (SAM.person, SAM.person, SessionStatus.ACTIVE)
    assert receipt == now(handoff).receipt
    assert (receipt.claimed_by, receipt.claimed_at) == (SAM.person, minute(20))


@pytest.mark.parametrize("by", [ALEX, OLGA])
def test_the_second_is_told_who_won_and_when(handoff: HandoffDetail, by: Caller) -> None:
    claim(handoff, SAM)

    with pytest.raises(AlreadyClaimed) as refusal:
        claim(handoff, by, at_minute=21)

    assert (refusal.value.claimed_by, refusal.value.claimed_at) == (SAM.person, minute(20))
    assert session_of(handoff).holder == SAM.person


def test_whoever_is_overtaken_at_the_last_moment_is_told_who_won(handoff: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", meanwhile(lambda: claim(handoff, ALEX)))

    with pytest.raises(AlreadyClaimed) as refusal:
        claim(handoff, SAM, at_minute=21)

    assert refusal.value.claimed_by == ALEX.person


def test_whoever_runs_into_the_winners_transaction_is_told_who_won(handoff: HandoffDetail, recorder: Recorder) -> None:
    """DynamoDB answers so when the winner's change has reached the session and is about to reach the handoff."""
    claim(handoff, ALEX)
    recorder.tamper("TransactWriteItems", cancel("TransactionConflict", "ConditionalCheckFailed"))

    with pytest.raises(AlreadyClaimed) as refusal:
        claim(handoff, SAM, at_minute=21)

    assert refusal.value.claimed_by == ALEX.person


def test_whoever_runs_into_the_winners_transaction_looks_before_trying_again(
    handoff: HandoffDetail, recorder: Recorder
) -> None:
    claim(handoff, ALEX)
    recorder.exchanges.clear()
    recorder.tamper("TransactWriteItems", cancel("TransactionConflict", "None"))

    with pytest.raises(AlreadyClaimed):
        claim(handoff, SAM, at_minute=21)

    assert recorder.operations == ["TransactWriteItems", "GetItem"]


def test_whoever_runs_into_a_transaction_that_changes_nothing_claims_after_it(
    handoff: HandoffDetail, recorder: Recorder
) -> None:
    recorder.tamper("TransactWriteItems", cancel("TransactionConflict", "None"))

    assert claim(handoff, SAM) == now(handoff).receipt


def test_a_repeat_after_a_lost_answer_gives_the_same_receipt(handoff: HandoffDetail) -> None:
    first = claim(handoff, SAM)

    assert claim(handoff, SAM, at_minute=21) == first
    assert (session_of(handoff).epoch, now(handoff).version) == (3, 2)


def test_an_answer_lost_between_us_and_dynamodb_is_one_claim(handoff: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", lose_answer)

    receipt = claim(handoff, SAM)

    assert receipt == now(handoff).receipt
    assert (session_of(handoff).epoch, now(handoff).version) == (3, 2)


def test_the_sender_is_refused_whatever_their_role(handoff: HandoffDetail) -> None:
    for by in (JANE, JANE_AS_SENIOR):
        with pytest.raises(OwnHandoff):
            claim(handoff, by)


def test_the_sender_is_refused_after_somebody_else_won_too(handoff: HandoffDetail) -> None:
    claim(handoff, SAM)

    with pytest.raises(OwnHandoff):
        claim(handoff, JANE_AS_SENIOR)


def test_an_engineer_is_refused(handoff: HandoffDetail) -> None:
    with pytest.raises(Forbidden):
        claim(handoff, JOE)


@pytest.mark.parametrize("by", [JANE, JOE, SAM])
def test_anybody_who_works_may_resume_what_was_parked(tables: None, by: Caller) -> None:
    handoff = escalated(intent="park")

    claim(handoff, by)

    assert session_of(handoff).holder == by.person


def test_a_viewer_resumes_nothing(tables: None) -> None:
    parked = escalated(intent="park")
    before = everything()

    with pytest.raises(Forbidden):
        claim(parked, by=VIC)

    assert everything() == before


def test_two_who_resume_what_was_parked_end_with_one(tables: None) -> None:
    handoff = escalated(intent="park")
    claim(handoff, JANE)

    with pytest.raises(AlreadyClaimed):
        claim(handoff, JOE)


def test_what_was_withdrawn_is_not_to_be_had(handoff: HandoffDetail) -> None:
    withdraw(handoff)

    with pytest.raises(InvalidState) as refusal:
        claim(handoff, SAM)

    assert refusal.value.status == HandoffStatus.WITHDRAWN


def test_what_was_passed_on_is_not_to_be_had(handoff: HandoffDetail) -> None:
    claim(handoff, SAM)
    second = hand_off(handoff.session_id, by=SAM)

    with pytest.raises(InvalidState):
        claim(handoff, ALEX)
    assert claim(second, ALEX).claimed_by == ALEX.person


def test_what_was_resolved_is_not_to_be_had(handoff: HandoffDetail) -> None:
    claim(handoff, SAM)
    resolve(handoff.session_id)

    with pytest.raises(InvalidState):
        claim(handoff, ALEX)


def test_what_was_released_is_to_be_had_again_by_the_same_or_another(handoff: HandoffDetail) -> None:
    claim(handoff, SAM)
    release(handoff)
    claim(handoff, SAM, at_minute=30)
    release(handoff)

    assert claim(handoff, ALEX, at_minute=40).claimed_by == ALEX.person
    assert session_of(handoff).epoch == now(handoff).claim_epoch == 7


@pytest.mark.parametrize(
    ("names", "by"),
    [({"id": ABSENT}, SAM), ({"session_id": ABSENT}, SAM), ({"id": ABSENT, "session_id": ABSENT}, SAM), ({}, HANK)],
    ids=["handoff", "session", "both", "account"],
)
def test_what_is_not_there_under_these_names_is_not_found(
    handoff: HandoffDetail, names: dict[str, str], by: Caller
) -> None:
    before = everything()

    with pytest.raises(NotFound):
        claim(handoff.model_copy(update=names), by)

    assert everything() == before


def test_a_handoff_is_not_claimed_through_another_session(handoff: HandoffDetail) -> None:
    other = escalated()

    with pytest.raises(NotFound):
        claim(handoff.model_copy(update={"session_id": other.session_id}), SAM)

    assert now(handoff).status is now(other).status is HandoffStatus.UNCLAIMED


@pytest.mark.parametrize("by", [JANE, JOE, JANE_AS_SENIOR, HANK], ids=lambda by: f"{by.name}-{by.role}")
def test_a_refused_claim_changes_nothing(handoff: HandoffDetail, by: Caller) -> None:
    before = everything()

    with pytest.raises(DomainError):
        claim(handoff, by)

    assert everything() == before
