from datetime import timedelta

import pytest

from chalicelib.domain.errors import InvalidState, StaleEpoch
from chalicelib.domain.events import EventType, events_between
from chalicelib.domain.handoff import HandoffStatus
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller
from chalicelib.domain.session import SessionStatus
from chalicelib.store import escalation_queue
from chalicelib.store.handoff_rows import handoff_in
from tests.support.builders import ALEX, JOE, SAM, minute
from tests.support.dynamodb.faults import lose_answer, meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import (
    claim,
    escalated,
    now,
    release,
    session_of,
    stream,
    try_step,
    undo,
    withdraw,
)
from tests.support.scenarios.store import everything


def queue_of(by: Caller) -> list[str]:
    return [
        item.handoff_id for item in escalation_queue.list_queue(by.account_id, by.person, PageRequest(25, None)).items
    ]


def test_undone_claim_waits_again_and_nobody_holds_the_session(handoff: HandoffDetail) -> None:
    receipt = undo(handoff, SAM)

    session = session_of(handoff)
    assert (session.holder, session.status, session.open_handoff_id) == (None, SessionStatus.ESCALATED, handoff.id)
    assert receipt == now(handoff).receipt
    assert (receipt.status, receipt.claimed_by, receipt.claimed_at) == (HandoffStatus.UNCLAIMED, None, None)
    assert now(handoff).claim_epoch == session.epoch == 4


def test_undone_claim_is_at_its_former_place_in_the_queue(tables: None) -> None:
    cases = [escalated(at_minute=10), escalated(at_minute=11), escalated(at_minute=12)]
    before = queue_of(ALEX)
    claim(cases[1], SAM)

    undo(cases[1], SAM)

    assert queue_of(ALEX) == before == [case.id for case in cases]


def test_undone_claim_is_planned_again_at_once(handoff: HandoffDetail) -> None:
    undo(handoff, SAM, after_s=4)

    assert now(handoff).due_at == minute(20) + timedelta(seconds=4)


def test_undone_claim_of_what_was_parked_is_parked_again(tables: None) -> None:
    parked = escalated(intent="park")
    claim(parked, JOE)

    undo(parked, JOE)

    assert session_of(parked).status is SessionStatus.PARKED
    assert queue_of(ALEX) == []


def test_undo_says_what_it_was(handoff: HandoffDetail) -> None:
    undo(handoff, SAM)

    old, new = stream()[-1]
    assert old
    assert [event.type for event in events_between(handoff_in(old), handoff_in(new))] == [EventType.CLAIM_UNDONE]


def test_release_is_no_undo(handoff: HandoffDetail) -> None:
    release(handoff)

    old, new = stream()[-1]
    assert old
    assert [event.type for event in events_between(handoff_in(old), handoff_in(new))] == [EventType.RELEASED]


def test_undone_claim_is_claimed_by_another(handoff: HandoffDetail) -> None:
    undo(handoff, SAM)

    assert claim(handoff, ALEX, at_minute=21, epoch=4).claimed_by == ALEX.person
    assert session_of(handoff).epoch == 5


def test_late_repeat_of_the_undone_claim_claims_nothing(tables: None) -> None:
    handoff = escalated()
    claim(handoff, SAM, epoch=2)
    undo(handoff, SAM)

    with pytest.raises(StaleEpoch):
        claim(handoff, SAM, epoch=2)

    assert now(handoff).status is HandoffStatus.UNCLAIMED


@pytest.mark.parametrize("epoch", [None, 3])
def test_repeat_of_an_undo_gives_the_same_receipt(handoff: HandoffDetail, epoch: int | None) -> None:
    first = undo(handoff, SAM, epoch=epoch)
    before = everything()

    assert undo(handoff, SAM, after_s=3600, epoch=epoch) == first
    assert everything() == before


def test_lost_answer_of_an_undo_is_one_undo(handoff: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("TransactWriteItems", lose_answer)

    receipt = undo(handoff, SAM)

    assert receipt == now(handoff).receipt
    assert (session_of(handoff).epoch, now(handoff).version) == (4, 3)


def test_undo_is_possible_for_ten_seconds(handoff: HandoffDetail) -> None:
    assert undo(handoff, SAM, after_s=10).status is HandoffStatus.UNCLAIMED


def test_undo_after_a_turn_at_an_earlier_epoch_is_possible(tables: None) -> None:
    handoff = escalated()
    claim(handoff, SAM)
    try_step(handoff.session_id, by=SAM, epoch=3)
    release(handoff)
    claim(handoff, SAM, at_minute=30)

    receipt = undo(handoff, SAM, since_minute=30)

    assert receipt.status is HandoffStatus.UNCLAIMED


def test_turn_that_comes_in_between_is_kept_and_refuses_the_undo(handoff: HandoffDetail, recorder: Recorder) -> None:
    before = session_of(handoff).turn_count
    recorder.tamper("TransactWriteItems", meanwhile(lambda: try_step(handoff.session_id, by=SAM, epoch=3)))

    with pytest.raises(InvalidState, match="You have written"):
        undo(handoff, SAM)

    assert (now(handoff).status, session_of(handoff).turn_count) == (HandoffStatus.CLAIMED, before + 1)


def test_withdrawal_after_an_undo_succeeds(handoff: HandoffDetail) -> None:
    undo(handoff, SAM)

    assert withdraw(handoff).status is HandoffStatus.WITHDRAWN
