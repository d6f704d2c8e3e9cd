from collections.abc import Iterator
from datetime import datetime
from itertools import count

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from chalicelib.domain.agenda import SHARDS
from chalicelib.domain.errors import InvalidRequest, NotFound
from chalicelib.domain.handoff import Intent, Priority
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.instants import format_instant
from chalicelib.domain.list_items import QueueItem
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller
from chalicelib.domain.sender_report import Affected, Reason
from chalicelib.store import agenda, escalation_queue, handoff_creation, handoffs, sessions
from chalicelib.store.cursors import encode_cursor
from chalicelib.store.keys import queue_order, session_detail, shard_of
from chalicelib.store.rows.sessions import SessionDetailRow, SessionRow
from tests.support.builders import (
    ACME,
    GLOBEX,
    HANDOFF_ID,
    HANK,
    JANE,
    JOE,
    SAM,
    SESSION_ID,
    a_handoff,
    a_session,
    minute,
    without_parts,
)
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.store import handed_off
from tests.support.tables import empty_tables

numbers: Iterator[int] = count()
ALL = PageRequest(100)
FORGED = ["x", encode_cursor("one"), encode_cursor(None, None), encode_cursor(1, 2), encode_cursor("", "")]


def hand_off(by: Caller = JANE, session_id: str | None = None, **given: object) -> HandoffDetail:
    """Another handoff, of a session of its own unless one is named."""
    number = next(numbers)
    session = a_session(
        account_id=by.account_id, id=session_id or f"session-{number}", owner=by.person, holder=by.person
    )
    handoff = a_handoff(
        **{"id": f"handoff-{number:06}", "account_id": by.account_id, "session_id": session.id, "sender": by.person}
        | given
    )
    sessions.create(session, None)
    return handoff_creation.open_handoff(session, handoff, None)


def walk_queue(limit: int, by: Caller = SAM) -> list[QueueItem]:
    """The whole queue, read part by part."""
    lines: list[QueueItem] = []
    cursor: str | None = None
    for _ in range(30):
        part = escalation_queue.list_queue(by.account_id, by.person, PageRequest(limit, cursor))
        assert len(part.items) <= limit
        lines += part.items
        cursor = part.next_cursor
        if cursor is None:
            return lines
    raise AssertionError("the queue does not end")


def test_handoff_is_found_by_account_session_and_id(tables: None) -> None:
    handed = handed_off()

    assert handed == handoffs.load_detail(ACME, SESSION_ID, HANDOFF_ID) == handoffs.find_detail(ACME, HANDOFF_ID)
    assert without_parts(handed) == handoffs.load(ACME, SESSION_ID, HANDOFF_ID) == handoffs.find(ACME, HANDOFF_ID)


@pytest.mark.parametrize(
    ("account_id", "session_id", "handoff_id"),
    [(GLOBEX, SESSION_ID, HANDOFF_ID), (ACME, "another", HANDOFF_ID), (ACME, SESSION_ID, "another")],
)
def test_handoff_that_is_not_there_under_these_names_is_not_found(
    tables: None, account_id: str, session_id: str, handoff_id: str
) -> None:
    handed_off()

    with pytest.raises(NotFound):
        handoffs.load_detail(account_id, session_id, handoff_id)


def test_handoff_of_another_account_is_none(tables: None) -> None:
    handed_off()

    assert handoffs.find_detail(GLOBEX, HANDOFF_ID) is None


def test_handoffs_of_a_session_are_listed_newest_first(tables: None) -> None:
    ids = []
    for age in (1, 2, 3):
        ids.append(hand_off(session_id="one", created_at=minute(age), engineer_notes="").id)
        SessionRow(ACME, "one").delete()
        SessionDetailRow(ACME, session_detail("one")).delete()
    hand_off(session_id="other")

    first = handoffs.list_of_session(ACME, "one", PageRequest(2))
    second = handoffs.list_of_session(ACME, "one", PageRequest(2, first.next_cursor))

    assert [handoff.id for handoff in [*first.items, *second.items]] == ids[::-1]
    assert second.next_cursor is None


def test_session_without_handoffs_lists_none(tables: None) -> None:
    assert handoffs.list_of_session(ACME, SESSION_ID, ALL).items == []


def test_handoffs_of_another_account_are_not_listed(tables: None) -> None:
    handed_off()

    assert handoffs.list_of_session(GLOBEX, SESSION_ID, ALL).items == []


@pytest.mark.parametrize("cursor", FORGED)
def test_forged_cursor_is_refused(tables: None, cursor: str) -> None:
    with pytest.raises(InvalidRequest):
        handoffs.list_of_session(ACME, SESSION_ID, PageRequest(25, cursor))
    with pytest.raises(InvalidRequest):
        escalation_queue.list_queue(ACME, SAM.person, PageRequest(25, cursor))


def test_queue_goes_by_urgency_then_by_age(tables: None) -> None:
    late = hand_off(priority=Priority.NORMAL, created_at=minute(9)).id
    early = hand_off(priority=Priority.NORMAL, created_at=minute(1)).id
    low = hand_off(priority=Priority.LOW, created_at=minute(0)).id
    urgent = hand_off(priority=Priority.URGENT, created_at=minute(11)).id

    assert [line.handoff_id for line in walk_queue(25)] == [urgent, early, late, low]


def test_line_shows_what_a_senior_chooses_by(tables: None) -> None:
    handoff = hand_off(reason=Reason.DEADLINE, affected=Affected.SITE)

    [line] = walk_queue(25)

    headline = handoff.snapshot.model_dump(include={"problem_summary", "problem_domain", "psa_ticket_id", "step_count"})
    taken_over = handoff.model_dump(
        include={
            "session_id",
            "priority",
            "reason",
            "affected",
            "sender",
            "assessment_status",
            "assessment_error",
            "created_at",
        }
    )
    taken_over |= {"client": handoff.client, "contact": handoff.contact}
    clock = {
        "to": None,
        "directed_until": None,
        "due": None,
        "level": None,
        "is_early": False,
        "sla_due_at": None,
        "waiting_since": handoff.created_at,
    }
    assert line == QueueItem.model_validate({"handoff_id": handoff.id, **taken_over, **headline, **clock})


def test_queue_leaves_out_the_callers_own(tables: None) -> None:
    hand_off(by=SAM)
    other = hand_off(by=JANE).id

    assert [line.handoff_id for line in walk_queue(25, by=SAM)] == [other]


def test_queue_of_another_account_is_another(tables: None) -> None:
    hand_off(by=JANE)

    assert walk_queue(25, by=HANK) == []


def test_page_of_the_queue_is_one_query_of_its_index(recorder: Recorder) -> None:
    hand_off()
    hand_off(by=SAM)
    recorder.exchanges.clear()

    walk_queue(25)

    assert [exchange.asked["IndexName"] for exchange in recorder.exchanges] == ["queue"]


def test_page_of_the_queue_reads_no_more_rows_than_it_may_show(recorder: Recorder) -> None:
    for _ in range(4):
        hand_off()
    recorder.exchanges.clear()

    escalation_queue.list_queue(ACME, SAM.person, PageRequest(2))

    assert recorder.exchanges[0].answered["ScannedCount"] == 2


QUEUED = st.tuples(
    st.sampled_from(Priority),
    st.sampled_from([minute(age) for age in range(3)]),
    st.sampled_from([JANE, SAM, JOE]),
    st.sampled_from(Intent),
)


@settings(max_examples=15, phases=[Phase.generate])
@given(st.lists(QUEUED, max_size=6), st.integers(1, 4))
def test_reading_part_by_part_loses_nothing_and_repeats_nothing(
    queued: list[tuple[Priority, datetime, Caller, Intent]], limit: int
) -> None:
    with empty_tables():
        opened = [
            hand_off(by=by, priority=priority, created_at=at, intent=intent) for priority, at, by, intent in queued
        ]
        listed = walk_queue(limit)

    waiting = [one for one in opened if one.sender != SAM.person and one.intent is Intent.ESCALATE]
    in_order = sorted(waiting, key=lambda one: (one.priority.rank, one.created_at, one.id))
    assert [line.handoff_id for line in listed] == [one.id for one in in_order]


def test_page_after_a_full_last_one_is_empty_and_ends_the_list(recorder: Recorder) -> None:
    """DynamoDB gives a cursor after a full last page; moto does not, so it is given here."""
    for age in (1, 2):
        hand_off(session_id="one", created_at=minute(age), engineer_notes="")
        SessionRow(ACME, "one").delete()
        SessionDetailRow(ACME, session_detail("one")).delete()
    first = handoffs.list_of_session(ACME, "one", PageRequest(1))
    second = handoffs.list_of_session(ACME, "one", PageRequest(1, first.next_cursor))
    last = encode_cursor(format_instant(second.items[0].created_at), second.items[0].id)

    empty = handoffs.list_of_session(ACME, "one", PageRequest(1, last))

    assert (empty.items, empty.next_cursor) == ([], None)


def test_page_after_a_full_last_one_of_the_queue_is_empty_and_ends_it(tables: None) -> None:
    waiting = hand_off()

    empty = escalation_queue.list_queue(
        ACME, SAM.person, PageRequest(1, encode_cursor(queue_order(waiting), waiting.id, 1))
    )

    assert (empty.items, empty.next_cursor) == ([], None)


def test_due_handoffs_are_listed_by_shard_the_longest_overdue_first(tables: None) -> None:
    born = [hand_off(due_at=minute(age)) for age in (3, 1, 2)]
    theirs = hand_off(by=HANK, due_at=minute(1))

    due = [one for shard in range(SHARDS) for one in agenda.list_due(shard, minute(2), 10)]

    assert {(one.account_id, one.handoff_id, one.due_s) for one in due} == {
        (account, one.id, int(one.due_at.timestamp()))
        for account, one in [(ACME, born[1]), (ACME, born[2]), (GLOBEX, theirs)]
        if one.due_at
    }
    assert all(one in agenda.list_due(shard_of(one.handoff_id), minute(2), 10) for one in due)


def test_due_handoffs_are_listed_up_to_the_limit(tables: None) -> None:
    shards = [shard_of(hand_off(due_at=minute(age % 3)).id) for age in range(33)]
    fullest = max(shards, key=shards.count)

    listed = list(agenda.list_due(fullest, minute(5), 2))

    assert len(listed) == 2 < shards.count(fullest)
