"""What people write when a case changes hands is a turn of the session, and everybody after them has it."""

import pytest

from chalicelib.actions.handoffs.document_handoff import document_handoff
from chalicelib.actions.handoffs.withdraw_handoff import withdraw_handoff
from chalicelib.domain.documentation import document
from chalicelib.domain.errors import AlreadyClaimed, Forbidden, NotFound
from chalicelib.domain.handoff_detail import HandoffDetail
from chalicelib.domain.people import Caller
from chalicelib.domain.session import SessionStatus
from chalicelib.domain.turn import Note, NoteAbout
from chalicelib.store import sessions, turns
from infra.local.rehearsal_model import RehearsalModel
from tests.support.builders import ACME, ALEX, JANE, JOE, SAM, a_message, minute
from tests.support.dynamodb.faults import meanwhile
from tests.support.dynamodb.recorder import Recorder
from tests.support.scenarios.actions import (
    assess,
    claim,
    escalated,
    hand_off,
    now,
    open_case,
    release,
    session_of,
    stream,
)

Contents = list[tuple[str, NoteAbout | None, str]]


@pytest.fixture
def handoff(tables: None) -> HandoffDetail:
    return escalated(engineer_notes="I suspect the firmware.")


def contents(notes: tuple[Note, ...]) -> Contents:
    return [(note.author.name, note.about, note.text) for note in notes]


def notes_of(session_id: str) -> tuple[Note, ...]:
    """The notes among the session's turns, oldest first."""
    return tuple(turn for turn in turns.newest(ACME, session_id)[::-1] if isinstance(turn, Note))


def passed_on_by_sam(handoff: HandoffDetail) -> HandoffDetail:
    claim(handoff, SAM)
    return hand_off(handoff.session_id, by=SAM, at_minute=31, engineer_notes="It is the tunnel's timer.")


def take_back(handoff: HandoffDetail, note: str = "", by: Caller = JANE) -> None:
    withdraw_handoff(handoff.session_id, handoff.id, note, by=by, at=minute(40))


def test_third_person_reads_the_words_of_both_before(handoff: HandoffDetail) -> None:
    second = passed_on_by_sam(handoff)

    assert contents(second.snapshot.notes) == [
        ("Jane", NoteAbout.HANDED_OFF, "I suspect the firmware."),
        ("Sam", NoteAbout.PASSED_ON, "It is the tunnel's timer."),
    ]
    assert [note.created_at for note in second.notes] == [minute(10), minute(31)]
    assert second.engineer_notes == "It is the tunnel's timer."
    assert second.snapshot.notes == notes_of(second.session_id)


def test_model_is_asked_with_everybodys_words(handoff: HandoffDetail, ai: RehearsalModel) -> None:
    passed_on_by_sam(handoff)

    assess([change for change in stream() if change[0] is None][-1])

    asked = ai.rehearsal.received[-1].asked.last_text
    assert "I suspect the firmware." in asked
    assert "It is the tunnel's timer." in asked


def test_documentation_has_everybodys_words_with_name_and_time(handoff: HandoffDetail) -> None:
    second = passed_on_by_sam(handoff)
    claim(second, ALEX, at_minute=35)
    release(second, by=ALEX, note="Needs the network team.")

    record = document_handoff(second.session_id, second.id, by=JANE)

    assert [(note.by, note.at, note.text) for note in record.notes] == [
        ("Jane", minute(10), "I suspect the firmware."),
        ("Sam", minute(31), "It is the tunnel's timer."),
        ("Alex", minute(25), "Needs the network team."),
    ]
    assert "Sam passed on, 2026-11-23T09:31:00.000Z:" in document(now(second))


def test_each_release_keeps_its_words_and_its_author(handoff: HandoffDetail) -> None:
    claim(handoff, SAM)
    release(handoff, by=SAM, note="Not mine.")
    claim(handoff, ALEX)
    release(handoff, by=ALEX, note="Nor mine.")

    assert contents(now(handoff).since.notes) == [
        ("Sam", NoteAbout.RELEASED, "Not mine."),
        ("Alex", NoteAbout.RELEASED, "Nor mine."),
    ]
    assert now(handoff).release_note == "Nor mine."


def test_closed_handoff_keeps_the_words_of_its_own_release_alone(handoff: HandoffDetail) -> None:
    claim(handoff, SAM)
    release(handoff, by=SAM, note="Not mine.")
    claim(handoff, ALEX)
    second = hand_off(handoff.session_id, by=ALEX, at_minute=31)
    claim(second, SAM)
    release(second, by=SAM, note="Again not mine.")

    assert (now(handoff).release_note, now(second).release_note) == ("Not mine.", "Again not mine.")


def test_release_without_a_word_adds_no_turn(handoff: HandoffDetail) -> None:
    claim(handoff, SAM)
    before = session_of(handoff).turn_count

    release(handoff, note="")

    assert session_of(handoff).turn_count == before
    assert now(handoff).release_note is None


def test_taking_back_with_a_note_leaves_it_for_the_others(handoff: HandoffDetail) -> None:
    take_back(handoff, "They called back, I go on.")

    session = session_of(handoff)
    assert (session.status, session.holder) == (SessionStatus.ACTIVE, JANE.person)
    assert contents(notes_of(session.id))[-1] == ("Jane", NoteAbout.TAKEN_BACK, "They called back, I go on.")


def test_note_and_its_change_of_hands_come_after_a_turn_that_came_first(
    handoff: HandoffDetail, recorder: Recorder
) -> None:
    claim(handoff, SAM)
    session = session_of(handoff)
    slipped_in = a_message(session.turn_count + 1, epoch=session.epoch)
    recorder.tamper("TransactWriteItems", meanwhile(lambda: turns.append(session, slipped_in)))

    release(handoff, note="Not mine.")

    numbered = [(turn.seq, turn.kind) for turn in turns.newest(ACME, session.id, 2)]
    assert numbered == [(session.turn_count + 2, "note"), (session.turn_count + 1, "message")]


def test_refused_withdrawal_leaves_no_note(handoff: HandoffDetail) -> None:
    claim(handoff, SAM)
    before = notes_of(handoff.session_id)

    with pytest.raises(AlreadyClaimed):
        take_back(handoff, "They called back.")

    assert notes_of(handoff.session_id) == before


def test_owner_takes_back_what_another_passed_on(handoff: HandoffDetail) -> None:
    second = passed_on_by_sam(handoff)

    take_back(second, "The client has found it.", by=JANE)

    assert session_of(second).holder == JANE.person
    assert notes_of(second.session_id)[-1].about is NoteAbout.TAKEN_BACK


def test_owner_takes_back_without_a_word_too(handoff: HandoffDetail) -> None:
    second = passed_on_by_sam(handoff)

    take_back(second)
    take_back(second)

    assert session_of(second).holder == JANE.person


@pytest.mark.parametrize("note", ["", "Mine now."])
def test_stranger_takes_nothing_back(handoff: HandoffDetail, note: str) -> None:
    second = passed_on_by_sam(handoff)

    with pytest.raises(Forbidden):
        take_back(second, note, by=JOE)

    assert sessions.load(ACME, second.session_id).holder is None


def test_taking_back_by_another_sessions_name_is_not_found(handoff: HandoffDetail) -> None:
    other = open_case()

    with pytest.raises(NotFound):
        withdraw_handoff(other.id, handoff.id, "Mine.", by=JANE, at=minute(40))
