"""How many wait, and the reader's own among them, whatever page of the queue is read."""

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from chalicelib.domain.errors import InvalidRequest
from chalicelib.domain.handoff import Priority
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller
from chalicelib.store import escalation_queue
from chalicelib.store.cursors import encode_cursor
from chalicelib.store.escalation_queue import QueuePage
from chalicelib.store.rows.handoffs import HandoffRow
from tests.support.builders import ACME, JANE, JOE, SAM, a_handoff, a_snapshot, minute
from tests.support.dynamodb.stream_records import row_of
from tests.support.tables import empty_tables


def put_waiting(count: int, by: Caller = JANE, priority: Priority = Priority.NORMAL) -> list[str]:
    """Waiting escalations of `by`, each a minute younger than the one before."""
    ids = [f"{by.id}-{priority}-{number:04}" for number in range(count)]
    shared = {"sender": by.person, "priority": priority, "snapshot": a_snapshot(steps=(), messages=())}
    with HandoffRow.batch_write() as batch:
        for number, handoff_id in enumerate(ids):
            batch.save(row_of(a_handoff(id=handoff_id, created_at=minute(number), **shared)))
    return ids


def queue_of(by: Caller, limit: int = 25, cursor: str | None = None) -> QueuePage:
    return escalation_queue.list_queue(ACME, by.person, PageRequest(limit, cursor))


def test_own_escalations_stand_apart_and_are_counted(tables: None) -> None:
    put_waiting(2)
    mine = put_waiting(1, SAM)

    page = queue_of(SAM)

    assert (len(page.items), page.total) == (2, 3)
    assert [item.handoff_id for item in page.own] == mine


def test_total_is_the_same_for_everybody(tables: None) -> None:
    put_waiting(3)
    put_waiting(2, SAM)

    assert [queue_of(by).total for by in (JANE, SAM, JOE)] == [5, 5, 5]


def test_own_escalation_behind_a_full_page_is_found(tables: None) -> None:
    put_waiting(30, priority=Priority.URGENT)
    mine = put_waiting(1, SAM, Priority.LOW)

    page = queue_of(SAM, limit=10)

    assert ([item.handoff_id for item in page.own], page.total, len(page.items)) == (mine, 31, 10)


def test_later_page_repeats_the_total_and_leaves_out_the_own(tables: None) -> None:
    put_waiting(12)
    put_waiting(1, SAM)
    first = queue_of(SAM, limit=10)

    second = queue_of(SAM, limit=10, cursor=first.next_cursor)

    assert (second.total, second.own) == (13, [])


def test_more_than_a_thousand_are_counted_as_a_thousand(tables: None) -> None:
    put_waiting(1_010)

    assert queue_of(JOE, limit=10).total == 1_000


@pytest.mark.parametrize("total", [-1, None, "many", 10**15])
def test_cursor_with_a_forged_total_is_refused(tables: None, total: int | str | None) -> None:
    with pytest.raises(InvalidRequest):
        queue_of(SAM, cursor=encode_cursor("1#2026", "x", total))


@settings(max_examples=15, phases=[Phase.generate])
@given(st.lists(st.sampled_from([JANE, SAM, JOE]), max_size=8), st.integers(1, 5))
def test_total_is_what_others_and_oneself_have_waiting(senders: list[Caller], limit: int) -> None:
    with empty_tables():
        for place, by in enumerate(senders):
            with HandoffRow.batch_write() as batch:
                given_one = {"sender": by.person, "created_at": minute(place)}
                batch.save(row_of(a_handoff(id=f"h-{place}", **given_one)))
        page = queue_of(SAM, limit)

    assert page.total == len(senders)
    assert len(page.own) == sum(by is SAM for by in senders)
