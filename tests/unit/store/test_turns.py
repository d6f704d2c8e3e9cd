from uuid import UUID

import pytest

from chalicelib.domain.errors import IdempotencyMismatch, InvalidRequest
from chalicelib.domain.keyed_request import KeyedRequest
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.session import Session, SessionStatus
from chalicelib.domain.turn import Turn
from chalicelib.store import sessions, turns
from chalicelib.store.cursors import encode_cursor
from chalicelib.store.keys import DETAIL
from chalicelib.store.rows.sessions import SessionRow
from chalicelib.store.stale_write import StaleWrite
from chalicelib.store.transactions import ConditionFailed
from tests.support.builders import ACME, GLOBEX, SAM, SESSION_ID, TURNS, a_message, a_reply, a_session, a_step, minute
from tests.support.dynamodb.recorder import Recorder

REQUEST = KeyedRequest(id=UUID(int=7 << 100), sha256="a" * 64)
OTHER_BODY = KeyedRequest(id=REQUEST.id, sha256="b" * 64)
ALL = PageRequest(100)


@pytest.fixture(autouse=True)
def session(tables: None) -> Session:
    return sessions.create(a_session(turn_count=0, step_count=0), None)


def append_all(*added: Turn) -> None:
    for turn in added:
        turns.append(sessions.load(ACME, SESSION_ID), turn)


def stored() -> list[Turn]:
    return turns.list_in_order(ACME, SESSION_ID, ALL).items


def change(**changes: object) -> None:
    """Let the session change after somebody loaded it."""
    row = SessionRow(ACME, SESSION_ID)
    row.update([getattr(SessionRow, name).set(content) for name, content in changes.items()])


def test_turn_is_kept_and_counted_and_the_session_is_as_new_as_it() -> None:
    append_all(a_message(1), a_step(2))

    after = sessions.load(ACME, SESSION_ID)
    assert stored() == [a_message(1), a_step(2)]
    assert (after.turn_count, after.step_count, after.updated_at) == (2, 1, minute(2))


def test_turn_is_one_request(recorder: Recorder, session: Session) -> None:
    turns.append(session, a_step(1), REQUEST)

    assert recorder.operations == ["TransactWriteItems"]


@pytest.mark.parametrize(
    "meanwhile",
    [
        {"epoch": 2},
        {"status": SessionStatus.ESCALATED.value},
        {"holder": SAM.person.model_dump()},
        {"turn_count": 1},
    ],
    ids=str,
)
def test_turn_is_lost_when_the_session_is_not_as_it_was_loaded(session: Session, meanwhile: dict[str, object]) -> None:
    change(**meanwhile)

    with pytest.raises(StaleWrite) as stale:
        turns.append(session, a_step(1))

    assert stale.value.handoff is None
    assert stored() == []


def test_turn_of_a_session_that_nobody_holds_is_lost(session: Session) -> None:
    SessionRow(ACME, SESSION_ID).update([SessionRow.holder.remove()])

    with pytest.raises(StaleWrite):
        turns.append(session, a_step(1))


def test_turn_of_a_session_that_is_not_there_creates_nothing() -> None:
    with pytest.raises(ConditionFailed):
        turns.append(a_session(id="absent", turn_count=0), a_step(1))

    assert [row.session_id for row in SessionRow.query(ACME) if DETAIL not in row.session_id] == [SESSION_ID]
    assert turns.list_in_order(ACME, "absent", ALL).items == []


def test_number_that_is_taken_is_not_written_over(session: Session) -> None:
    append_all(a_message(1))
    change(turn_count=0)

    with pytest.raises(ConditionFailed):
        turns.append(session, a_step(1))

    assert stored() == [a_message(1)]


def test_same_request_appends_nothing_twice_and_returns_what_it_made(session: Session) -> None:
    turns.append(session, a_step(1), REQUEST)

    again = turns.append(sessions.load(ACME, SESSION_ID), a_step(2), REQUEST)

    assert again == a_step(1)
    assert stored() == [a_step(1)]


def test_same_request_with_what_it_saw_the_first_time_returns_what_it_made(session: Session) -> None:
    turns.append(session, a_step(1), REQUEST)

    assert turns.append(session, a_step(1), REQUEST) == a_step(1)


def test_same_key_with_another_body_appends_nothing(session: Session) -> None:
    turns.append(session, a_step(1), REQUEST)

    with pytest.raises(IdempotencyMismatch):
        turns.append(sessions.load(ACME, SESSION_ID), a_step(2), OTHER_BODY)

    assert stored() == [a_step(1)]


def test_request_that_lost_has_left_no_mark(session: Session) -> None:
    change(epoch=2)

    with pytest.raises(StaleWrite):
        turns.append(session, a_step(1), REQUEST)

    assert turns.find_made_by(ACME, SESSION_ID, REQUEST) is None


def test_turn_of_a_keyed_request_is_found_by_that_request_alone(session: Session) -> None:
    turns.append(session, a_step(1), REQUEST)

    assert turns.find_made_by(ACME, SESSION_ID, REQUEST) == a_step(1)
    assert turns.find_made_by(GLOBEX, SESSION_ID, REQUEST) is None
    assert turns.find_made_by(ACME, "another", REQUEST) is None


def test_looking_for_what_a_key_made_with_another_body_is_refused(session: Session) -> None:
    turns.append(session, a_step(1), REQUEST)

    with pytest.raises(IdempotencyMismatch):
        turns.find_made_by(ACME, SESSION_ID, OTHER_BODY)


def test_marks_of_requests_are_not_listed(session: Session) -> None:
    turns.append(session, a_step(1), REQUEST)

    assert turns.newest(ACME, SESSION_ID) == [a_step(1)]


def test_same_request_without_a_body_returns_what_it_made(session: Session) -> None:
    """As a reply has it, whose key says all there is to say."""
    unbodied = KeyedRequest(id=REQUEST.id, sha256="")
    turns.append(session, a_reply(1), unbodied)

    assert turns.append(sessions.load(ACME, SESSION_ID), a_reply(2), unbodied) == a_reply(1)


def test_turns_are_listed_in_order_part_by_part() -> None:
    append_all(*TURNS)

    first = turns.list_in_order(ACME, SESSION_ID, PageRequest(2))
    second = turns.list_in_order(ACME, SESSION_ID, PageRequest(2, first.next_cursor))
    third = turns.list_in_order(ACME, SESSION_ID, PageRequest(2, second.next_cursor))

    assert [*first.items, *second.items, *third.items] == list(TURNS)
    assert third.next_cursor is None


def test_turns_of_another_account_are_not_listed() -> None:
    append_all(*TURNS)

    assert turns.list_in_order(GLOBEX, SESSION_ID, ALL).items == []


@pytest.mark.parametrize("cursor", ["x", encode_cursor("1"), encode_cursor(-1), encode_cursor(1, 2)])
def test_forged_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidRequest):
        turns.list_in_order(ACME, SESSION_ID, PageRequest(25, cursor))


def test_newest_turns_come_in_one_request(recorder: Recorder) -> None:
    append_all(*TURNS)
    recorder.exchanges.clear()

    assert turns.newest(ACME, SESSION_ID, 2) == list(reversed(TURNS))[:2]
    assert recorder.operations == ["Query"]


def test_newest_turns_come_in_one_request_even_where_an_answer_is_full(recorder: Recorder) -> None:
    """DynamoDB ends an answer at 1 MB, and a snapshot keeps far less."""
    append_all(*(a_message(seq, "x" * 300_000) for seq in range(1, 6)))
    recorder.exchanges.clear()

    newest = turns.newest(ACME, SESSION_ID)

    assert [turn.seq for turn in newest] == [5, 4, 3]
    assert recorder.operations == ["Query"]


def test_all_steps_are_read_though_a_megabyte_was_pasted_since(recorder: Recorder) -> None:
    append_all(a_step(1), *(a_message(seq, "x" * 300_000) for seq in range(2, 7)))
    recorder.exchanges.clear()

    found = turns.newest_with_steps(sessions.load(ACME, SESSION_ID))

    assert [turn.seq for turn in found] == [6, 5, 4, 3, 2, 1]
    assert recorder.operations == ["Query"] * 3  # the session, and two pages of its turns


def test_no_second_page_is_read_where_no_step_is_missing(recorder: Recorder) -> None:
    append_all(*(a_message(seq, "x" * 300_000) for seq in range(1, 6)), a_step(6))
    recorder.exchanges.clear()

    found = turns.newest_with_steps(sessions.load(ACME, SESSION_ID))

    assert [turn.seq for turn in found] == [6, 5, 4, 3]
    assert recorder.operations == ["Query"] * 2


def test_session_without_turns_has_no_newest() -> None:
    assert turns.newest(ACME, SESSION_ID) == []
