"""The function behind the queue of due handoffs, given batches as Lambda gives them."""

import pytest

from chalicelib.contracts.due_share import MOST_IN_SHARE
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.store.rows.handoffs import HandoffRow
from tests.support.builders import ACME
from tests.support.due_handoffs_queue import DueHandoffsQueue
from tests.support.scenarios.actions import now
from tests.support.scenarios.due import share_of, step_due


@pytest.fixture
def queue(tables: None, monkeypatch: pytest.MonkeyPatch) -> DueHandoffsQueue:
    return DueHandoffsQueue(monkeypatch)


@pytest.fixture
def handoff(tables: None) -> HandoffDetail:
    return step_due()


def body(*handoffs: HandoffDetail) -> str:
    return share_of(*handoffs).model_dump_json()


def test_share_is_dealt_with_and_does_not_come_again(queue: DueHandoffsQueue, handoff: HandoffDetail) -> None:
    assert queue.work(body(handoff)) == []
    assert now(handoff).version == handoff.version + 1


def test_message_that_makes_no_sense_fails_alone(queue: DueHandoffsQueue, handoff: HandoffDetail) -> None:
    nonsense = ["", "{}", "[1]", '{"handoffs": []}', body(*[handoff] * MOST_IN_SHARE).replace("[", '[{"x": 1},')]

    assert queue.work(*nonsense, body(handoff)) == nonsense
    assert now(handoff).version == handoff.version + 1


def test_share_with_a_handoff_that_fails_comes_again_alone(queue: DueHandoffsQueue, handoff: HandoffDetail) -> None:
    other = step_due()
    HandoffRow(ACME, handoff.id).update([HandoffRow.priority.set("odd")])

    assert queue.work(body(handoff), body(other)) == [body(handoff)]
    assert now(other).version == other.version + 1


def test_share_comes_again_when_the_function_has_no_time_left(queue: DueHandoffsQueue, handoff: HandoffDetail) -> None:
    assert queue.work(body(handoff), remaining_ms=10_000) == [body(handoff)]
    assert now(handoff).version == handoff.version
