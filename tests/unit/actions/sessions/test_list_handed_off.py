"""What somebody handed off stays findable for them: its state, since when, who looked at it and who has it."""

import pytest

from chalicelib.actions.notifications.mark_read import mark_handoff_read
from chalicelib.actions.sessions.list_sessions import list_handed_off, list_sessions
from chalicelib.actions.sessions.read_session import read_session
from chalicelib.domain.errors import InvalidRequest
from chalicelib.domain.list_items import SessionSummary
from chalicelib.domain.pagination import PageRequest
from chalicelib.domain.people import Caller
from chalicelib.domain.session import SessionStatus
from chalicelib.store.rows.handoffs import HandoffRow
from tests.support.builders import ACME, ALEX, HANK, JANE, SAM, minute
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import claim, escalated, hand_off, open_case, resolve, withdraw

pytestmark = pytest.mark.usefixtures("tables")


def handed_off_by(by: Caller, status: SessionStatus | None = None, limit: int = 25) -> list[SessionSummary]:
    return list_handed_off(status, PageRequest(limit), by=by).items


def test_waiting_session_is_listed_with_its_state_and_since_when_it_waits() -> None:
    handoff = escalated()

    (line,) = handed_off_by(JANE)

    assert (line.id, line.status, line.holder) == (handoff.session_id, SessionStatus.ESCALATED, None)
    assert (line.sender, line.waiting_since) == (JANE.person, handoff.ladder_start or handoff.created_at)


def test_who_opened_it_is_told_while_it_waits() -> None:
    handoff = escalated()
    mark_handoff_read(handoff.id, by=SAM, at=minute(15))

    waiting = handed_off_by(JANE)[0]
    claim(handoff, ALEX)
    taken = handed_off_by(JANE)[0]

    assert (waiting.opened_by, taken.opened_by) == ((SAM.person,), ())


def test_holder_is_told_once_somebody_picked_it_up() -> None:
    claim(escalated(), SAM)

    (line,) = handed_off_by(JANE)

    assert (line.holder, line.waiting_since) == (SAM.person, None)


def test_session_that_was_passed_on_is_listed_and_readable_for_both_who_handed_it_off() -> None:
    handoff = escalated()
    claim(handoff, SAM)
    again = hand_off(handoff.session_id, by=SAM, at_minute=30)

    lines = [handed_off_by(by)[0] for by in (JANE, SAM)]

    assert lines[0] == lines[1]
    assert (lines[0].sender, lines[0].waiting_since) == (SAM.person, again.created_at)
    assert read_session(handoff.session_id, by=SAM).id == handoff.session_id


def test_resolved_and_withdrawn_sessions_stay_listed() -> None:
    taken, back = escalated(), escalated()
    claim(taken, SAM)
    resolve(taken.session_id)
    withdraw(back)

    assert {(line.id, line.status.value) for line in handed_off_by(JANE)} == {
        (taken.session_id, "resolved"),
        (back.session_id, "active"),
    }
    assert [line.id for line in handed_off_by(JANE, SessionStatus.RESOLVED)] == [taken.session_id]


def test_session_handed_off_twice_comes_once() -> None:
    handoff = escalated()
    withdraw(handoff)
    hand_off(handoff.session_id, by=JANE, at_minute=40)

    assert [line.id for line in handed_off_by(JANE)] == [handoff.session_id]


def test_nothing_of_others_and_of_other_accounts_is_listed() -> None:
    escalated()

    assert handed_off_by(SAM) == handed_off_by(HANK) == handed_off_by(JANE.model_copy(update={"account_id": "x"})) == []


def test_list_is_read_part_by_part_the_last_hand_off_first() -> None:
    ids = [hand_off(open_case(JANE).id, at_minute=10 + number).session_id for number in range(5)]

    found: list[str] = []
    cursor: str | None = None
    for _ in range(5):
        part = list_handed_off(None, PageRequest(2, cursor), by=JANE)
        found += [line.id for line in part.items]
        cursor = part.next_cursor
        if cursor is None:
            break

    assert (found, cursor) == (ids[::-1], None)


def test_forged_cursor_is_refused() -> None:
    with pytest.raises(InvalidRequest):
        list_handed_off(None, PageRequest(2, "x"), by=JANE)


def test_page_costs_a_query_and_a_read_of_each_table_however_much_was_handed_off(recorder: Recorder) -> None:
    for number in range(12):
        hand_off(open_case(JANE).id, at_minute=10 + number)
    recorder.exchanges.clear()

    list_handed_off(None, PageRequest(10), by=JANE)

    assert recorder.operations == ["Query", "BatchGetItem", "BatchGetItem", "BatchGetItem"]
    assert recorder.exchanges[0].answered["ScannedCount"] == 10


def test_own_list_says_client_sender_and_since_when_it_waits() -> None:
    handoff = escalated()
    HandoffRow(ACME, handoff.id).update([HandoffRow.client.set("Acorn")])

    (line,) = list_sessions(None, PageRequest(25), by=JANE).items

    assert (line.client, line.sender, line.waiting_since) == ("Acorn", JANE.person, handoff.created_at)
