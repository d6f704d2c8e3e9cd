import pytest

from chalicelib.domain.errors import AlreadyClaimed, DomainError, Forbidden, InvalidState, NotFound
from chalicelib.domain.handoff import HandoffStatus
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.people import Caller
from chalicelib.domain.session import SessionStatus
from tests.support.actions_scenarios import claim, escalated, hand_off, now, release, resolve, session_of, withdraw
from tests.support.builders import GINA, JANE, JOE, SAM
from tests.support.dynamodb.recorder import Recorder, lose_answer, meanwhile
from tests.support.store_scenarios import everything

ABSENT = "019ab000-0000-7000-8000-0000000000ff"


@pytest.fixture
def handoff(tables: None) -> HandoffDetail:
    return escalated()


def test_the_sender_holds_the_session_again(handoff: HandoffDetail) -> None:
    receipt = withdraw(handoff)

    session = session_of(handoff)
    assert (session.status, session.holder, session.open_handoff_id) == (SessionStatus.ACTIVE, JANE.person, None)
    assert receipt == now(handoff).receipt
    assert receipt.status is HandoffStatus.WITHDRAWN


def test_the_session_can_be_handed_off_anew(handoff: HandoffDetail) -> None:
    withdraw(handoff)

    second = hand_off(handoff.session_id)

    assert claim(second, SAM).handoff_id == second.id


def test_a_repeat_after_a_lost_answer_gives_the_same_receipt(handoff: HandoffDetail) -> None:
    first = withdraw(handoff)

    assert withdraw(handoff) == first
    assert (session_of(handoff).epoch, now(handoff).version) == (3, 2)


def test_an_answer_lost_between_us_and_dynamodb_is_one_withdrawal(handoff: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", lose_answer)

    assert withdraw(handoff) == now(handoff).receipt
    assert session_of(handoff).epoch == 3


def test_a_repeat_after_a_second_handoff_tells_of_the_first(handoff: HandoffDetail) -> None:
    first = withdraw(handoff)
    hand_off(handoff.session_id)

    assert withdraw(handoff) == first
    assert session_of(handoff).status is SessionStatus.ESCALATED


def test_whoever_comes_after_the_claim_is_told_who_has_it(handoff: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", meanwhile(lambda: claim(handoff, SAM)))

    with pytest.raises(AlreadyClaimed) as refusal:
        withdraw(handoff)

    assert refusal.value.claimed_by == SAM.person


def test_what_came_back_by_a_release_can_be_withdrawn(handoff: HandoffDetail) -> None:
    claim(handoff, SAM)
    release(handoff)

    withdraw(handoff)

    assert session_of(handoff).holder == JANE.person


@pytest.mark.parametrize("by", [JOE, SAM], ids=lambda by: by.name)
def test_nobody_else_withdraws(handoff: HandoffDetail, by: Caller) -> None:
    with pytest.raises(Forbidden):
        withdraw(handoff, by)


def test_what_is_resolved_cannot_be_withdrawn(handoff: HandoffDetail) -> None:
    claim(handoff, SAM)
    resolve(handoff.session_id)

    with pytest.raises(InvalidState):
        withdraw(handoff)


@pytest.mark.parametrize(
    ("names", "by"),
    [({"id": ABSENT}, JANE), ({"session_id": ABSENT}, JANE), ({}, GINA)],
    ids=["id", "session", "account"],
)
def test_what_is_not_there_under_these_names_is_not_found(
    handoff: HandoffDetail, names: dict[str, str], by: Caller
) -> None:
    before = everything()

    with pytest.raises(NotFound):
        withdraw(handoff.model_copy(update=names), by)

    assert everything() == before


@pytest.mark.parametrize("by", [JOE, SAM, GINA], ids=lambda by: by.name)
def test_a_refused_withdrawal_changes_nothing(handoff: HandoffDetail, by: Caller) -> None:
    before = everything()

    with pytest.raises(DomainError):
        withdraw(handoff, by)

    assert everything() == before
