"""Withdrawing a handoff, and releasing it."""

from typing import Any

import pytest

from chalicelib.domain.errors import NotFound
from chalicelib.domain.handoff import HandoffStatus, Receipt
from chalicelib.domain.handoff_change import HandoffChange
from chalicelib.domain.people import Caller
from chalicelib.domain.session import SessionStatus
from chalicelib.domain.snapshot import Since
from chalicelib.domain.turn import NoteAbout
from chalicelib.store import handoff_transitions, turns
from chalicelib.store.paired_writes import Written
from chalicelib.store.rows.handoffs import HandoffRow
from chalicelib.store.rows.sessions import SessionRow
from chalicelib.store.stale_write import StaleWrite
from tests.support.builders import (
    ABSENT,
    ACME,
    ALEX,
    GINA,
    HANDOFF_ID,
    JANE,
    JOE,
    SAM,
    SESSION_ID,
    a_claimed_handoff,
    a_release_note,
    minute,
)
from tests.support.dynamodb.faults import lose_answer
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.store import (
    ENDED,
    claimed,
    everything,
    handed_off,
    handoff_now,
    is_held_by,
    parked,
    row_now,
    session_now,
    write_session,
)

pytestmark = pytest.mark.usefixtures("tables")


def withdraw(by: Caller = JANE, session_id: str = SESSION_ID, handoff_id: str = HANDOFF_ID) -> Receipt:
    return handoff_transitions.mark_withdrawn(session_id, handoff_id, by, minute(15))


def release(handoff: Any, by: Caller = SAM, note: str = "Needs the network team.") -> Receipt:
    session = session_now()
    written = Written(session, session.note(note, NoteAbout.RELEASED, by=by.person, at=minute(25)))
    return handoff_transitions.mark_released(handoff, handoff, by, minute(25), written)


def set_handoff(**attributes: object) -> None:
    actions = [getattr(HandoffRow, name).set(content) for name, content in attributes.items()]
    HandoffRow(ACME, HANDOFF_ID).update(actions)


def test_sender_holds_the_session_again() -> None:
    handed_off()
    before = session_now()

    withdraw()

    after = session_now()
    held = {
        "status": SessionStatus.ACTIVE,
        "holder": JANE.person,
        "open_handoff_id": None,
        "epoch": 3,
        "updated_at": minute(15),
    }
    assert after == before.model_copy(update=held)
    assert is_held_by(after, JANE)


def test_handoff_is_withdrawn() -> None:
    before = handed_off()

    receipt = withdraw()

    gone = {
        "status": HandoffStatus.WITHDRAWN,
        "withdrawn_by": JANE.person,
        **ENDED,
        "claim_epoch": 3,
        "change": HandoffChange.WITHDRAWN,
        "version": 2,
        "updated_at": minute(15),
    }
    assert handoff_now() == before.model_copy(update=gone)
    assert receipt == handoff_now().receipt


def test_parked_handoff_can_be_withdrawn() -> None:
    parked()

    withdraw()

    assert session_now().status is SessionStatus.ACTIVE


def test_withdrawal_is_one_request(recorder: Recorder) -> None:
    handed_off()
    recorder.exchanges.clear()

    withdraw()

    assert recorder.operations == ["TransactWriteItems"]


@pytest.mark.parametrize("by", [JOE, SAM], ids=lambda by: by.name)
def test_withdrawal_by_another_person_is_a_stale_write(by: Caller) -> None:
    handed_off()
    before = everything()

    with pytest.raises(StaleWrite) as stale:
        withdraw(by)

    assert stale.value.handoff == row_now()
    assert everything() == before


@pytest.mark.parametrize("status", ["claimed", "withdrawn", "passed_on", "resolved"])
def test_closed_or_claimed_handoff_cannot_be_withdrawn(status: str) -> None:
    handed_off()
    set_handoff(status=status)
    before = everything()

    with pytest.raises(StaleWrite) as stale:
        withdraw()

    assert stale.value.handoff == row_now()
    assert everything() == before


@pytest.mark.parametrize(("by", "handoff_id"), [(JANE, ABSENT), (GINA, HANDOFF_ID)])
def test_withdrawal_of_an_absent_handoff_creates_nothing(by: Caller, handoff_id: str) -> None:
    handed_off()
    before = everything()

    with pytest.raises(NotFound):
        withdraw(by, handoff_id=handoff_id)

    assert everything() == before
    assert (SessionRow.count(by.account_id), HandoffRow.count(by.account_id)) == ((2, 1) if by is JANE else (0, 0))


def test_handoff_is_withdrawn_by_the_name_of_its_own_session_alone() -> None:
    handed_off()
    before = everything()

    with pytest.raises(StaleWrite) as stale:
        withdraw(session_id=ABSENT)

    assert stale.value.handoff == row_now()
    assert everything() == before


@pytest.mark.parametrize("session", [{"open_handoff_id": ABSENT}, {"status": "active"}], ids=str)
def test_session_that_does_not_wait_with_this_handoff_is_not_taken_back(session: dict[str, object]) -> None:
    handed_off()
    write_session(**session)
    before = everything()

    with pytest.raises(StaleWrite) as stale:
        withdraw()

    assert stale.value.handoff is None
    assert everything() == before


def test_withdrawal_whose_answer_was_lost_counts_once(recorder: Recorder) -> None:
    handed_off()
    recorder.tamper("TransactWriteItems", lose_answer)

    with pytest.raises(StaleWrite) as stale:
        withdraw()

    assert stale.value.handoff == row_now()
    assert (session_now().epoch, handoff_now().version) == (3, 2)


def test_released_session_waits_again_and_nobody_holds_it() -> None:
    held = claimed()
    before = session_now()

    release(held)

    waiting = {
        "status": SessionStatus.ESCALATED,
        "holder": None,
        "epoch": 4,
        "turn_count": before.turn_count + 1,
        "updated_at": minute(25),
    }
    assert session_now() == before.model_copy(update=waiting)
    assert turns.newest(ACME, SESSION_ID, 1) == [a_release_note()]
    assert list(SessionRow.by_holder.query(f"{ACME}#{SAM.id}")) == []


def test_released_handoff_is_unclaimed_with_a_note() -> None:
    held = claimed()

    receipt = release(held)

    free = {
        "status": HandoffStatus.UNCLAIMED,
        "claimed_by": None,
        "claimed_at": None,
        "since": Since.of([a_release_note()], is_open=True),
        "released_by": SAM.person,
        "claim_epoch": 4,
        "change": HandoffChange.RELEASED,
        "version": 3,
        "updated_at": minute(25),
    }
    assert handoff_now() == held.model_copy(update=free)
    assert receipt == handoff_now().receipt


def test_release_without_a_note_succeeds() -> None:
    release(claimed(), note="")

    assert handoff_now().was_released_by(SAM)


def test_released_parked_handoff_is_parked_again() -> None:
    parked()
    handoff_transitions.mark_claimed(SESSION_ID, HANDOFF_ID, JOE, minute(20))

    release(handoff_now(), JOE)

    assert session_now().status is SessionStatus.PARKED


def test_released_handoff_can_be_claimed_by_another() -> None:
    release(claimed())

    handoff_transitions.mark_claimed(SESSION_ID, HANDOFF_ID, ALEX, minute(30))

    assert is_held_by(session_now(), ALEX)
    assert session_now().epoch == handoff_now().claim_epoch == 5


@pytest.mark.parametrize(
    "meanwhile",
    [{"status": "resolved"}, {"claimed_by": ALEX.person.model_dump()}, {"claim_epoch": 5}],
    ids=str,
)
def test_handoff_that_is_not_as_it_was_loaded_is_not_released(meanwhile: dict[str, object]) -> None:
    held = claimed()
    set_handoff(**meanwhile)
    before = everything()

    with pytest.raises(StaleWrite) as stale:
        release(held)

    assert stale.value.handoff == row_now()
    assert everything() == before


@pytest.mark.parametrize("meanwhile", [{"epoch": 5}, {"open_handoff_id": ABSENT}], ids=str)
def test_session_that_is_not_at_the_handoffs_epoch_is_not_released(meanwhile: dict[str, object]) -> None:
    held = claimed()
    write_session(**meanwhile)
    before = everything()

    with pytest.raises(StaleWrite) as stale:
        release(held)

    assert stale.value.handoff is None
    assert everything() == before


def test_releasing_what_is_not_there_creates_nothing() -> None:
    with pytest.raises(NotFound):
        release(a_claimed_handoff())

    assert everything() == ([], [])
