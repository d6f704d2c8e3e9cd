from datetime import datetime

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from chalicelib.domain.errors import InvalidRequest
from chalicelib.domain.list_items import SessionSummary
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.session import Session, SessionStatus
from chalicelib.store import sessions
from chalicelib.store.cursors import encode_cursor
from chalicelib.store.keys import engineer_key
from chalicelib.store.rows.sessions import SessionRow
from tests.support.builders import ACME, GLOBEX, JANE, JOE, SAM, a_session, minute
from tests.support.dynamodb.recorder import Recorder
from tests.support.tables import empty_tables

MOST_PARTS = 30
PEOPLE = [JANE.person, SAM.person, JOE.person]


def put(number: int, **changes: object) -> Session:
    """A session of Jane's, last changed `number` minutes into the story, held as it says."""
    session = a_session(**({"id": f"session-{number:03}", "updated_at": minute(number)} | changes))
    sessions.create(session, None)
    if session.holder:
        row = SessionRow(session.account_id, session.id)
        row.update([SessionRow.holder_key.set(engineer_key(session.account_id, session.holder.id))])
    return session


def walk(limit: int, status: SessionStatus | None = None) -> list[SessionSummary]:
    """All of Jane's list, read part by part."""
    lines: list[SessionSummary] = []
    cursor: str | None = None
    for _ in range(MOST_PARTS):
        part = sessions.list_mine(ACME, JANE.id, status, PageRequest(limit, cursor))
        assert len(part.items) <= limit
        lines += part.items
        cursor = part.next_cursor
        if cursor is None:
            return lines
    raise AssertionError("the list does not end")


def ids(lines: list[SessionSummary]) -> list[str]:
    return [line.id for line in lines]


def test_list_holds_what_i_own_and_what_i_took_over_newest_change_first(tables: None) -> None:
    put(1)
    put(2, owner=JOE.person, holder=JANE.person)
    put(3, holder=None, status=SessionStatus.ESCALATED)

    assert ids(walk(25)) == ["session-003", "session-002", "session-001"]


def test_session_of_others_is_not_in_my_list(tables: None) -> None:
    put(1, owner=JOE.person, holder=SAM.person)
    put(2, owner=JOE.person, holder=None)
    put(3, account_id=GLOBEX)

    assert walk(25) == []


def test_session_that_somebody_took_over_stays_in_its_owners_list(tables: None) -> None:
    put(1, holder=SAM.person)

    assert [line.holder for line in walk(25)] == [SAM.person]


def test_line_shows_what_the_sidebar_needs(tables: None) -> None:
    session = put(1)

    shown = session.model_dump(include=set(SessionSummary.model_fields))
    assert walk(25)[0].model_dump(include=set(shown)) == shown


def test_session_i_own_and_hold_again_is_listed_once(tables: None) -> None:
    put(1, holder=JANE.person)

    assert ids(walk(25)) == ["session-001"]


def test_page_is_one_query_of_each_index(recorder: Recorder) -> None:
    for number in range(8):
        put(number, owner=PEOPLE[number % 2], holder=JANE.person)
    recorder.exchanges.clear()

    sessions.list_mine(ACME, JANE.id, None, PageRequest(3))

    assert [exchange.asked["IndexName"] for exchange in recorder.exchanges] == ["by_owner", "by_holder"]


def test_sessions_changed_in_the_same_millisecond_are_all_listed(tables: None) -> None:
    for number in range(7):
        put(number, updated_at=minute(1), owner=PEOPLE[number % 3], holder=JANE.person)

    assert sorted(ids(walk(2))) == [f"session-{number:03}" for number in range(7)]


def test_status_leaves_out_all_others(tables: None) -> None:
    put(1)
    put(2, status=SessionStatus.RESOLVED)
    put(3, owner=JOE.person, holder=JANE.person, status=SessionStatus.RESOLVED)

    assert ids(walk(1, SessionStatus.RESOLVED)) == ["session-003", "session-002"]


def test_status_keeps_the_order_though_more_is_left_out_than_is_read_at_once(tables: None) -> None:
    put(1, owner=JOE.person, holder=JANE.person, status=SessionStatus.RESOLVED)
    put(2, holder=None, status=SessionStatus.RESOLVED)
    for number in range(3, 4 + sessions.FILTERED_READ):
        put(number, holder=None)

    assert ids(walk(25, SessionStatus.RESOLVED)) == ["session-002", "session-001"]


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        encode_cursor(1, 2, 3, 4),
        encode_cursor("2026-11-23T09:00:00.000Z", "session-1"),
        encode_cursor("", "", "", ""),
    ],
)
def test_forged_cursor_is_refused(tables: None, cursor: str) -> None:
    with pytest.raises(InvalidRequest):
        sessions.list_mine(ACME, JANE.id, None, PageRequest(25, cursor))


def test_cursor_leads_nobody_into_the_list_of_somebody_else(tables: None) -> None:
    put(1)
    put(2)
    cursor = sessions.list_mine(ACME, JANE.id, None, PageRequest(1)).next_cursor

    assert sessions.list_mine(ACME, SAM.id, None, PageRequest(25, cursor)).items == []
    assert sessions.list_mine(GLOBEX, JANE.id, None, PageRequest(25, cursor)).items == []


KEPT = st.tuples(
    st.sampled_from([*PEOPLE[:2]]),
    st.sampled_from([*PEOPLE, None]),
    st.sampled_from([minute(count) for count in range(4)]),
    st.sampled_from([SessionStatus.ACTIVE, SessionStatus.RESOLVED]),
)


@settings(max_examples=25, phases=[Phase.generate])
@given(st.lists(KEPT, max_size=9), st.integers(1, 5), st.sampled_from([None, SessionStatus.ACTIVE]))
def test_reading_part_by_part_loses_nothing_and_repeats_nothing(
    kept: list[tuple[object, object, datetime, SessionStatus]], limit: int, status: SessionStatus | None
) -> None:
    with empty_tables():
        put_all = [
            put(number, owner=owner, holder=holder, updated_at=at, status=is_now)
            for number, (owner, holder, at, is_now) in enumerate(kept)
        ]
        listed = walk(limit, status)

    mine = [session for session in put_all if JANE.person in (session.owner, session.holder)]
    assert sorted(ids(listed)) == sorted(session.id for session in mine if status in (None, session.status))
    assert [line.updated_at for line in listed] == sorted((line.updated_at for line in listed), reverse=True)
