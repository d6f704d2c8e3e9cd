"""More is due than one run of the clock deals with itself: it is shared out through a queue."""

import sys
from itertools import islice

import pytest

from chalicelib.actions.clock.deal_with_share import deal_with_share
from chalicelib.actions.clock.run_clock import run_clock
from chalicelib.actions.notifications.announce_change import announce_change
from chalicelib.domain.events import EventType
from chalicelib.domain.handoff import Handoff, HandoffStatus
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.store import handoffs
from chalicelib.store.rows.handoffs import HandoffRow
from tests.support.builders import GINA, minute
from tests.support.due_handoffs_queue import DueHandoffsQueue
from tests.support.dynamodb.faults import meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import claim, now, stream
from tests.support.scenarios.due import DUE_AT, share_of, step_due
from tests.support.scenarios.store import everything

OWN = 2


@pytest.fixture
def queue(tables: None, monkeypatch: pytest.MonkeyPatch) -> DueHandoffsQueue:
    """The queue, and a clock that deals with two handoffs itself and shares the others out by threes."""
    module = sys.modules[run_clock.__module__]
    monkeypatch.setattr(module, "MOST_OF_ITS_OWN", OWN)
    monkeypatch.setattr(module, "MOST_IN_SHARE", 3)
    return DueHandoffsQueue(monkeypatch)


@pytest.fixture
def handoff(tables: None) -> HandoffDetail:
    return step_due()


def deal(*due: Handoff, at_minute: int = DUE_AT) -> bool:
    return deal_with_share(share_of(*due), at=minute(at_minute), is_time_left=lambda: True)


def level(handoff: Handoff) -> int | None:
    found = handoffs.find(handoff.account_id, handoff.id)
    return found.level if found else None


def test_few_due_handoffs_never_go_through_the_queue(queue: DueHandoffsQueue) -> None:
    due = [step_due() for _ in range(OWN)]

    ran = run_clock(at=minute(DUE_AT))

    assert (ran.due, ran.shared, ran.done) == (OWN, 0, {"step": OWN})
    assert ([level(one) for one in due], queue.take()) == ([1] * OWN, [])


@pytest.mark.usefixtures("topic")
def test_every_handoff_is_dealt_with_once_by_run_and_shares(queue: DueHandoffsQueue) -> None:
    due = [step_due() for _ in range(OWN + 4)]

    ran, shares = run_clock(at=minute(DUE_AT)), queue.take()
    assert (ran.due, ran.shared, ran.done) == (OWN + 4, 4, {"step": OWN})
    assert [len(share.handoffs) for share in shares] == [3, 1]
    assert all(deal_with_share(share, at=minute(DUE_AT), is_time_left=lambda: True) for share in shares)

    assert [level(one) for one in due] == [1] * len(due)
    told = [event.type for old, new in stream() for event in announce_change(old, new)]
    assert told.count(EventType.OVERDUE) == len(due)


def test_account_with_much_due_does_not_delay_another(queue: DueHandoffsQueue) -> None:
    for _ in range(OWN + 1):
        step_due()
    theirs = step_due(by=GINA)

    run_clock(at=minute(DUE_AT))

    assert level(theirs) == 1


def test_run_without_its_queue_deals_with_all_it_has_time_for(queue: DueHandoffsQueue) -> None:
    for _ in range(OWN + 3):
        step_due()
    queue.go_away()
    time_left = islice([True] * (OWN + 1) + [False] * 9, None)

    ran = run_clock(at=minute(DUE_AT), is_time_left=lambda: next(time_left))

    assert (ran.due, ran.shared, ran.done) == (OWN + 3, 0, {"step": OWN + 1})
    assert run_clock(at=minute(DUE_AT + 1)).done == {"step": 2}


def test_share_that_comes_twice_changes_nothing_twice(handoff: HandoffDetail) -> None:
    assert deal(handoff)
    after = everything()

    assert deal(handoff)
    assert everything() == after


def test_share_beside_the_next_run_tells_no_step_twice(handoff: HandoffDetail, recorder: Recorder) -> None:
    beside: list[dict[str, int]] = []
    recorder.tamper("UpdateItem", meanwhile(lambda: beside.append(run_clock(at=minute(DUE_AT + 1)).done)))

    assert deal(handoff)
    assert (beside, now(handoff).version) == ([{"step": 1}], handoff.version + 1)


def test_claim_that_comes_between_look_and_write_wins(handoff: HandoffDetail, recorder: Recorder) -> None:
    recorder.tamper("UpdateItem", meanwhile(lambda: claim(handoff, at_minute=DUE_AT)))

    assert deal(handoff)
    assert (now(handoff).status, level(handoff)) == (HandoffStatus.CLAIMED, 0)


def test_late_share_does_what_is_due_when_it_comes(handoff: HandoffDetail) -> None:
    assert deal(handoff, at_minute=DUE_AT + 10)
    assert level(handoff) == 2


def test_handoff_that_fails_holds_no_other_up_and_brings_its_share_again(handoff: HandoffDetail) -> None:
    other = step_due()
    HandoffRow(handoff.account_id, handoff.id).update([HandoffRow.priority.set("odd")])

    assert not deal(handoff, other)
    assert level(other) == 1
    HandoffRow(handoff.account_id, handoff.id).update([HandoffRow.priority.set("urgent")])
    assert deal(handoff, other)
    assert level(handoff) == 1


def test_share_without_time_is_left_as_it_is(handoff: HandoffDetail) -> None:
    before = everything()

    assert not deal_with_share(share_of(handoff), at=minute(DUE_AT), is_time_left=lambda: False)
    assert everything() == before


def test_share_of_a_handoff_that_is_gone_is_done(handoff: HandoffDetail) -> None:
    HandoffRow(handoff.account_id, handoff.id).delete()

    assert deal(handoff)
    assert HandoffRow.count(handoff.account_id) == 0


def test_step_costs_one_read_and_one_write_beside_what_the_account_costs(
    handoff: HandoffDetail, recorder: Recorder
) -> None:
    others = [step_due() for _ in range(9)]
    recorder.exchanges.clear()

    deal(handoff, *others)

    of_handoffs = [one.operation for one in recorder.exchanges if one.asked["TableName"].endswith("handoffs")]
    assert (of_handoffs.count("GetItem"), of_handoffs.count("UpdateItem"), len(of_handoffs)) == (10, 10, 20)
    of_people = [one for one in recorder.exchanges if one.asked["TableName"].endswith("engineers")]
    assert len(of_people) == 1
