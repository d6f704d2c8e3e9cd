from collections.abc import Callable

import pytest

from chalicelib.domain.errors import AlreadyClaimed, DomainError, Forbidden, InvalidState, NotFound, StaleEpoch
from chalicelib.domain.handoff import HandoffStatus
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.people import Caller
from tests.support.builders import ABSENT, ALEX, HANK, JANE, OLGA, SAM
from tests.support.dynamodb.faults import cancel, meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import (
    claim,
    escalated,
    hand_off,
    now,
    release,
    resolve,
    session_of,
    try_step,
    undo,
)
from tests.support.scenarios.store import everything


def test_undo_is_refused_when_another_has_claimed_since(handoff: HandoffDetail) -> None:
    undo(handoff, SAM)
    claim(handoff, ALEX, at_minute=21)

    with pytest.raises(Forbidden):
        undo(handoff, SAM)


def test_repeat_of_an_undo_is_refused_after_another_claimed_and_released(handoff: HandoffDetail) -> None:
    undo(handoff, SAM)
    claim(handoff, ALEX, at_minute=21)
    release(handoff, ALEX)

    with pytest.raises(InvalidState):
        undo(handoff, SAM)


def test_late_undo_of_an_earlier_claim_leaves_the_later_one(handoff: HandoffDetail) -> None:
    undo(handoff, SAM, epoch=3)
    claim(handoff, SAM, epoch=4)

    with pytest.raises(StaleEpoch) as refusal:
        undo(handoff, SAM, epoch=3)

    assert refusal.value.current_epoch == 5
    assert session_of(handoff).holder == SAM.person


@pytest.mark.parametrize("by", [ALEX, JANE, OLGA])
def test_nobody_but_the_claimer_undoes(handoff: HandoffDetail, by: Caller) -> None:
    before = everything()

    with pytest.raises(Forbidden):
        undo(handoff, by)

    assert everything() == before


@pytest.mark.parametrize("epoch", [2, 4])
def test_undo_at_another_epoch_is_refused(handoff: HandoffDetail, epoch: int) -> None:
    before = everything()

    with pytest.raises(StaleEpoch) as refusal:
        undo(handoff, SAM, epoch=epoch)

    assert refusal.value.current_epoch == 3
    assert everything() == before


def test_undo_after_ten_seconds_is_refused(handoff: HandoffDetail) -> None:
    before = everything()

    with pytest.raises(InvalidState, match="for 10 seconds"):
        undo(handoff, SAM, after_s=10.001)

    assert everything() == before


def test_undo_that_runs_into_another_transaction_makes_no_try_after_ten_seconds(
    handoff: HandoffDetail, recorder: Recorder
) -> None:
    recorder.tamper("TransactWriteItems", cancel("TransactionConflict", "None"))

    with pytest.raises(InvalidState, match="for 10 seconds"):
        undo(handoff, SAM, after_s=9.5, step_s=1)

    assert now(handoff).status is HandoffStatus.CLAIMED


def test_undo_after_a_turn_of_the_claimers_is_refused(handoff: HandoffDetail) -> None:
    try_step(handoff.session_id, by=SAM, epoch=3)
    before = everything()

    with pytest.raises(InvalidState, match="You have written"):
        undo(handoff, SAM)

    assert everything() == before


def test_turn_at_the_undone_epoch_is_refused(handoff: HandoffDetail) -> None:
    undo(handoff, SAM)

    with pytest.raises(StaleEpoch):
        try_step(handoff.session_id, by=SAM, epoch=3)


ENDED: list[Callable[[HandoffDetail], object]] = [
    release,
    lambda handoff: resolve(handoff.session_id),
    lambda handoff: hand_off(handoff.session_id, by=SAM),
]


@pytest.mark.parametrize("end", ENDED, ids=["released", "resolved", "passed on"])
def test_undo_of_what_is_no_longer_held_is_refused(
    handoff: HandoffDetail, end: Callable[[HandoffDetail], object]
) -> None:
    end(handoff)
    before = everything()

    with pytest.raises(InvalidState):
        undo(handoff, SAM)

    assert everything() == before


def test_claim_that_came_first_is_not_undone(handoff: HandoffDetail, recorder: Recorder) -> None:
    def release_and_claim() -> None:
        release(handoff)
        claim(handoff, ALEX, at_minute=26)

    recorder.tamper("TransactWriteItems", meanwhile(release_and_claim))

    with pytest.raises(Forbidden):
        undo(handoff, SAM)
    with pytest.raises(AlreadyClaimed):
        claim(handoff, SAM)


@pytest.mark.parametrize(
    ("names", "by"),
    [({"id": ABSENT}, SAM), ({"session_id": ABSENT}, SAM), ({}, HANK)],
    ids=["handoff", "session", "account"],
)
def test_undo_of_what_is_not_there_is_not_found(handoff: HandoffDetail, names: dict[str, str], by: Caller) -> None:
    before = everything()

    with pytest.raises(NotFound):
        undo(handoff.model_copy(update=names), by)

    assert everything() == before


def test_undo_of_what_nobody_has_claimed_is_refused(tables: None) -> None:
    with pytest.raises(DomainError) as refusal:
        undo(escalated(), SAM)

    assert isinstance(refusal.value, InvalidState)
